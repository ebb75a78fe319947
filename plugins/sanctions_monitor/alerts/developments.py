"""What came after the first report of an alert: an official word, the legal act, one more outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.alerts.alert import Development

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from sanctions_monitor.alerts.report import Report


def developments(reports: Sequence[Report], outlets: Sequence[Report]) -> tuple[Development, ...]:
    """The steps after the first report, by time; each outlet, official body and legal act once.

    `reports` are all of the story, `outlets` those of independent outlets. A report that brings a legal act and an
    official's first word is one development.
    """
    ordered = sorted(reports, key=lambda each: (each.dated_at, each.event_id))
    first = ordered[0]
    independent = {report.outlet for report in outlets}
    heard = {first.outlet}
    acts = {first.legal_act}
    found: list[Development] = []
    for report in ordered[1:]:
        wait = lead_time(report.dated_at - first.dated_at)
        new_outlet = report.outlet not in heard and (report.official or report.outlet in independent)
        if report.legal_act not in acts and report.legal_act is not None:
            found.append(
                Development("legal_act", report, f"{report.outlet}: {report.legal_act}, {wait} after the first report")
            )
        elif new_outlet and report.official:
            found.append(
                Development("official", report, f"{report.outlet} tells it itself, {wait} after the first report")
            )
        elif new_outlet:
            found.append(Development("outlet", report, f"{report.outlet} reports it too"))
        heard.add(report.outlet)
        acts.add(report.legal_act)
    return tuple(found)


def lead_time(wait: timedelta) -> str:
    """A duration in its two largest units: "2 d 3 h", "45 min"."""
    minutes = int(wait.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    told = [f"{number} {unit}" for number, unit in parts if number][:2]
    return " ".join(told) or "less than a minute"
