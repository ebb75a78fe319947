"""The rows of each table: statements that PostgreSQL answers, or values that come from the picture of alerts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sanctions_monitor.alerts import Alert

STATEMENTS = ("events", "items", "stories", "measures", "feeds")
"""Tables that a statement of the same name in sql/queries/exports.sql gives, as large as they may be."""


def alert_rows(alerts: Iterable[Alert], day: date | None = None) -> list[dict[str, Any]]:
    """One row an alert, in their order; `day` is the digest's day, else that of the first report."""
    return [
        {
            "alert_id": alert.alert_id,
            "date": day or alert.dated_at.date(),
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
            "announced": alert.announced,
            "effective": alert.effective,
            "expires": alert.expires,
            "confirmed_by": alert.confirmation.outlet if alert.confirmation else None,
            "lead_minutes": alert.confirmation.lead_minutes if alert.confirmation else None,
            "links": [link.note for link in alert.links],
            "sender_dependence": alert.dependence,
            "buyers": alert.buyers_said,
            "entities": alert.entities,
        }
        for alert in alerts
    ]


def exposure_rows(alerts: Iterable[Alert]) -> list[dict[str, Any]]:
    """One row a figure that is known of an alert, in the order of the alerts; an alert without figures has no row."""
    return [
        {"alert_id": alert.alert_id, "first_told_at": alert.dated_at} | asdict(figure)
        for alert in alerts
        for figure in alert.figures
    ]
