"""A feed document becomes entries. Tolerant in what it reads, strict in what it gives."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser

from sanctions_monitor.errors import FetchError
from sanctions_monitor.items.identity import as_key, canonical_url
from sanctions_monitor.items.plain_text import one_line, plain_text, tidy
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Iterable

# anywhere: warnings of PHP and notes of caches follow the end of many a feed
_ROOT_CLOSED = re.compile(rb"</(?:[a-z0-9]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ENTRY_OPENED = re.compile(rb"<(?:[a-z0-9]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_CLOSED = re.compile(rb"</(?:[a-z0-9]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+));", re.IGNORECASE)
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# An entry without a usable date is news when it is first seen; one dated centuries away is a publisher's typing error.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, normalised: plain text, canonical address (None where it has none), UTC time."""

    guid: str
    url: str | None
    title: str
    summary: str
    text: str | None
    published: datetime | None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """The whole entries of a document, each once. `complete` is false where it breaks off before its end."""

    entries: tuple[Entry, ...]
    complete: bool


def parse(body: bytes, content_type: str = "", base_url: str = "") -> ParsedDocument:
    """Reads RSS, Atom, RDF or JSON Feed, told apart by content and never by the Content-Type.

    Raises FetchError naming what came instead where the document is no feed.
    """
    base_url = without_password(base_url)
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return ParsedDocument(_once(_json_entries(body, base_url)), complete=True)
    if _HTML.match(start):
        raise FetchError("a web page came instead of a feed. Look up the feed's address on its site.")
    document = _feedparser(body, content_type, base_url)
    if not document.get("version") and not document.entries:
        raise FetchError(f"no feed: the document begins {start[:40]!r}. Look up the feed's address on its site.")
    complete = not document.bozo or bool(_ROOT_CLOSED.search(body)) or _is_wide(body)
    found = document.entries
    if not complete and _last(_ENTRY_OPENED, body) > _last(_ENTRY_CLOSED, body):
        # half an entry would be stored now and be an edit at the next poll
        found = found[:-1]
    return ParsedDocument(_once(_xml_entry(entry, base_url) for entry in found), complete)


def _feedparser(body: bytes, content_type: str, base_url: str) -> Any:
    """What feedparser finds. It raises errors of many kinds on broken documents; here they are all a FetchError."""
    try:
        # a stream, never a string: feedparser would fetch a string that looks like an address
        return feedparser.parse(  # type: ignore[attr-defined, no-untyped-call]
            io.BytesIO(_REFERENCE.sub(_possible, body)),
            response_headers={"content-type": content_type, "content-location": base_url},
        )
    except Exception as problem:  # noqa: BLE001 - AssertionError, KeyError, TypeError, UnicodeError were seen
        raise FetchError(
            f"no feed that can be read ({type(problem).__name__}: {problem}). It is tried again later."
        ) from None


def _possible(reference: re.Match[bytes]) -> bytes:
    # feedparser stumbles over references to what is no character (&#xD800;), and with it the whole document
    digits = reference[1] or reference[2]
    number = int(digits[:16], 16 if reference[1] else 10)
    return b"" if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else reference[0]


def _last(tag: re.Pattern[bytes], body: bytes) -> int:
    return max((match.start() for match in tag.finditer(body)), default=-1)


def _is_wide(body: bytes) -> bool:
    # UTF-16 and UTF-32 hide the closing tag from a search in bytes
    return b"\x00" in body[:64]


def _once(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """Entries that say something, each once: a guid that stands for several pages names none of them by itself."""
    told = [entry for entry in entries if entry is not None]
    pages: dict[str, set[str | None]] = {}
    for entry in told:
        pages.setdefault(entry.guid, set()).add(entry.url)
    found: dict[str, Entry] = {}
    for entry in told:
        guid = entry.guid if len(pages[entry.guid]) == 1 else as_key(f"{entry.guid} {entry.url or entry.title}")
        found.setdefault(guid, replace(entry, guid=guid))
    return tuple(found.values())


def _xml_entry(entry: Any, base_url: str) -> Entry | None:
    summary = entry.get("summary") or ""
    content = max((part.get("value") or "" for part in entry.get("content") or ()), key=len, default="")
    return _entry(
        guid=entry.get("id"),
        link=entry.get("link"),
        title=entry.get("title") or "",
        summary=summary,
        # feedparser gives the content as the summary too where a feed has no summary of its own
        text=content,
        # asked for only where it is there: feedparser warns of a fallback of its own
        published=_utc(entry.get("published_parsed") or ("updated_parsed" in entry and entry["updated_parsed"])),
        base_url=base_url,
    )


def _utc(parsed: Any) -> datetime | None:
    if not parsed:
        return None
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment >= _EARLIEST else None


def _json_entries(body: bytes, base_url: str) -> Iterable[Entry | None]:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise FetchError(f"no JSON Feed: {problem}. It is tried again later.") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FetchError("JSON, but no JSON Feed: it has no list of items. Look up the feed's address on its site.")
    for entry in document["items"]:
        if not isinstance(entry, dict):
            continue
        words = {key: value if isinstance(value, str) else "" for key, value in entry.items()}
        yield _entry(
            # the standard asks for a string and tells readers to coerce numbers
            guid="" if entry.get("id") is None else str(entry["id"]),
            link=words.get("url") or words.get("external_url"),
            title=words.get("title", ""),
            summary=words.get("summary", ""),
            text=words.get("content_html") or words.get("content_text", ""),
            published=_rfc3339(words.get("date_published") or words.get("date_modified") or ""),
            base_url=base_url,
        )


def _rfc3339(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC) if moment >= _EARLIEST else None
    except OverflowError:
        # the last day of the year 9999 west of Greenwich
        return None


def _entry(
    *,
    guid: str | None,
    link: str | None,
    title: str,
    summary: str,
    text: str,
    published: datetime | None,
    base_url: str,
) -> Entry | None:
    headline, short, long = one_line(title), plain_text(summary), plain_text(text)
    if not headline and not short and not long:
        return None
    if not headline:
        headline, _, _ = (short or long).partition("\n")
    if long == short or not long:
        text_ = None
    else:
        text_ = long
        if not short:
            short, _, _ = long.partition("\n")
    url = _page(base_url, link or "")
    return Entry(
        guid=as_key(_flat(guid or "") or url or _flat(link or "") or headline),
        url=url,
        title=headline,
        summary=short,
        text=text_,
        published=published,
    )


def _page(base_url: str, link: str) -> str | None:
    try:
        return canonical_url(urljoin(base_url, link)) if link else None
    except ValueError:
        # urljoin reads "http://[" as the beginning of an IPv6 address
        return None


def _flat(text: str) -> str:
    return tidy(text).replace("\n", " ")
