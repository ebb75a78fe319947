"""The patient path: feedparser reads RSS, Atom and RDF of every age, well-formed or not."""

from __future__ import annotations

import io
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sanctions_monitor.errors import FetchError
from sanctions_monitor.items.dates import moment, since_1990
from sanctions_monitor.items.raw_entry import RawEntry, RawFeed, as_permalink


@dataclass(frozen=True, slots=True)
class Found:
    """What feedparser finds, whether it takes it for a feed at all, and whether it is well-formed XML."""

    feed: RawFeed
    is_feed: bool
    well_formed: bool


def by_feedparser(document: bytes) -> Found:
    """Reads a document in UTF-8. Raises FetchError where feedparser itself stumbles, which it does in many ways."""
    # 4 MB and a twentieth of a second, which most polls do without
    import feedparser

    try:
        # A stream, never a string: feedparser would fetch a string that looks like an address. No address of the feed:
        # relative guids would be made absolute by it and change when the feed moves. What becomes plain text is not
        # sanitized nor its links made absolute first: that takes two fifths of feedparser's time.
        feed: Any = feedparser.parse(  # type: ignore[attr-defined, no-untyped-call]
            io.BytesIO(document),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as problem:  # noqa: BLE001 - AssertionError, KeyError, TypeError, UnicodeError were seen
        raise FetchError(
            f"no feed that can be read ({type(problem).__name__}: {problem}). It is tried again later."
        ) from None
    return Found(
        feed=RawFeed(tuple(_entry(entry) for entry in feed.entries), _site(feed.feed)),
        is_feed=bool(feed.get("version") or feed.entries),
        well_formed=not feed.bozo,
    )


def _site(feed: Any) -> str:
    # feedparser gives the id of an Atom feed for its link where it has no other
    link = feed.get("link") or ""
    given = link != feed.get("id") or any(
        each.get("href") == link and each.get("rel") == "alternate" for each in feed.get("links") or ()
    )
    return link if given else ""


def _entry(entry: Any) -> RawEntry:
    guid, link = entry.get("id") or "", entry.get("feedburner_origlink") or entry.get("link") or ""
    if entry.get("guidislink") and link == guid:
        link = as_permalink(guid)
    return RawEntry(
        guid=guid,
        link=link,
        title=entry.get("title") or "",
        summary=entry.get("summary") or "",
        # feedparser gives the content as the summary too where a feed has no summary of its own
        text=max((part.get("value") or "" for part in entry.get("content") or ()), key=len, default=""),
        published=_date(entry, "published") or _date(entry, "updated"),
    )


def _date(entry: Any, name: str) -> datetime | None:
    # asked for "updated", feedparser would give "published" where there is no other
    said = entry[name] if name in entry else ""  # noqa: SIM401
    if not said:
        return None
    return moment(said) or _as_feedparser_reads(said, entry.get(f"{name}_parsed"))


def _as_feedparser_reads(said: str, parsed: Any) -> datetime | None:
    # Greek, Hungarian, Korean and more; it fills what a date does not say with today
    if parsed is None or str(parsed[0]) not in said:
        return None
    try:
        return since_1990(datetime.fromtimestamp(timegm(parsed), UTC))
    except (ValueError, OverflowError, OSError):
        return None
