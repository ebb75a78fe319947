"""Coded events put into the database as polling, coding and grouping leave them, for journeys that begin there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from sanctions_monitor.events import CODER_VERSION

OUTLETS = {
    "wire": ("Northern Wire", "news", "GB"),
    "post": ("Harbour Post", "news", "IE"),
    "gazette": ("Capital Gazette", "news", "DE"),
    "ofac": ("OFAC", "official", "US"),
    "council": ("Council of the EU", "official", "EU"),
    "mofcom": ("MOFCOM", "official", "CN"),
    "un": ("United Nations press", "official", "UN"),
    "fcdo": ("UK Foreign Office", "official", "GB"),
}
"""Outlets by short name: title, kind, country."""


@dataclass(frozen=True)
class Told:
    """One event as one outlet tells it: its sentence is the item's title."""

    outlet: str
    at: datetime
    story: str
    action: str
    sentence: str
    senders: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    status: str = "adopted"
    legal_act: str | None = None
    announced: date | None = None
    effective: date | None = None
    expires: date | None = None
    item: str = field(default="")
    entities: tuple[tuple[str, str, str | None], ...] = ()
    """Name, type and number of each."""

    @property
    def item_id(self) -> str:
        return _id(self.item or f"{self.outlet} {self.at} {self.story}")


DIPLOMACY = {"talks", "agreement", "release", "restore", "rupture"}


def put(url: str, *told: Told, revision: int = 1) -> None:
    """Stores the items, their revision, its coding, the events and their stories."""
    with psycopg.connect(url) as conn:
        for each in told:
            _put_item(conn, each, revision)
            _put_event(conn, each, revision)


def edit(url: str, old: Told, at: datetime, new: Told | None) -> None:
    """The outlet edits its item: it tells another event, or none; the edit is coded a minute later."""
    with psycopg.connect(url) as conn:
        title = new.sentence if new else "Correction"
        conn.execute("update item set revision = 2 where item_id = %s", (old.item_id,))
        poll = _poll(conn, old.outlet, at)
        _put_revision(conn, old.item_id, 2, title, at, poll)
        _coding(conn, old.item_id, 2, at + timedelta(minutes=1))
        if new:
            _put_event(conn, new, 2, old.item_id)


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]


def _put_item(conn: psycopg.Connection[Any], each: Told, revision: int) -> None:
    title, kind, country = OUTLETS[each.outlet]
    home = f"https://{each.outlet}.example"
    conn.execute(
        "insert into feed (feed_id, title, url, home, format, kind, country, language, tier)"
        " values (%s, %s, %s, %s, 'rss', %s, %s, 'en', 1) on conflict do nothing",
        (each.outlet, title, f"{home}/feed", home, kind, country),
    )
    poll = _poll(conn, each.outlet, each.at)
    conn.execute(
        "insert into item (item_id, identity, feed_id, url, language, published_at, first_seen_at, revision)"
        " values (%s, %s, %s, %s, 'en', %s, %s, %s)",
        (each.item_id, each.item_id, each.outlet, f"{home}/{each.item_id}", each.at, each.at, revision),
    )
    _put_revision(conn, each.item_id, revision, each.sentence, each.at, poll)
    _coding(conn, each.item_id, revision, each.at + timedelta(minutes=1))


def _poll(conn: psycopg.Connection[Any], feed: str, at: datetime) -> int:
    row = conn.execute(
        "insert into poll (feed_id, polled_at, url, outcome, seconds)"
        " values (%s, %s, 'x', 'new', 0.1) returning poll_id",
        (feed, at),
    ).fetchone()
    assert row is not None
    return int(row[0])


def _put_revision(conn: Any, item: str, revision: int, title: str, at: datetime, poll: int) -> None:
    conn.execute(
        "insert into item_revision (item_id, revision, title, summary, content_sha256, seen_at, poll_id)"
        " values (%s, %s, %s, '', %s, %s, %s)",
        (item, revision, title, _id(title), at, poll),
    )


def _coding(conn: Any, item: str, revision: int, at: datetime) -> None:
    conn.execute("insert into coding values (%s, %s, %s, true, %s)", (item, revision, CODER_VERSION, at))


def _put_event(conn: Any, each: Told, revision: int, item: str | None = None) -> None:
    item = item or each.item_id
    event = _id(f"{item} {revision} {each.sentence}")
    family = "diplomacy" if each.action in DIPLOMACY else "sanctions"
    conn.execute(
        "insert into event (event_id, item_id, revision, coder_version, family, action, status, senders, targets,"
        " commodities, instruments, evidence_field, evidence_start, evidence_end, evidence_text, rule, because,"
        " confidence, legal_act, announced, effective, expires, entities) values"
        " (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'title', 0, %s, %s, 'test', %s, 0.9, %s, %s, %s, %s, %s)",
        (
            event,
            item,
            revision,
            CODER_VERSION,
            family,
            each.action,
            each.status,
            list(each.senders),
            list(each.targets),
            list(each.commodities),
            list(each.instruments),
            len(each.sentence),
            each.sentence,
            Jsonb([]),
            each.legal_act,
            each.announced,
            each.effective,
            each.expires,
            Jsonb([{"name": name, "type": kind, "id": number} for name, kind, number in each.entities]),
        ),
    )
    conn.execute(
        "insert into story (story_id, family, opened_at) values (%s, %s, %s) on conflict do nothing",
        (each.story, family, each.at),
    )
    conn.execute("insert into story_event (event_id, story_id) values (%s, %s)", (event, each.story))
