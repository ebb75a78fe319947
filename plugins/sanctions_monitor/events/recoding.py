"""Coding stored items again with the present coder, beside what an older one said, and what differs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sanctions_monitor.events.coder import CODER_VERSION, code
from sanctions_monitor.events.gate import passes_gate
from sanctions_monitor.events.store import Coded, Uncoded, item_of_row, store_coded
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sanctions_monitor.events.event import Event
    from sanctions_monitor.storage.connection import Connection

_BEGIN = datetime(1, 1, 2, tzinfo=UTC)

Said = tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that two coders code differently: events that only the older said, and that only the present says."""

    item_id: str
    title: str
    before: tuple[Said, ...]
    now: tuple[Said, ...]


def recode(conn: Connection, since: datetime, until: datetime, now: datetime, batch: int) -> Iterator[list[Difference]]:
    """Codes items dated within [since, until) that an older coder has coded; yields the differences batch by batch.

    Both versions are kept; run twice, it says the same and stores nothing new. The caller commits after each batch.
    """
    sql = queries("events")
    after = {"after_dated": _BEGIN, "after_id": ""}
    while True:
        rows = list(sql.recodable(conn, coder=CODER_VERSION, since=since, until=until, batch=batch, **after))
        if not rows:
            return
        coded = [_coded(row) for row in rows]
        store_coded(conn, coded, now)
        yield list(_differences(conn, coded))
        after = {"after_dated": rows[-1]["dated_at"], "after_id": rows[-1]["item_id"]}


def _coded(row: dict[str, Any]) -> Coded:
    item = item_of_row(row)
    return Coded(Uncoded(item, row["revision"]), passes_gate(item), code(item))


def _differences(conn: Connection, coded: Sequence[Coded]) -> Iterator[Difference]:
    ids = [each.uncoded.item.id for each in coded]
    before: dict[str, Counter[Said]] = {each: Counter() for each in ids}
    for row in queries("events").coded_before(conn, items=ids, coder=CODER_VERSION):
        before[row["item_id"]][_said_by_row(row)] += 1
    for each in coded:
        item = each.uncoded.item
        present = Counter(_said(event) for event in each.events if event.status != "background")
        older = before[item.id]
        if older != present:
            gone, come = older - present, present - older
            yield Difference(item.id, item.title or item.summary, tuple(gone.elements()), tuple(come.elements()))


def _said(event: Event) -> Said:
    return event.action, event.status, event.senders, event.targets, event.commodities


def _said_by_row(row: dict[str, Any]) -> Said:
    return row["action"], row["status"], tuple(row["senders"]), tuple(row["targets"]), tuple(row["commodities"])
