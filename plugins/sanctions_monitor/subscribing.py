"""The operator's side of the catalogue: look at a feed without storing anything, find one, add some, switch one off.

The command line calls these functions. Each asks publishers as politely as polling does: once an address, one request
at a time to a host, with a pause, and never a private address.
"""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sanctions_monitor import feeds, items
from sanctions_monitor.errors import DataError, FetchError, UserError
from sanctions_monitor.feeds.catalogue import Feed
from sanctions_monitor.feeds.discover import candidates, well_known
from sanctions_monitor.feeds.logins import split_login
from sanctions_monitor.feeds.moves import moved_to
from sanctions_monitor.feeds.opml import Outline, read_opml
from sanctions_monitor.feeds.own_feeds import (
    UNKNOWN_COUNTRY,
    add_feeds,
    all_feeds,
    new_id,
    refuse_known,
    same_address,
    source_folders,
)
from sanctions_monitor.feeds.sources.description import read_description
from sanctions_monitor.items.about import about
from sanctions_monitor.settings import without_password
from sanctions_monitor.storage import connect, migrated, queries

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sanctions_monitor.feeds.conditional_get import Session
    from sanctions_monitor.feeds.logins import Login
    from sanctions_monitor.settings import Settings


@dataclass(frozen=True, slots=True)
class Looked:
    """What stands at an address: items and their newest date, or the reason why there is no feed.

    `url` is the address to keep (the one asked, or where permanent redirects moved it), `came_from` where the document
    came from; `body` is it, where it is no feed.
    """

    asked: str
    url: str
    came_from: str = ""
    format: str = ""
    title: str = ""
    language: str = ""
    home: str = ""
    items: int = 0
    newest: datetime | None = None
    reason: str | None = None
    body: bytes = b""
    login: Login | None = None


def look(
    settings: Settings,
    session: Session,
    url: str,
    now: datetime,
    feed: Feed | None = None,
    kept_login: Login | None = None,
) -> Looked:
    """Asks for an address once and reads what comes, as the format of `feed` has it. Never raises for a publisher."""
    bare, given_login = split_login(url)
    login = given_login or kept_login
    try:
        answer = feeds.get(session, bare, settings, login=login)
    except FetchError as problem:
        return Looked(bare, bare, reason=str(problem))
    body = answer.body or b""
    moved = moved_to(answer.hops, answer.status, good_document=True) or bare
    try:
        document = items.read_document(
            body,
            answer.content_type,
            answer.url,
            feed_id=feed.id if feed else "",
            format_=feed.format if feed else "rss",
            folders=source_folders(settings),
            now=now,
        )
    except FetchError as problem:
        named = candidates(body, answer.url)
        hint = f" The page names {named[0]}." if named else ""
        return Looked(bare, moved, answer.url, reason=f"{problem}{hint}", body=body, login=login)
    said = about(body, answer.content_type, answer.url)
    return Looked(
        asked=bare,
        url=moved,
        came_from=answer.url,
        format=feed.format if feed and feed.format in feeds.DESCRIBED else said.format,
        title=said.title,
        language=said.language,
        home=said.home,
        items=len(document.entries),
        newest=max((each.published for each in document.entries if each.published), default=None),
        reason=None if document.complete else "the document breaks off before its end",
        login=login,
    )


def check(settings: Settings, now: datetime, feed_ids: Sequence[str] = ()) -> Iterator[tuple[Feed, Looked]]:
    """Looks at feeds of the catalogue, all or those named, in its order. Raises UserError for an unknown id."""
    chosen = chosen_feeds(settings, feed_ids)
    migrated(settings)
    with connect(settings) as conn:
        feeds.sync_catalogue(conn, all_feeds(settings))
        states = feeds.due_feeds(conn, now, [feed.id for feed in chosen], named=True)
    logins = {state.feed_id: state.login for state in states}
    with feeds.open_session(settings) as session, ThreadPoolExecutor(settings.workers) as pool:

        def look_at(feed: Feed) -> Looked:
            return look(settings, session, feed.url, now, feed, logins.get(feed.id))

        # hosts side by side; the session lets them have one request at a time each
        yield from zip(chosen, pool.map(look_at, chosen), strict=True)


def chosen_feeds(settings: Settings, feed_ids: Sequence[str] = ()) -> list[Feed]:
    """The feeds of the catalogue, or those named. Raises UserError for an id that it does not have."""
    known = all_feeds(settings)
    if unknown := sorted(set(feed_ids) - {feed.id for feed in known}):
        raise UserError(f"No feed {', '.join(unknown)}. Run `sanctions-monitor feeds list`.")
    return [feed for feed in known if not feed_ids or feed.id in feed_ids]


