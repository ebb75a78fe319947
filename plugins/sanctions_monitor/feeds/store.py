"""The edge of the room: feeds and polls in the database."""

from __future__ import annotations

import zlib
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.types.json import Json

from sanctions_monitor.feeds.document_wishes import Wishes
from sanctions_monitor.feeds.logins import Login, origin_of, split_login
from sanctions_monitor.feeds.poll import FeedState, Fetched
from sanctions_monitor.feeds.schedule import Ask, Rhythm, after_good_poll, next_poll
from sanctions_monitor.settings import without_password
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sanctions_monitor.feeds.catalogue import Feed
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

LONGEST_REASON = 500
"""Characters of a reason or a content type that are kept; a status line or header can be as long as 64 KB."""


def sync_catalogue(conn: Connection, feeds: Sequence[Feed]) -> None:
    """Makes the table `feed` say what the catalogue says; a feed that left it is unlisted, its items stay.

    A feed whose address changed forgets what was learnt at the old one. User names and passwords in addresses go into
    a table of their own; one that is there stays, as long as the address keeps its origin.
    """
    sql = queries("feeds")
    apart = {feed.id: split_login(feed.url) for feed in feeds}
    sql.upsert_feeds(conn, feeds=Json([feed.model_dump(mode="json") | {"url": apart[feed.id][0]} for feed in feeds]))
    sql.unlist_others(conn, listed=list(apart))
    for kept in list(sql.logins(conn)):
        if kept["feed_id"] in apart and origin_of(apart[kept["feed_id"]][0]) != kept["origin"]:
            sql.forget_login(conn, feed_id=kept["feed_id"])
    for feed_id, (_, login) in apart.items():
        if login is not None:
            keep_login(conn, feed_id, login)


def keep_login(conn: Connection, feed_id: str, login: Login) -> None:
    """Keeps a user name and password for a feed of the table."""
    queries("feeds").keep_login(
        conn, feed_id=feed_id, origin=login.origin, user_name=login.user_name, password=login.password
    )


def due_feeds(
    conn: Connection, now: datetime, feed_ids: Sequence[str] | None = None, *, named: bool | None = None
) -> list[FeedState]:
    """The feeds whose time has come, or those of `feed_ids`: due or not, unless `named` is false."""
    rows = queries("feeds").due_feeds(
        conn,
        now=now,
        feed_ids=None if feed_ids is None else list(feed_ids),
        named=feed_ids is not None if named is None else named,
    )
    return [_state(row) for row in rows]


def _state(row: dict[str, Any]) -> FeedState:
    names = ("feed_id", "title", "url", "kind", "language", "format", "etag", "last_modified", "document_sha256")
    more = ("failures", "asked_url", "validators_url", "own_document", "last_success_at", "reader_version")
    asks = row["asks_seconds"]
    return FeedState(
        **{name: row[name] for name in (*names, *more)},
        rhythm=Rhythm(row["polls"], row["watched_since"], row["items_per_hour"]),
        wishes=Wishes(
            None if asks is None else timedelta(seconds=asks), frozenset(row["skip_hours"]), frozenset(row["skip_days"])
        ),
        login=None if row["origin"] is None else Login(row["origin"], row["user_name"], row["password"]),
    )


@contextmanager
def claimed_hosts(conn: Connection, hosts: Iterable[str]) -> Iterator[set[str]]:
    """Those of the hosts that no other run asks; they are ours until the block ends, or the connection with a kill.

    The connection must be in autocommit: a claim outlasts the transactions of the block.
    """
    sql = queries("feeds")
    try:
        yield {row["host"] for row in sql.claim_hosts(conn, hosts=sorted(hosts))}
    finally:
        # a server takes a moment to see that a connection has ended, and the next run may come at once
        with suppress(psycopg.Error):
            list(sql.release_hosts(conn))


