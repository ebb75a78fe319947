"""The rows of a described page or interface become the same entries as those of a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from sanctions_monitor.feeds.sources import DESCRIBED
from sanctions_monitor.items.entry import Entry, ParsedDocument
from sanctions_monitor.items.identity import as_key, canonical_url
from sanctions_monitor.items.parse import parse
from sanctions_monitor.items.plain_text import one_line, plain_text
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from sanctions_monitor.feeds.sources.description import Row


def read_document(
    body: bytes, content_type: str, url: str, *, feed_id: str, format_: str, folders: Sequence[Path], now: datetime
) -> ParsedDocument:
    """The entries of a feed's document, or of a described page or interface, as the catalogue's `format` has it.

    Raises FetchError where the document is not what it should be, DataError where its description is wrong.
    """
    if format_ not in DESCRIBED:
        return parse(body, content_type, url)
    from sanctions_monitor.feeds.sources.description import read_description
    from sanctions_monitor.feeds.sources.reading import read_rows

    description = read_description(feed_id, format_, folders)
    return from_rows(read_rows(body, content_type, description, now), url)


def from_rows(rows: Iterable[Row], base_url: str) -> ParsedDocument:
    """The rows as entries, each once; addresses are joined to that of the list."""
    found: dict[str, Entry] = {}
    for row in rows:
        guid = as_key(row.guid)
        title = one_line(row.title)
        if title:
            link = _absolute(without_password(base_url), row.link)
            found.setdefault(
                guid,
                Entry(
                    guid=guid,
                    url=canonical_url(link) if link else None,
                    title=title,
                    summary=plain_text(row.summary),
                    text=None,
                    published=row.published,
                    link=as_key(link) if link else None,
                ),
            )
    return ParsedDocument(tuple(found.values()), complete=True)


def _absolute(base_url: str, link: str) -> str | None:
    try:
        joined = without_password(urljoin(base_url, link))
    except ValueError:
        # urljoin reads "http://[" as the beginning of an IPv6 address
        return None
    return joined if joined.startswith(("http://", "https://")) else None
