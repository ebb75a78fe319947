"""The three files of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.events import CODER_VERSION
from sanctions_monitor.exports.csv_files import write_csv
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sanctions_monitor.digests import Digest
    from sanctions_monitor.storage.connection import Connection

ALERT_COLUMNS = (
    "alert_id date action status senders targets commodities instruments severity headline outlets official evidence "
    "url score reasons legal_act first_told_at evidence_outlet evidence_at rule coder_version told_by exposure "
    "still_stands context"
).split()
EVENT_COLUMNS = (
    "event_id item_id story_id dated_at outlet family action status senders targets commodities instruments "
    "evidence_field evidence_start evidence_end evidence rule confidence coder_version legal_act url"
).split()
ITEM_COLUMNS = (
    "item_id dated_at published_at first_seen_at outlet outlet_kind language title url summary events revision"
).split()


SUMMARY_LENGTH = 500
"""Characters; a full text of others is never exported."""


def export_day(conn: Connection, digest: Digest, span: tuple[datetime, datetime], folder: Path) -> list[Path]:
    """Writes `alerts.csv`, `events.csv` and `items.csv` of a digest's day into `folder` and returns their paths.

    Alerts are those of the digest; events and items those dated in `span` (first moment of the day, first of the next).
    """
    sql = queries("exports")
    first, after = span
    return [
        write_csv(folder / "alerts.csv", ALERT_COLUMNS, alert_rows(digest)),
        write_csv(
            folder / "events.csv", EVENT_COLUMNS, sql.events(conn, first=first, after=after, coder=CODER_VERSION)
        ),
        write_csv(
            folder / "items.csv",
            ITEM_COLUMNS,
            map(_item_row, sql.items(conn, first=first, after=after, coder=CODER_VERSION)),
        ),
    ]


def _item_row(row: dict[str, object]) -> dict[str, object]:
    """An item with the beginning of its summary: many feeds send the whole article as one."""
    summary = str(row["summary"])
    return row | {"summary": summary if len(summary) <= SUMMARY_LENGTH else summary[: SUMMARY_LENGTH - 1] + "…"}


def alert_rows(digest: Digest) -> list[dict[str, object]]:
    """One row an alert of the digest, in its order."""
    return [
        {
            "alert_id": alert.alert_id,
            "date": digest.day,
            "action": alert.action,
            "status": alert.status,
            "senders": alert.senders,
            "targets": alert.targets,
            "commodities": alert.commodities,
            "instruments": alert.instruments,
            "severity": alert.severity,
            "headline": alert.headline,
            "outlets": alert.outlets,
            "official": alert.official,
            "evidence": alert.evidence.quote,
            "url": alert.evidence.url,
            "score": alert.score,
            "reasons": [f"{reason.reason} {reason.points:+d}" for reason in alert.reasons],
            "legal_act": alert.legal_act,
            "first_told_at": alert.dated_at,
            "evidence_outlet": alert.evidence.outlet,
            "evidence_at": alert.evidence.dated_at,
            "rule": alert.evidence.rule,
            "coder_version": alert.evidence.coder_version,
            "told_by": [report.outlet for report in alert.reports],
            "exposure": alert.exposure,
            "still_stands": alert.standing,
            "context": [entry.headline for entry in alert.context],
        }
        for alert in digest.alerts
    ]
