"""The edge of the room: alerts and their developments in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb

from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.alerts.alert import Alert, Withdrawn
    from sanctions_monitor.storage.connection import Connection


def store(conn: Connection, alerts: Sequence[Alert], now: datetime, withdrawn: Sequence[Withdrawn] = ()) -> list[str]:
    """Keeps alerts as they stand now; returns the ids of those that were not known before."""
    sql = queries("alerts")
    # two processes would both call an alert new, and the second would fail on its story
    sql.lock_alerts(conn)
    before = {row["alert_id"] for row in sql.alert_ids(conn)}
    sql.keep_alerts(conn, [_row(alert, now) for alert in alerts])
    sql.keep_developments(
        conn,
        [
            {
                "alert_id": alert.alert_id,
                "kind": step.kind,
                "source": step.report.outlet,
                "event_id": step.report.event_id,
                "dated_at": step.moment,
                "note": step.note,
            }
            for alert in alerts
            for step in alert.developments
        ],
    )
    gone = [{"alert_id": each.alert_id, "now": now, "at": each.at, "note": each.note} for each in withdrawn]
    sql.withdraw_alerts(conn, gone)
    return [alert.alert_id for alert in alerts if alert.alert_id not in before]


def _row(alert: Alert, now: datetime) -> dict[str, object]:
    confirmed = alert.confirmation
    return {
        "alert_id": alert.alert_id,
        "now": now,
        "dated_at": alert.dated_at,
        "action": alert.action,
        "status": alert.status,
        "senders": list(alert.senders),
        "targets": list(alert.targets),
        "commodities": list(alert.commodities),
        "instruments": list(alert.instruments),
        "severity": alert.severity,
        "score": alert.score,
        "reasons": Jsonb([asdict(reason) for reason in alert.reasons]),
        "headline": alert.headline,
        "outlets": alert.outlets,
        "official": list(alert.official),
        "evidence_event_id": alert.evidence.event_id,
        "announced": alert.announced,
        "effective": alert.effective,
        "expires": alert.expires,
        "legal_act": alert.legal_act,
        "confirmed_at": confirmed.at if confirmed else None,
        "confirmed_by": confirmed.outlet if confirmed else None,
        "lead_minutes": confirmed.lead_minutes if confirmed else None,
        "links": Jsonb([asdict(link) | {"dated_at": link.dated_at.isoformat()} for link in alert.links]),
        "told": Jsonb(_told(alert)),
        "entities": list(alert.entities),
    }


def _told(alert: Alert) -> dict[str, Any]:
    return {
        "exposure": list(alert.exposure),
        "dependence": list(alert.dependence),
        "buyers": list(alert.buyers_said),
        "standing": list(alert.standing),
        "figures": [asdict(figure) for figure in alert.figures],
        "cover": [asdict(each) for each in alert.cover],
    }
