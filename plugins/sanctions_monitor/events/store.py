"""The edge of the room: items that are not coded yet, and what came of coding them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb

from sanctions_monitor.events.coder import CODER_VERSION
from sanctions_monitor.items import Item, language_of
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.events.event import Event
    from sanctions_monitor.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A revision of an item that the present coder has not seen."""

    item: Item
    revision: int


@dataclass(frozen=True, slots=True)
class Coded:
    """The same with what the coder said of it."""

    uncoded: Uncoded
    passed_gate: bool
    events: tuple[Event, ...]


def read_uncoded(conn: Connection, batch: int) -> list[Uncoded]:
    """At most `batch` revisions to code, oldest news first."""
    return [
        Uncoded(item_of_row(row), row["revision"])
        for row in queries("events").uncoded(conn, coder=CODER_VERSION, batch=batch)
    ]


def item_of_row(row: dict[str, Any]) -> Item:
    """The item that a row of `uncoded` or `recodable` holds."""
    return Item(
        id=row["item_id"],
        title=row["title"],
        summary=row["summary"],
        text=row["body"],
        published=row["published_at"],
        source=row["source"],
        url=row["url"],
        lang=language_of(f"{row['title']} {row['summary']}", row["language"]),
    )


def store_coded(conn: Connection, coded: Sequence[Coded], now: datetime) -> None:
    """Keeps events, and for every item that it was coded, so that one without events is not read again."""
    sql = queries("events")
    sql.new_codings(conn, [_key(each) | {"passed_gate": each.passed_gate, "now": now} for each in coded])
    sql.mark_languages(conn, [{"item_id": each.uncoded.item.id, "language": each.uncoded.item.lang} for each in coded])
    sql.new_events(conn, [_row(each, number, event) for each in coded for number, event in enumerate(each.events)])


def _key(coded: Coded) -> dict[str, Any]:
    return {
        "item_id": coded.uncoded.item.id,
        "revision": coded.uncoded.revision,
        "coder_version": CODER_VERSION,
    }


def _row(coded: Coded, number: int, event: Event) -> dict[str, Any]:
    key = _key(coded)
    name = " ".join(str(part) for part in (*key.values(), number))
    return key | {
        "event_id": hashlib.sha256(name.encode()).hexdigest()[:24],
        "family": event.family,
        "action": event.action,
        "status": event.status,
        "senders": list(event.senders),
        "targets": list(event.targets),
        "commodities": list(event.commodities),
        "instruments": list(event.instruments),
        "evidence_field": event.evidence.field,
        "evidence_start": event.evidence.start,
        "evidence_end": event.evidence.end,
        "evidence_text": event.evidence.text,
        "rule": event.rule,
        "because": Jsonb([list(pair) for pair in event.because]),
        "confidence": event.confidence,
        "legal_act": event.legal_act,
        "announced": event.announced,
        "effective": event.effective,
        "expires": event.expires,
        "entities": Jsonb([{"name": one.name, "type": one.type, "id": one.id} for one in event.entities]),
    }
