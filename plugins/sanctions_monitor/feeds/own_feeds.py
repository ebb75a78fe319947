"""The feeds that an operator has added: a catalogue file of their own, beside ours or instead of it.

`SANCTIONS_MONITOR_CATALOGUE` unset: the built-in catalogue, and beside it `feeds.csv` in the home folder, where there
is one; `none`: that file alone; a path: that file alone. What is added goes into the operator's file, never into ours,
so that an update of the program loses nothing. A line of the operator's with the id or address of a built-in feed
takes its place.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sanctions_monitor.errors import DataError, UserError
from sanctions_monitor.feeds.catalogue import Feed, read_catalogue
from sanctions_monitor.feeds.logins import split_login
from sanctions_monitor.settings import Settings, without_password

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from pathlib import Path

BUILT_IN: Path = Settings.model_fields["catalogue"].default
UNKNOWN_COUNTRY = "ZZ"
"""What stands for a country that nobody has named; ISO 3166-1 leaves this code to its users."""


def own_file(settings: Settings) -> Path:
    """The catalogue file that belongs to the operator; it may not be there yet."""
    if settings.catalogue in (BUILT_IN, "none"):
        return settings.home / "feeds.csv"
    # the other value of the setting is a path
    return settings.catalogue  # type: ignore[return-value]


def all_feeds(settings: Settings) -> list[Feed]:
    """Every feed there is to poll: the operator's, and the built-in ones that they have not replaced.

    Raises DataError as `read_catalogue` does.
    """
    own = own_file(settings)
    beside = settings.catalogue in (BUILT_IN, "none")
    # where the setting names a file, it has to be there
    added = read_catalogue(own) if own.exists() or not beside else []
    if settings.catalogue != BUILT_IN:
        return added
    built_in = read_catalogue(BUILT_IN)
    ids, addresses = {feed.id for feed in added}, {same_address(feed.url) for feed in added}
    return [feed for feed in built_in if feed.id not in ids and same_address(feed.url) not in addresses] + added


def source_folders(settings: Settings) -> list[Path]:
    """Where an operator's descriptions of pages and interfaces lie: `sources`, beside their catalogue."""
    return [own_file(settings).parent / "sources"]


def add_feeds(settings: Settings, feeds: Sequence[Feed]) -> Path:
    """Appends lines to the operator's file and returns its path. The file is written whole or not at all.

    Raises UserError where it can't be written.
    """
    path = own_file(settings)
    try:
        return _append(path, feeds)
    except OSError as problem:
        raise UserError(f"{path}: {problem.strerror}. Set SANCTIONS_MONITOR_HOME to a folder of yours.") from None


def _append(path: Path, feeds: Sequence[Feed]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    # what the operator has written stays as it is, in its own order of columns
    columns = next(csv.reader(io.StringIO(before)), None) or list(Feed.model_fields)
    if before and not before.endswith("\n"):
        before += "\n"
    part = path.with_suffix(".part")
    part.write_text(before + _lines(feeds, columns, header=not before), encoding="utf-8", newline="")
    try:
        # what can't be read again must not take the place of what can
        read_catalogue(part)
    except DataError as problem:
        part.unlink()
        raise DataError(str(problem).replace(str(part), str(path))) from None
    part.replace(path)
    return path


def as_csv(feeds: Iterable[Feed]) -> str:
    """A catalogue as text, in the columns of the built-in one; no address has a user name or password in it."""
    return _lines(feeds, list(Feed.model_fields), header=True)


def _lines(feeds: Iterable[Feed], columns: Sequence[str], *, header: bool) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=columns, lineterminator="\n", extrasaction="ignore")
    if header:
        writer.writeheader()
    for feed in feeds:
        row = feed.model_dump() | {"url": split_login(feed.url)[0], "home": split_login(feed.home)[0]}
        writer.writerow(row | {"verified": str(feed.verified).lower(), "items_per_week": feed.items_per_week or ""})
    return text.getvalue()


def refuse_known(known: Iterable[Feed], url: str, feed_id: str | None = None) -> None:
    """Raises UserError where a feed with this address or id is in the catalogue already."""
    for feed in known:
        if same_address(feed.url) == same_address(url):
            raise UserError(f"{without_password(feed.url)} is in the catalogue already, as {feed.id} ({feed.title}).")
        if feed_id is not None and feed.id == feed_id:
            raise UserError(
                f"The id {feed_id!r} is taken by {without_password(feed.url)}. Choose another one with --id."
            )


def same_address(url: str) -> str:
    """A key under which two spellings of one address are the same: scheme, www. and a last slash don't count."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return f"{host}{port}{parts.path.rstrip('/')}?{parts.query}"


def new_id(ids: Container[str], title: str, url: str) -> str:
    """An id for a new feed, made of its title, or of its host where the title has no Latin letters."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    words = re.findall(r"[a-z0-9]+", title.lower()) or re.findall(r"[a-z0-9]+", host) or ["feed"]
    stem = "_".join(words)[:40].rstrip("_")
    number = 1
    while (id_ := stem if number == 1 else f"{stem}_{number}") in ids:
        number += 1
    return id_
