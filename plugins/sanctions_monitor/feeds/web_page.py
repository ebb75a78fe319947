"""A web page where a feed should be, and the feed that it names."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

# after a mark of byte order, a declaration and comments; told by content, since feeds come as text/html too
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# some feeds stand under a document type of HTML, or inside a page
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json")
)
_SEARCHED = 512 * 1024


def is_web_page(body: bytes) -> bool:
    """Whether a document is HTML, whatever its Content-Type says."""
    start = body[:4096]
    return _PAGE.match(start) is not None and _FEED.search(start) is None


def named_feeds(page: bytes, address: str) -> list[str]:
    """The feeds that a page names (`link rel=alternate`), as addresses, those of comments last."""
    reader = _Links()
    reader.feed(page[:_SEARCHED].decode("utf-8", errors="replace"))
    base = _joined(address, reader.base) or address
    found = [(remark, target) for remark, href in reader.links if (target := _joined(base, href))]
    # WordPress names the feed of comments beside the feed of articles
    found.sort(key=lambda each: each[0])
    return list(dict.fromkeys(target for _, target in found))


def _joined(base: str, href: str) -> str | None:
    try:
        target = urljoin(base, href.strip())
    except ValueError:
        return None
    return target if target.startswith(("http://", "https://")) else None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.links: list[tuple[bool, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = given.get("href", "")
        kind = given.get("type", "").split(";")[0].strip().lower()
        if tag == "link" and kind in _TYPES and "alternate" in given.get("rel", "").lower().split():
            # WordPress's own JSON about a page is no feed
            if kind == "application/json" and "wp-json" in given.get("href", ""):
                return
            remark = "comment" in f"{given.get('title')} {given.get('href')}".lower()
            if given.get("href"):
                self.links.append((remark, given["href"]))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # Python's own reading of "<![ ..." raises AssertionError; for HTML it is a comment
        return self.parse_bogus_comment(i, report)
