"""The rows of each table: statements that PostgreSQL answers, or values that come from the picture of alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sanctions_monitor import reference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sanctions_monitor.alerts import Alert

STATEMENTS = ("events", "items", "stories", "feeds")
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
            "effective": _own_date(alert, "effective"),
            "expires": _own_date(alert, "expires"),
        }
        for alert in alerts
    ]


def exposure_rows(alerts: Iterable[Alert], tables: reference.Reference) -> list[dict[str, Any]]:
    """One row an alert, target, goods and measure, in the order of the alerts; missing figures are None."""
    told = list(alerts)
    asked = pd.DataFrame(
        [
            (each.alert_id, list(each.targets), list(each.commodities))
            for each in told
            if each.targets and each.commodities
        ],
        columns=["alert_id", "target", "commodity_id"],
    )
    figures = reference.exposure(asked.explode("target").explode("commodity_id"), tables)
    first_told = {each.alert_id: each.dated_at for each in told}
    frame = figures.astype(object).where(figures.notna(), None)
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return [row | {"first_told_at": first_told[row["alert_id"]]} for row in rows]


def _own_date(alert: Alert, name: str) -> date | None:
    return next((value for report in alert.reports if (value := getattr(report, name)) is not None), None)
