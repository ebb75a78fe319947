"""What a feed's document says of the feed itself, for the catalogue line of a new one."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import feedparser

from sanctions_monitor.items.plain_text import one_line


@dataclass(frozen=True, slots=True)
class About:
    """A feed's own words, each empty where it says nothing. `format` is one of the catalogue's."""

    format: str
    title: str
    language: str
    home: str


def about(body: bytes, content_type: str, url: str) -> About:
    """Format, title, language (two letters) and home page of a feed. Never raises: what can't be read is empty."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _of_json(body)
    try:
        document: Any = feedparser.parse(  # type: ignore[attr-defined, no-untyped-call]
            io.BytesIO(body), response_headers={"content-type": content_type, "content-location": url}
        )
    except Exception:  # noqa: BLE001 - feedparser raises errors of many kinds on broken documents
        return About("rss", "", "", "")
    version = document.get("version") or ""
    format_ = "atom" if version.startswith("atom") else "rdf" if version in ("rss090", "rss10") else "rss"
    feed = document.feed
    return About(format_, one_line(feed.get("title") or ""), _two(feed.get("language")), feed.get("link") or "")


def _of_json(body: bytes) -> About:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = {}
    said = document if isinstance(document, dict) else {}
    words = {key: value for key, value in said.items() if isinstance(value, str)}
    return About("json", one_line(words.get("title", "")), _two(words.get("language")), words.get("home_page_url", ""))


def _two(language: Any) -> str:
    letters = str(language or "")[:2].lower()
    return letters if len(letters) == 2 and letters.isascii() and letters.isalpha() else ""
