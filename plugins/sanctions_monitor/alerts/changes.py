"""What a stored alert brings to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_monitor.measures import Change
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from sanctions_monitor.storage.connection import Connection


def read_changes(conn: Connection) -> list[Change]:
    """The changes of all alerts that stand, in no promised order."""
    return [_change(row) for row in queries("alerts").changes(conn)]


def _change(row: dict[str, Any]) -> Change:
    return Change(
        alert_id=row["alert_id"],
        action=row["action"],
        senders=tuple(row["senders"]),
        targets=tuple(row["targets"]),
        commodities=tuple(row["commodities"]),
        instruments=tuple(row["instruments"]),
        announced=row["announced"],
        effective=row["effective"],
        expires=row["expires"],
        legal_act=row["legal_act"],
        source_url=row["source_url"],
        words=row["words"],
        entities=tuple(row["entities"]),
        confirmed=row["confirmed_at"] is not None,
    )