def find(settings: Settings, url: str, now: datetime) -> list[Looked]:
    """The feeds at an address: itself, or those that the page there names, or the first at a well-known place.

    Raises UserError with the reason where there is none.
    """
    with feeds.open_session(settings) as session:
        first = look(settings, session, url, now)
        if first.reason is None:
            return [first]
        if not first.body:
            raise UserError(f"{without_password(url)}: {first.reason}")
        named = [look(settings, session, each, now) for each in candidates(first.body, first.came_from)]
        if found := [each for each in named if each.reason is None]:
            return found
        tried = {each.asked for each in named}
        for each in well_known(first.came_from):
            if each not in tried and (looked := look(settings, session, each, now)).reason is None:
                return [looked]
    raise UserError(
        f"{without_password(url)}: no feed there, none named by the page, none at the usual places ({first.reason}) "
        "Pages without a feed can be described: see docs/feeds.md."
    )


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: the new feeds and their file, those known before, and why others were left out."""

    feeds: tuple[Feed, ...]
    file: Path | None
    known: int = 0
    logins: tuple[tuple[str, Login], ...] = ()
    refused: tuple[str, ...] = ()


def add(settings: Settings, looked: Looked, columns: dict[str, str]) -> Added:
    """Appends a feed that was looked at to the operator's catalogue; `columns` go before what the feed says of itself.

    Raises UserError where address or id are known, or a column is wrong.
    """
    known = all_feeds(settings)
    refuse_known(known, looked.url, columns.get("id"))
    said = {"title": looked.title, "language": looked.language, "home": looked.home, "format": looked.format}
    given = {name: value for name, value in (said | columns).items() if value}
    feed = _feed(looked.url, given | {"verified": "true"}, {each.id for each in known})
    file = add_feeds(settings, [feed])
    added = Added((feed,), file, logins=((feed.id, looked.login),) if looked.login else ())
    _keep_logins(settings, added)
    return added


def import_list(settings: Settings, document: bytes, name: str, columns: dict[str, str]) -> Added:
    """Adds the feeds of a list (OPML, a CSV with a column `url`, or one address a line) to the operator's catalogue.

    Passwords in addresses are taken out. Those whose line can't be used are named and left out, known ones counted.
    """
    known = all_feeds(settings)
    addresses = {same_address(feed.url) for feed in known}
    ids = {feed.id for feed in known}
    new: list[Feed] = []
    logins: list[tuple[str, Login]] = []
    refused: list[str] = []
    before = 0
    for outline in read_list(document, name):
        try:
            url, login = split_login(outline.url)
            if same_address(url) in addresses:
                before += 1
                continue
            given = {"verified": "false"} | outline.columns | columns
            feed = _feed(url, given, ids)
            if feed.format in feeds.DESCRIBED:
                read_description(feed.id, feed.format, source_folders(settings))
        except (UserError, DataError, ValueError) as problem:
            refused.append(f"{without_password(outline.url)}: {problem} Mend the line, and import the file again.")
            continue
        addresses.add(same_address(url))
        ids.add(feed.id)
        new.append(feed)
        if login:
            logins.append((feed.id, login))
    file = add_feeds(settings, new) if new else None
    added = Added(tuple(new), file, before, tuple(logins), tuple(refused))
    _keep_logins(settings, added)
    return added


def read_list(document: bytes, name: str) -> list[Outline]:
    """The addresses of a list, whatever its form. Raises UserError where there are none."""
    start = document[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        found = read_opml(document)
    else:
        text = document.decode("utf-8-sig", errors="replace")
        first, _, _ = text.partition("\n")
        if "url" in [cell.strip() for cell in first.split(",")]:
            rows = [
                {key: value for key, value in row.items() if key and value} for row in csv.DictReader(io.StringIO(text))
            ]
            found = [Outline(row.pop("url"), row) for row in rows if "url" in row]
        else:
            lines = (line.strip() for line in text.splitlines())
            found = [Outline(line) for line in lines if line.startswith(("http://", "https://"))]
    if not found:
        raise UserError(f"{name}: no address in it. Give OPML, a CSV with a column url, or one address a line.")
    return found


def _feed(url: str, given: dict[str, str], taken: Container[str]) -> Feed:
    """A line of the catalogue, with what nobody has said filled in. Raises UserError naming the wrong column."""
    title = given.get("title") or without_password(url)
    defaults = {
        "title": title,
        "home": _home(url),
        "format": "rss",
        "kind": "news",
        "country": UNKNOWN_COUNTRY,
        "language": "en",
        "tier": "2",
        "stale_after_days": "14",
    }
    line = defaults | {name: value for name, value in given.items() if value}
    if not line.get("id") or line["id"] in taken:
        line["id"] = new_id(taken, title if "title" in given else "", url)
    try:
        return Feed.model_validate(line | {"url": url})
    except ValidationError as problem:
        first = problem.errors()[0]
        column = ".".join(str(part) for part in first["loc"])
        value = without_password(repr(line.get(column, url)))
        what = "" if column == "url" else f"{column}={value}: "
        raise UserError(f"{what}{first['msg'].removeprefix('Value error, ')}.") from None


def _home(url: str) -> str:
    scheme, _, rest = url.partition("://")
    host, _, _ = rest.partition("/")
    return f"{scheme}://{host}/"


def read_file(path: Path) -> bytes:
    """A list's file. Raises UserError where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UserError(f"{path}: {problem.strerror}. Name a file of addresses.") from None


def disable(settings: Settings, feed_id: str, reason: str, now: datetime) -> None:
    """Switches a feed off; who wants to know why finds the reason. Raises UserError for an unknown id."""
    _switch(settings, feed_id, reason, now)


def enable(settings: Settings, feed_id: str) -> None:
    """Switches a feed on again. Raises UserError for an unknown id."""
    _switch(settings, feed_id, None, None)


def _switch(settings: Settings, feed_id: str, reason: str | None, at: datetime | None) -> None:
    chosen_feeds(settings, [feed_id])
    migrated(settings)
    with connect(settings) as conn:
        # the table may not know yet what the catalogue says
        feeds.sync_catalogue(conn, all_feeds(settings))
        queries("sources").switch_feed(conn, feed_id=feed_id, disabled=at is not None, reason=reason, at=at)


def _keep_logins(settings: Settings, added: Added) -> None:
    if added.logins:
        migrated(settings)
        with connect(settings) as conn:
            feeds.sync_catalogue(conn, all_feeds(settings))
            for feed_id, login in added.logins:
                feeds.keep_login(conn, feed_id, login)
