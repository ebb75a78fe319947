"""JSON Feed 1.1 (jsonfeed.org/version/1.1), which feedparser does not read."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

from sanctions_monitor.errors import FetchError
from sanctions_monitor.items.dates import moment
from sanctions_monitor.items.raw_entry import RawEntry

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_json_feed(document: bytes) -> Sequence[RawEntry]:
    """The entries of a document in UTF-8. Raises FetchError where it is no JSON Feed."""
    try:
        feed = json.loads(document.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as problem:
        raise FetchError(f"no JSON Feed: {problem}. It is tried again later.") from None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FetchError("JSON, but no JSON Feed: it has no list of items. Look up the feed's address on its site.")
    return [_entry(item) for item in feed["items"] if isinstance(item, dict)]


def _entry(item: dict[str, Any]) -> RawEntry:
    words = {key: value if isinstance(value, str) else "" for key, value in item.items()}
    return RawEntry(
        # the standard asks for a string and tells readers to coerce numbers
        guid="" if item.get("id") is None else str(item["id"]),
        link=words.get("url") or words.get("external_url") or "",
        title=words.get("title", ""),
        summary=words.get("summary", ""),
        text=words.get("content_html") or _as_html(words.get("content_text", "")),
        published=moment(words.get("date_published", "")) or moment(words.get("date_modified", "")),
    )


def _as_html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
