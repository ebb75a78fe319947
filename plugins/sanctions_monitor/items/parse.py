"""A feed document becomes entries. Tolerant in what it reads, strict in what it gives."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.web_page import is_web_page
from sanctions_monitor.items.by_feedparser import by_feedparser
from sanctions_monitor.items.by_lxml import by_lxml
from sanctions_monitor.items.encoding import as_utf8
from sanctions_monitor.items.entry import ParsedDocument, normalised
from sanctions_monitor.items.json_feed import read_json_feed
from sanctions_monitor.items.size_limits import MOST_ENTRIES, cut_note, refuse_markup, within_limits
from sanctions_monitor.items.xml_repair import repaired
from sanctions_monitor.settings import without_password

# anywhere: warnings of PHP and notes of caches follow the end of many a feed
_ROOT_CLOSED = re.compile(rb"</(?:[a-z0-9]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ENTRY_OPENED = re.compile(rb"<(?:[a-z0-9]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_CLOSED = re.compile(rb"</(?:[a-z0-9]+:)?(?:item|entry)\s*>", re.IGNORECASE)


def parse(body: bytes, content_type: str = "", base_url: str = "") -> ParsedDocument:
    """Reads RSS, Atom, RDF or JSON Feed, told apart by content and never by the Content-Type.

    Raises FetchError naming what came instead where the document is no feed.
    """
    base_url = without_password(base_url)
    document = as_utf8(body, content_type)
    if document[:4096].lstrip().startswith(b"{"):
        refuse_markup(document, b"{", b"[", b",")
        listed = read_json_feed(document)
        note = cut_note() if len(listed) > MOST_ENTRIES else None
        return normalised(listed[:MOST_ENTRIES], base_url, note=note)
    document, note = within_limits(repaired(document))
    if is_web_page(document):
        raise FetchError("a web page came instead of a feed. Look up the feed's address on its site.")
    # what was cut is not well-formed any more
    feed = by_lxml(document) if note is None else None
    if feed is None:
        return _patiently(document, base_url, note)
    return normalised(feed.entries, _base(base_url, feed.site))


def _patiently(document: bytes, base_url: str, note: str | None) -> ParsedDocument:
    found = by_feedparser(document)
    if not found.is_feed:
        raise FetchError(f"no feed: the document begins {document[:40]!r}. Look up the feed's address on its site.")
    complete = found.well_formed or note is not None or bool(_ROOT_CLOSED.search(document))
    entries = found.feed.entries
    if not complete and _last(_ENTRY_OPENED, document) > _last(_ENTRY_CLOSED, document):
        # half an entry would be stored now and be an edit at the next poll
        entries = entries[:-1]
    return normalised(entries, _base(base_url, found.feed.site), complete=complete, note=note)


def _base(base_url: str, site: str) -> str:
    """What links are relative to: the feed's address, or the site of a feed that another host serves (FeedBurner)."""
    try:
        site = urljoin(base_url, site)
        elsewhere = urlsplit(site).hostname not in (None, urlsplit(base_url).hostname)
    except ValueError:
        return base_url
    return site if elsewhere and site.startswith(("http://", "https://")) else base_url


def _last(tag: re.Pattern[bytes], body: bytes) -> int:
    return max((match.start() for match in tag.finditer(body)), default=-1)
