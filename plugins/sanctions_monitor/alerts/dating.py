"""The days of an act: decided, in force, over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sanctions_monitor.alerts.report import Report

NEAR = timedelta(days=14)
"""An announcement that a report dates further back than this is that of another act."""


class Days(NamedTuple):
    """When an act was announced, is effective and expires; the last where a report says it."""

    announced: date
    effective: date
    expires: date | None


def days_of(reports: Sequence[Report], outlets: Sequence[Report]) -> Days:
    """The days of a story. `reports` are all of it by time, `outlets` those of independent outlets, best first.

    Announced: the earliest day that a report gives, if it lies near the first report, else that report's own day (UTC).
    Effective: what the best report says; else the day of the first report that names the legal act; else the day of
    the announcement. Never before the announcement.
    """
    first = reports[0].dated_at.date()
    said = [each.announced for each in reports if each.announced and abs(first - each.announced) <= NEAR]
    announced = min([*said, first])
    effective = next((each.effective for each in outlets if each.effective), None)
    if effective is None:
        effective = next((each.dated_at.date() for each in reports if each.legal_act), announced)
    expires = next((each.expires for each in outlets if each.expires), None)
    return Days(announced, max(effective, announced), expires if expires and expires >= announced else None)
