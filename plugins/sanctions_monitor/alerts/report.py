"""A report: one coded event as one outlet's item tells it. What the database knows of a story is its reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sanctions_monitor.alerts.headline import diplomacy_headline, sanctions_headline
from sanctions_monitor.alerts.links import Act
from sanctions_monitor.events import CODER_VERSION
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sanctions_monitor.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Report:
    """One event of one item, with the story it tells and the outlet that tells it.

    `dated_at` is when the item was news (UTC); `seen_at` when we saw it. `outlet` is the outlet's name, the same for
    all its feeds; `outlet_country` an ISO 3166-1 alpha-2 or body code. `wording` is what the item says, for telling
    copies from reports of an outlet's own. `replaced_at` is when the outlet's own edit of the item was seen, where what
    this report tells is of an older wording; None where it still stands. `entities` are the persons, firms and vessels
    that its sentence names, with their number where it gives one ("Ocean Star (IMO 9187629)").
    """

    story_id: str
    event_id: str
    item_id: str
    family: Literal["sanctions", "diplomacy"]
    action: str
    status: Literal["adopted", "proposed", "rejected"]
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]
    instruments: tuple[str, ...]
    quote: str
    rule: str
    coder_version: str
    confidence: float
    legal_act: str | None
    effective: date | None
    expires: date | None
    dated_at: datetime
    seen_at: datetime
    outlet: str
    outlet_kind: Literal["official", "news", "trade", "rights"]
    outlet_country: str
    title: str
    url: str
    wording: str
    announced: date | None = None
    entities: tuple[str, ...] = ()
    replaced_at: datetime | None = None

    @property
    def official(self) -> bool:
        """Whether an official body tells it itself."""
        return self.outlet_kind == "official"


def read_reports(
    conn: Connection, since: datetime, until: datetime, told_until: datetime | None = None
) -> list[Report]:
    """Every report, dated before `until`, of the stories told in this span; by time, then by event.

    The span ends at `told_until` where that is given.
    """
    rows = queries("alerts").reports(
        conn, since=since, until=until, told_until=told_until or until, coder=CODER_VERSION
    )
    return [_report(row) for row in rows]


def read_acts(conn: Connection, since: datetime, until: datetime) -> list[Act]:
    """The stories first told in this span in a few words each, by the codes that most of their events give."""
    rows = queries("alerts").acts(conn, since=since, until=until, coder=CODER_VERSION)
    return [_act(row) for row in rows]


def _act(row: dict[str, Any]) -> Act:
    parts = {name: tuple(row[name]) for name in ("senders", "targets", "commodities", "instruments")}
    if row["family"] == "diplomacy":
        headline = diplomacy_headline(row["action"], parts["senders"], parts["targets"])
    else:
        headline = sanctions_headline(
            row["action"], row["status"], parts["senders"], parts["targets"], parts["commodities"]
        )
    return Act(
        story_id=row["story_id"],
        family=row["family"],
        action=row["action"],
        status=row["status"],
        dated_at=row["dated_at"],
        headline=headline,
        **parts,
    )


def _report(row: dict[str, object]) -> Report:
    lists: Sequence[str] = ("senders", "targets", "commodities", "instruments", "entities")
    return Report(**{name: tuple(value) if name in lists else value for name, value in row.items()})  # type: ignore[arg-type]
