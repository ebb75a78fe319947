"""The first step of the pipeline: feeds that are due are polled, and their items stored.

It stands apart from the other steps because a poll needs none of their libraries: half the memory of the process is
pandas otherwise.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from sanctions_monitor import feeds, items
from sanctions_monitor.errors import DataError, FetchError, UserError
from sanctions_monitor.logs import get_logger
from sanctions_monitor.reading import read_apart
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

log = get_logger("pipeline")
UNCHANGED = 50
"""Polls without news that are written in one transaction."""
STORING = 3
"""Threads that store, each with a connection."""
WAITING = 16
"""Documents that may wait to be read and stored; more would only fill the memory."""
WAITING_BYTES = 4_000_000
"""What they may hold together, before only one waits."""


@dataclass(frozen=True, slots=True)
class PollSummary:
    """What a polling run brought."""

    feeds: int = 0
    new_items: int = 0
    changed_items: int = 0
    failed: int = 0


def due_batches(settings: Settings, now: datetime) -> list[list[str]]:
    """The ids of the feeds that are due, one list a host, so that a host is asked by one caller only."""
    with connect(settings) as conn:
        due = _due(settings, conn, now, None, named=False)
    return [[each.feed_id for each in batch] for _, batch in sorted(feeds.by_host(due).items())]


def poll_feeds(
    settings: Settings, now: datetime, feed_ids: Sequence[str] | None = None, *, only_due: bool = False
) -> PollSummary:
    """Polls the feeds that are due, or those named; a feed that fails is recorded and never stops the others.

    With `only_due`, those named that are still due: what another run has polled meanwhile is left. Hosts that another
    run asks at this moment are left to it. Raises UserError for a name that is no feed's.
    """
    started = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - started)

    named = feed_ids is not None and not only_due
    with (
        read_apart(partial(_read, settings, now)) as read,
        # a claim of a host outlasts the transactions
        _for_polls(settings) as conn,
        feeds.open_session(settings) as session,
    ):
        due = _due(settings, conn, now, feed_ids, named=named)
        hosts = {feeds.host_of(each) for each in due}
        with feeds.claimed_hosts(conn, hosts) as ours:
            for host in sorted(hosts - ours):
                log.warning("host_busy", host=host, reason="another run asks it at this moment")
            claimed = [each.feed_id for each in due if feeds.host_of(each) in ours]
            # as they stand now: another run may have polled them a moment ago
            due = [_as_read(each) for each in feeds.due_feeds(conn, now, claimed, named=named)]
            return _read_and_store(settings, conn, feeds.fetch_round(session, due, settings, clock), read, now)


@contextmanager
def _for_polls(settings: Settings) -> Iterator[Connection]:
    """A connection on which each document is a transaction of its own."""
    with connect(settings) as conn:
        conn.autocommit = True
        queries("feeds").commit_without_waiting(conn)
        queries("feeds").look_up_by_key(conn)
        yield conn


def _read_and_store(
    settings: Settings,
    first: Connection,
    round_: Iterable[feeds.Fetched],
    read: Callable[[bytes, _Told], Future[items.ParsedDocument]],
    now: datetime,
) -> PollSummary:
    """Has each document read, while those before are stored, by threads with a connection each."""
    summary = PollSummary()
    unchanged: list[feeds.Fetched] = []
    storing: deque[tuple[Future[PollSummary], int]] = deque()
    idle: SimpleQueue[Connection] = SimpleQueue()
    idle.put(first)

    def keep(store: Callable[[Connection], PollSummary]) -> PollSummary:
        try:
            conn = idle.get_nowait()
        except Empty:
            # publishers are asked meanwhile
            conn = more.enter_context(_for_polls(settings))
        try:
            return store(conn)
        finally:
            idle.put(conn)

    def start(store: Callable[[Connection], PollSummary], size: int = 0) -> None:
        storing.append((pool.submit(keep, store), size))

    with ExitStack() as more, ThreadPoolExecutor(STORING, "storing") as pool:
        for fetched in round_:
            if fetched.body is not None:
                document = read(fetched.body, _told(fetched))
                start(partial(_keep, settings, fetched, document, now), len(fetched.body))
            elif fetched.error is not None:
                start(partial(_keep, settings, fetched, None, now))
            else:
                unchanged.append(fetched)
            if len(unchanged) == UNCHANGED:
                start(partial(_keep_unchanged, settings, unchanged, now))
                unchanged = []
            while len(storing) > WAITING or (len(storing) > 1 and sum(size for _, size in storing) > WAITING_BYTES):
                summary = _add(summary, storing.popleft()[0].result())
        start(partial(_keep_unchanged, settings, unchanged, now))
        for stored, _ in storing:
            summary = _add(summary, stored.result())
    return summary


def _due(
    settings: Settings, conn: Connection, now: datetime, feed_ids: Sequence[str] | None, *, named: bool
) -> list[feeds.FeedState]:
    catalogue = feeds.all_feeds(settings)
    with conn.transaction():
        feeds.sync_catalogue(conn, catalogue)
        due = feeds.due_feeds(conn, now, feed_ids, named=named)
    if feed_ids is not None and (unknown := set(feed_ids) - {each.id for each in catalogue}):
        raise UserError(
            f"No feed {', '.join(sorted(unknown))} in {settings.catalogue}. Run `sanctions-monitor feeds list`."
        )
    return due


def _as_read(feed: feeds.FeedState) -> feeds.FeedState:
    """The feed; without its validators where an older parser has read its document, so that ours reads it once."""
    if feed.reader_version == items.READER_VERSION:
        return feed
    return replace(feed, etag=None, last_modified=None, document_sha256=None)


def _add(left: PollSummary, right: PollSummary) -> PollSummary:
    return PollSummary(*(getattr(left, name) + getattr(right, name) for name in PollSummary.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class _Told:
    """What must be known of a document to read it."""

    content_type: str
    url: str
    feed_id: str
    format: str


def _told(fetched: feeds.Fetched) -> _Told:
    feed = fetched.feed
    return _Told(fetched.content_type, fetched.url or feed.address, feed.feed_id, feed.format)


def _read(settings: Settings, now: datetime, body: bytes, told: _Told) -> items.ParsedDocument:
    return items.read_document(
        body,
        told.content_type,
        told.url,
        feed_id=told.feed_id,
        format_=told.format,
        folders=feeds.source_folders(settings),
        now=now,
    )


def _keep(
    settings: Settings,
    fetched: feeds.Fetched,
    document: Future[items.ParsedDocument] | None,
    now: datetime,
    conn: Connection,
) -> PollSummary:
    """One poll in one transaction, so that a feed's validators never outrun its items."""
    entries, note, error = _what_it_says(fetched, document)
    if note:
        fetched = replace(fetched, note="; ".join(filter(None, (fetched.note, note))))
    feed = fetched.feed
    with conn.transaction(), conn.pipeline():
        poll_id = feeds.record_poll(conn, fetched, now, settings, error, items.READER_VERSION)
        stored = items.store(conn, entries, feed_id=feed.feed_id, language=feed.language, poll_id=poll_id, now=now)
    if error:
        log.warning("feed_failed", feed=feed.feed_id, title=feed.title, reason=error)
    return PollSummary(1, stored.new, stored.changed, int(error is not None))


def _what_it_says(
    fetched: feeds.Fetched, document: Future[items.ParsedDocument] | None
) -> tuple[Sequence[items.Entry], str | None, str | None]:
    """The entries, a note for operators, and an error where there is no document, or it breaks off."""
    if document is None:
        return (), None, fetched.error
    try:
        read = document.result()
    except (FetchError, DataError) as problem:
        return (), None, str(problem)
    if read.complete:
        return read.entries, read.note, None
    error = f"the document breaks off after {len(read.entries)} items, which were kept. It is tried again later."
    return read.entries, read.note, error


def _keep_unchanged(settings: Settings, polls: Sequence[feeds.Fetched], now: datetime, conn: Connection) -> PollSummary:
    """Polls that brought nothing new: a process killed before this asks them once more, and loses nothing."""
    if polls:
        with conn.transaction():
            feeds.record_unchanged(conn, polls, now, settings)
    return PollSummary(len(polls))
