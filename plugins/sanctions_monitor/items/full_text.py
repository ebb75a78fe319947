"""The pages behind items whose feed tells too little: asked once an item, within robots.txt, limits of time and size.

What comes of it is stored with the item: the text as a new revision (kind "full text"), so that evidence counts in
exactly that text and the feed's own words stay as they were; or the reason why there is none, and the summary stands.
Texts are evidence: they are coded, and never exported or mailed.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.conditional_get import ask
from sanctions_monitor.items.item import Item
from sanctions_monitor.items.page_text import page_text
from sanctions_monitor.items.robots import LONGEST_DELAY, LeftAloneError, NotNowError, Robots
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sanctions_monitor.feeds import Session
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

NEWS = timedelta(days=3)
"""Items that are older than this are coded as they are: their page would bring no news any more."""
MOST = 1000
"""Items that are looked at in one run; the others wait for the next."""
RUN_SECONDS = 600.0
"""After this no further page is asked in a run, so that coding does not wait for a slow publisher."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item without a text. `gated` is None where it was not coded yet; `known_text` came with an earlier one."""

    item: Item
    revision: int
    gated: bool | None
    known_text: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """What came of asking for a page: a text, or `reason` why not (the outcomes are those of the table full_text)."""

    outcome: str
    url: str
    status: int | None = None
    text: str | None = None
    reason: str | None = None
    body: bytes | None = None
    content_type: str = ""


def read_wanting(conn: Connection, settings: Settings, coder: str, now: datetime) -> list[Wanted]:
    """Items of the last days with a short summary, no text, and a page that was not asked for; newest first."""
    rows = queries("full_text").wanting_text(
        conn, coder=coder, since=now - NEWS, short=settings.full_text_below, batch=MOST
    )
    return [
        Wanted(
            Item(
                id=row["item_id"],
                title=row["title"],
                summary=row["summary"],
                text=None,
                published=row["published_at"],
                source=row["source"],
                url=row["url"],
                lang=row["language"],
            ),
            row["revision"],
            row["passed_gate"],
            row["known_text"],
        )
        for row in rows
    ]


def fetch_texts(settings: Settings, session: Session, wanted: Sequence[Wanted], now: datetime) -> list[Page]:
    """Asks for the pages of these items and stores what comes, each at once; hosts side by side, one page at a time.

    A page whose site's robots.txt can't be had at present is left for a later run, without a word.
    """
    end = time.monotonic() + RUN_SECONDS
    robots = Robots(settings, session, now)
    known = [each for each in wanted if each.known_text is not None]
    for each in known:
        with connect(settings) as conn:
            _revise(conn, each, each.known_text or "", now)
    hosts: defaultdict[str, list[Wanted]] = defaultdict(list)
    for each in wanted:
        if each.known_text is None:
            hosts[_host(each.item.url)].append(each)

    def one_host(items: list[Wanted]) -> list[Page]:
        return [
            page
            for each, page in _pages(settings, session, robots, items, end)
            if _keep(settings, each, page, now) and page
        ]

    with ThreadPoolExecutor(settings.workers) as pool:
        return [page for pages in pool.map(one_host, hosts.values()) for page in pages]


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _pages(
    settings: Settings, session: Session, robots: Robots, items: Sequence[Wanted], end: float
) -> Iterator[tuple[Wanted, Page]]:
    """The pages of one host, with the pause between them that it asks for."""
    asked = False
    for each in items:
        if time.monotonic() >= end:
            return
        try:
            delay = robots.rules(each.item.url).delay
        except (FetchError, ValueError):
            delay = 0.0
        if asked and delay > LONGEST_DELAY:
            return
        if asked and delay > settings.host_pause:
            time.sleep(delay - settings.host_pause)
        page = read_page(settings, session, robots, each.item.url)
        if page is None:
            return
        asked = asked or page.outcome != "forbidden"
        yield each, page


def read_page(settings: Settings, session: Session, robots: Robots, url: str) -> Page | None:
    """Asks for a page once and takes its text out; None where its site can't be asked at present.

    Never raises for what a publisher does.
    """
    try:
        answer = ask(session, url, settings, before_each=lambda each: robots.rules(each).check(each))
    except LeftAloneError as problem:
        return Page("forbidden", url, reason=str(problem))
    except NotNowError:
        return None
    except FetchError as problem:
        return Page("failed", url, reason=str(problem))
    if answer.error is not None or answer.body is None:
        outcome = {402: "paywall", 401: "refused", 403: "refused", 451: "refused"}.get(answer.status, "failed")
        return Page(outcome, answer.url, answer.status, reason=answer.error or f"HTTP {answer.status}")
    if answer.headers.get("tdm-reservation", "").strip() == "1":
        # W3C TDM Reservation Protocol: the machine-readable "no" of Directive (EU) 2019/790, article 4(3)
        return Page("refused", answer.url, answer.status, reason="the publisher reserves text mining (tdm-reservation)")
    read = page_text(answer.body, answer.content_type)
    kept = answer.body if read.outcome == "text" else None
    return Page(read.outcome, answer.url, answer.status, read.text, read.reason, kept, answer.content_type)


def _keep(settings: Settings, wanted: Wanted, page: Page, now: datetime) -> bool:
    """Stores what came of a page in one transaction."""
    sha256 = None if page.body is None else hashlib.sha256(page.body).hexdigest()
    with connect(settings) as conn:
        if page.body is not None:
            queries("feeds").keep_document(
                conn,
                sha256=sha256,
                content_type=_readable(page.content_type),
                body=zlib.compress(page.body),
                bytes=len(page.body),
            )
        new = queries("full_text").new_full_text(
            conn,
            item_id=wanted.item.id,
            now=now,
            url=_readable(page.url),
            outcome=page.outcome,
            reason=None if page.reason is None else _readable(page.reason),
            http_status=page.status,
            document_sha256=sha256,
        )
        if new and page.text is not None:
            _revise(conn, wanted, page.text, now)
    return bool(new)


def _revise(conn: Connection, wanted: Wanted, text: str, now: datetime) -> None:
    sql = queries("full_text")
    if sql.revise_with_text(conn, item_id=wanted.item.id, revision=wanted.revision):
        sql.new_text_revision(conn, item_id=wanted.item.id, revision=wanted.revision, text=text, now=now)


def _readable(text: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in text[:1000])
