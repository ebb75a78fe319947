"""The edge of the room: feeds and polls in the database."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sanctions_monitor.feeds.poll import FeedState, Fetched
from sanctions_monitor.feeds.schedule import next_poll
from sanctions_monitor.settings import without_password
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.feeds.catalogue import Feed
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

LONGEST_REASON = 500
"""Characters of a reason or a content type that are kept; a status line or header can be as long as 64 KB."""


def sync_catalogue(conn: Connection, feeds: Sequence[Feed]) -> None:
    """Makes the table `feed` say what the catalogue says; a feed that left it is unlisted, its items stay.

    A feed whose address changed forgets its validators: they belong to the old address.
    """
    sql = queries("feeds")
    sql.upsert_feeds(conn, [feed.model_dump() for feed in feeds])
    sql.unlist_others(conn, listed=[feed.id for feed in feeds])


def due_feeds(conn: Connection, now: datetime, feed_ids: Sequence[str] | None = None) -> list[FeedState]:
    """The listed feeds whose time has come, or those named, due or not."""
    rows = queries("feeds").due_feeds(conn, now=now, feed_ids=None if feed_ids is None else list(feed_ids))
    return [FeedState(**row) for row in rows]


def record_poll(conn: Connection, fetched: Fetched, now: datetime, settings: Settings, error: str | None = None) -> int:
    """Writes what a poll brought and when the next one is due; returns the poll's id.

    Call it in the transaction that stores the document's items: the validators become ours with the items or not at
    all. `error` turns an answer that was no good document into a failed poll.
    """
    sql = queries("feeds")
    reason = _readable(error or fetched.error)
    if fetched.body is not None:
        sql.keep_document(
            conn,
            sha256=fetched.sha256,
            content_type=_readable(fetched.content_type) or "",
            body=zlib.compress(fetched.body),
            bytes=len(fetched.body),
        )
    failures = fetched.feed.failures + 1 if reason else 0
    poll = {
        "feed_id": fetched.feed.feed_id,
        "now": now,
        "url": without_password(fetched.feed.url),
        "outcome": "failed" if reason else fetched.outcome,
        "http_status": fetched.status,
        "seconds": fetched.seconds,
        "document_sha256": fetched.sha256 if fetched.body is not None else None,
        "error": reason,
        "failures": failures,
        "next_poll_at": next_poll(fetched.feed.kind, failures, now, settings),
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "sha256": fetched.sha256 or fetched.feed.document_sha256,
    }
    if reason:
        sql.feed_failed(conn, **poll)
    else:
        sql.feed_succeeded(conn, **poll)
    return int(sql.new_poll(conn, **poll)["poll_id"])


def _readable(text: str | None) -> str | None:
    """What a publisher said as it can be stored and shown: short, and a mark for each character that can't be seen."""
    return text and "".join(each if each.isprintable() else "\ufffd" for each in text[:LONGEST_REASON])