def record_poll(
    conn: Connection,
    fetched: Fetched,
    now: datetime,
    settings: Settings,
    error: str | None = None,
    reader_version: str | None = None,
) -> int:
    """Writes what a poll brought and when the next one is due; returns the poll's id.

    Call it in the transaction that stores the document's items: the validators become ours with the items or not at
    all. `error` turns an answer that was no good document into a failed poll.
    """
    sql = queries("feeds")
    if fetched.body is not None:
        sql.keep_document(
            conn,
            sha256=fetched.sha256,
            content_type=_readable(fetched.content_type) or "",
            # the fastest level: documents are many and small
            body=zlib.compress(fetched.body, 1),
            bytes=len(fetched.body),
        )
    learnt = _learnt(fetched, now, settings, error, reader_version)
    if fetched.moved_to and learnt["asked_url"] != fetched.feed.asked_url:
        _move(conn, fetched, now)
    sql.after_poll(conn, [learnt])
    return int(sql.new_poll(conn, **learnt)["poll_id"])


def record_unchanged(conn: Connection, polls: Sequence[Fetched], now: datetime, settings: Settings) -> None:
    """The same for polls that brought no document, many at once."""
    learnt = [_learnt(fetched, now, settings, None, fetched.feed.reader_version) for fetched in polls]
    for fetched in polls:
        if fetched.moved_to:
            _move(conn, fetched, now)
    sql = queries("feeds")
    sql.after_poll(conn, learnt)
    sql.new_polls(conn, learnt)


def _move(conn: Connection, fetched: Fetched, now: datetime) -> None:
    """Keeps the old address beside the new one; a feed that has moved to where another is asked, is merged into it."""
    sql, feed = queries("feeds"), fetched.feed
    sql.keep_move(conn, feed_id=feed.feed_id, url=feed.address, moved_to=fetched.moved_to, now=now)
    other = sql.feed_at(conn, url=fetched.moved_to, feed_id=feed.feed_id)
    if other is not None:
        sql.merge_into(conn, feed_id=feed.feed_id, survivor=other["feed_id"])


def _learnt(
    fetched: Fetched, now: datetime, settings: Settings, error: str | None, reader_version: str | None
) -> dict[str, Any]:
    """What is known of a feed after a poll, and the poll itself: the parameters of `after_poll` and `new_poll`."""
    feed, reason = fetched.feed, _readable(error or fetched.error)
    ask = fetched.asked or Ask(now, wishes=fetched.wishes)
    failures = feed.failures + 1 if reason else 0
    rhythm = feed.rhythm if reason else after_good_poll(feed.rhythm, 0, feed.last_success_at, now)
    wishes = feed.wishes if reason else fetched.wishes
    # the address of a document that turned out to be none is no feed's
    address = fetched.moved_to if fetched.moved_to and (error is None or fetched.error) else feed.address
    return {
        "feed_id": feed.feed_id,
        "now": now,
        "url": without_password(feed.address),
        "outcome": "failed" if reason else fetched.outcome,
        "http_status": fetched.status,
        "seconds": fetched.seconds,
        "document_sha256": fetched.sha256 if fetched.body is not None else None,
        "error": reason,
        "failures": failures,
        # the validators stay those of the last good answer; a 200 without any clears them, a 304 repeats them
        "etag": feed.etag if reason else fetched.etag,
        "last_modified": feed.last_modified if reason else fetched.last_modified,
        "validators_url": feed.validators_url if reason else fetched.followed,
        "sha256": feed.document_sha256 if reason else fetched.sha256 or feed.document_sha256,
        "reader_version": feed.reader_version if reason else reader_version,
        "asked_url": None if address == feed.url else address,
        "own_document": feed.own_document or (reason is None and fetched.followed is None),
        "gone_at": now if fetched.gone else None,
        "last_success_at": feed.last_success_at if reason else now,
        "next_poll_at": next_poll(feed.feed_id, feed.kind, rhythm, failures, ask, now, settings),
        "note": _readable(fetched.note),
        "polls": rhythm.polls,
        "watched_since": rhythm.watched_since,
        "items_per_hour": rhythm.items_per_hour,
        "asks_seconds": None if wishes.pause is None else min(int(wishes.pause.total_seconds()), 2**31 - 1) or None,
        "skip_hours": sorted(wishes.skip_hours),
        "skip_days": sorted(wishes.skip_days),
    }


def _readable(text: str | None) -> str | None:
    """What a publisher said as it can be stored and shown: short, and a mark for each character that can't be seen."""
    return text and "".join(each if each.isprintable() else "\ufffd" for each in text[:LONGEST_REASON])
