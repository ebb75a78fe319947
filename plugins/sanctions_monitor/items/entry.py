"""The entry of a document, normalised: plain text, addresses made absolute, each entry once."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from sanctions_monitor.items.identity import as_key, canonical_url
from sanctions_monitor.items.plain_text import one_line, plain_text, tidy
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sanctions_monitor.items.raw_entry import RawEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, normalised: plain text, canonical address (None where it has none), UTC time.

    `link` is the address as the publisher gives it, made absolute.
    """

    guid: str
    url: str | None
    title: str
    summary: str
    text: str | None
    published: datetime | None
    link: str | None = None

    def __reduce__(self) -> tuple[type[Entry], tuple[Any, ...]]:
        """Pickled as a call, in half the time that a frozen dataclass with slots takes by itself."""
        return Entry, _values(self)


_values = attrgetter(*(field.name for field in fields(Entry)))


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """The whole entries of a document, each once. `complete` is false where it breaks off before its end.

    Left out are `empty` entries, which say nothing at all, and `repeated` ones, whose guid, page and title stand in the
    document before. `note` says what an operator should know although the document was read.
    """

    entries: tuple[Entry, ...]
    complete: bool
    empty: int = 0
    repeated: int = 0
    note: str | None = None


def normalised(
    raw: Iterable[RawEntry], base_url: str, *, complete: bool = True, note: str | None = None
) -> ParsedDocument:
    """Entries that say something, each once. Which of them are the same item is decided later (`revise.py`)."""
    found: dict[tuple[str, str | None, str], Entry] = {}
    empty = repeated = 0
    for each in raw:
        entry = _entry(each, base_url)
        if entry is None:
            empty += 1
        elif found.setdefault((entry.guid, entry.url, entry.title), entry) is not entry:
            repeated += 1
    return ParsedDocument(tuple(found.values()), complete, empty, repeated, note)


def _entry(raw: RawEntry, base_url: str) -> Entry | None:
    headline, short = one_line(raw.title), plain_text(raw.summary)
    long = short if raw.text == raw.summary else plain_text(raw.text)
    if not headline and not short and not long:
        return None
    if not headline:
        headline, _, _ = (short or long).partition("\n")
    if long == short or not long:
        text = None
    else:
        text = long
        if not short:
            short, _, _ = long.partition("\n")
    link = _absolute(base_url, _flat(raw.link))
    url = canonical_url(link) if link else None
    return Entry(
        guid=as_key(_flat(raw.guid) or url or link or headline),
        url=url,
        title=headline,
        summary=short,
        text=text,
        published=raw.published,
        link=as_key(without_password(link)) if link and link.startswith(("http://", "https://")) else None,
    )


def _absolute(base_url: str, link: str) -> str:
    if _ABSOLUTE.fullmatch(link):
        return link
    try:
        return urljoin(base_url, link) if link else ""
    except ValueError:
        # urljoin reads "http://[" as the beginning of an IPv6 address
        return ""


_ABSOLUTE = re.compile(r"https?://[a-z0-9.-]+/[\w./~%+,:@=-]+(?:\?[\w./~%+,:@=&-]+)?", re.ASCII)
"""What urljoin would leave as it is, as it does most addresses."""


def _flat(text: str) -> str:
    return tidy(text).replace("\n", " ")
