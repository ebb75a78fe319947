"""One poll of one feed: what we knew goes in, what came of it goes out. Nothing is stored here."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.cache_lifetime import cache_lifetime
from sanctions_monitor.feeds.conditional_get import ask
from sanctions_monitor.feeds.document_wishes import Wishes, wishes_of
from sanctions_monitor.feeds.moves import is_gone, moved_to
from sanctions_monitor.feeds.place import place_of
from sanctions_monitor.feeds.retry_after import not_before
from sanctions_monitor.feeds.schedule import Ask, Rhythm
from sanctions_monitor.feeds.sources import DESCRIBED
from sanctions_monitor.feeds.web_page import is_web_page, named_feeds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sanctions_monitor.feeds.conditional_get import Answer, Session
    from sanctions_monitor.feeds.logins import Login
    from sanctions_monitor.settings import Settings

Outcome = Literal["new", "same", "not_modified", "failed"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as the database knows it: its catalogue line and what the polls before have left.

    `url` is the address as it was imported, `asked_url` where it has moved to since. `validators_url` is set where the
    validators are those of a feed that a web page at the address names. `own_document`: the address itself has given
    a good document. `wishes` are the last document's.
    """

    feed_id: str
    title: str
    url: str
    kind: str
    language: str
    format: str = "rss"
    etag: str | None = None
    last_modified: str | None = None
    document_sha256: str | None = None
    failures: int = 0
    asked_url: str | None = None
    validators_url: str | None = None
    own_document: bool = False
    last_success_at: datetime | None = None
    reader_version: str | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    wishes: Wishes = field(default_factory=Wishes)
    login: Login | None = None

    @property
    def address(self) -> str:
        """Where it is asked."""
        return self.asked_url or self.url


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a poll brought. `body` is set for the outcome "new" alone; `error` for "failed" alone.

    "same" is an answer that repeats the last document byte for byte, which is as good as "not modified" (304).
    `url` is where the document came from, for its relative links; `moved_to` where the feed is to be asked from now
    on; `followed` the feed that a web page at the address has named; `note` what an operator should know although the
    poll went well.
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
    url: str | None = None
    asked: Ask | None = None
    moved_to: str | None = None
    gone: bool = False
    followed: str | None = None
    note: str | None = None
    wishes: Wishes = field(default_factory=Wishes)

    def failed(self, error: str) -> Fetched:
        """The same poll, where its document turned out to be none."""
        return replace(self, outcome="failed", error=error, moved_to=None, body=None)


def fetch(session: Session, feed: FeedState, settings: Settings, clock: Callable[[], datetime]) -> Fetched:
    """Asks the publisher once. Never raises for what a publisher does: that is the outcome "failed".

    `clock` gives the time, which is the run's and not always the machine's.
    """
    started = time.monotonic()
    # validators of a feed that a page names would make the page answer for it
    own = feed.validators_url is None
    try:
        answer = ask(
            session,
            feed.address,
            settings,
            feed.etag if own else None,
            feed.last_modified if own else None,
            feed.login,
        )
        if answer.body is not None and feed.format not in DESCRIBED and is_web_page(answer.body):
            return _beyond_the_page(session, feed, answer, settings, clock, started)
    except FetchError as problem:
        return Fetched(feed, "failed", time.monotonic() - started, error=str(problem), asked=Ask(clock()))
    return _fetched(session, feed, answer, clock(), time.monotonic() - started)


def _beyond_the_page(
    session: Session, feed: FeedState, page: Answer, settings: Settings, clock: Callable[[], datetime], started: float
) -> Fetched:
    """A web page came. The feed it names is followed while the address has never given a feed of its own.

    Where it has, the page is a publisher's accident, and the feed that it names may be another one (miniflux #3889).
    """
    named = next(iter(named_feeds(page.body or b"", page.url)), None)
    remedy = f"It names {named}: look, and mend the address." if named else "Look up the feed's address on its site."
    error = f"a web page came instead of a feed. {remedy}"
    if feed.own_document or named is None:
        asked = Ask(clock())
        return Fetched(feed, "failed", time.monotonic() - started, page.status, error=error, asked=asked)
    known = feed.validators_url == named
    answer = ask(
        session,
        named,
        settings,
        feed.etag if known else None,
        feed.last_modified if known else None,
        feed.login,
    )
    fetched = _fetched(session, feed, answer, clock(), time.monotonic() - started)
    if answer.body is not None and is_web_page(answer.body):
        fetched = fetched.failed(error)
    if fetched.outcome == "failed":
        return replace(fetched, gone=False)
    note = f"a web page stands at its address; the feed that the page names is read: {named}. Mend the address."
    return replace(fetched, moved_to=None, followed=named, note=note)


def _fetched(session: Session, feed: FeedState, answer: Answer, now: datetime, seconds: float) -> Fetched:
    lifetime = cache_lifetime(answer.headers, now)
    asked = Ask(
        asked_at=now,
        fresh_until=now + lifetime if answer.error is None and lifetime > timedelta(0) else None,
        not_before=not_before(answer.status, answer.headers, now),
        wishes=feed.wishes,
    )
    moved = moved_to(answer.hops, answer.status, good_document=answer.error is None)
    found = Fetched(
        feed=feed,
        outcome="not_modified",
        seconds=seconds,
        status=answer.status,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
        url=answer.url,
        asked=asked,
        moved_to=moved if moved != feed.address else None,
        wishes=feed.wishes,
    )
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        session.turns.refused(place_of(answer.url).host)
    if answer.error is not None:
        return replace(found, outcome="failed", error=answer.error, gone=is_gone(answer.hops, answer.status))
    if answer.body is None:
        return found
    sha256 = hashlib.sha256(answer.body).hexdigest()
    if sha256 == feed.document_sha256:
        return replace(found, outcome="same", sha256=sha256)
    wishes = wishes_of(answer.body)
    return replace(
        found,
        outcome="new",
        sha256=sha256,
        body=answer.body,
        wishes=wishes,
        asked=replace(asked, wishes=wishes),
    )
