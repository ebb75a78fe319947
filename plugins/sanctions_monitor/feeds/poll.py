"""One poll of one feed: what we knew goes in, what came of it goes out. Nothing is stored here."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.conditional_get import get

if TYPE_CHECKING:
    import requests

    from sanctions_monitor.settings import Settings

Outcome = Literal["new", "same", "not_modified", "failed"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as the database knows it: its catalogue line and what the last good answer left."""

    feed_id: str
    title: str
    url: str
    kind: str
    language: str
    etag: str | None
    last_modified: str | None
    document_sha256: str | None
    failures: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a poll brought. `body` is set for the outcome "new" alone; `error` for "failed" alone.

    "same" is an answer that repeats the last document byte for byte, which is as good as "not modified" (304).
    """

    feed: FeedState
    outcome: Outcome
    seconds: float
    status: int | None = None
    body: bytes | None = None
    content_type: str = ""
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    error: str | None = None


def fetch(session: requests.Session, feed: FeedState, settings: Settings) -> Fetched:
    """Asks the publisher once. Never raises for what a publisher does: that is the outcome "failed"."""
    started = time.monotonic()
    try:
        answer = get(session, feed.url, settings, feed.etag, feed.last_modified)
    except FetchError as problem:
        return Fetched(feed, "failed", time.monotonic() - started, error=str(problem))
    seconds = time.monotonic() - started
    if answer.body is None:
        return Fetched(
            feed, "not_modified", seconds, answer.status, etag=answer.etag, last_modified=answer.last_modified
        )
    sha256 = hashlib.sha256(answer.body).hexdigest()
    same = sha256 == feed.document_sha256
    return Fetched(
        feed=feed,
        outcome="same" if same else "new",
        seconds=seconds,
        status=answer.status,
        body=None if same else answer.body,
        content_type=answer.content_type,
        sha256=sha256,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
