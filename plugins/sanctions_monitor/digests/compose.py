"""What stands in the digest of a day: a pure choice from the pictures at its beginning and its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sanctions_monitor.alerts import Alert, ContextEntry, Development, Picture, WatchEntry

SUBJECT_LENGTH = 140
"""Characters; longer subjects are cut by mail programs before the second headline."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the digest is made from: items of the day, the sources they came from, and the feeds that fail now."""

    items: int
    sources: int
    failing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """An alert of an earlier day with what happened on this one."""

    alert: Alert
    steps: tuple[Development, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The content of one digest, before it is rendered. `zone` is the time zone that its times are shown in."""

    day: date
    zone: str
    alerts: tuple[Alert, ...]
    followed: tuple[Followed, ...]
    watch: tuple[WatchEntry, ...]
    context: tuple[ContextEntry, ...]
    coverage: Coverage

    @property
    def subject(self) -> str:
        """The news in one line of at most `SUBJECT_LENGTH`: "3 alerts: US eases potash sanctions on Belarus; ..."."""
        if self.alerts:
            lead = _count(len(self.alerts), "alert")
            return _fit(lead, [alert.headline for alert in self.alerts])
        if self.followed:
            lead = f"No new alert, {_count(len(self.followed), 'development')}"
            return _fit(lead, [each.steps[0].note for each in self.followed])
        if self.watch:
            return _fit(f"No alerts, {len(self.watch)} on watch", [entry.headline for entry in self.watch])
        return "No alerts: no change of sanctions was reported"


def compose(
    day: date, zone: str, span: tuple[datetime, datetime], picture: Picture, late: Collection[str], coverage: Coverage
) -> Digest:
    """The digest of a day from the picture at its end (`span` is the day's first moment and the next day's).

    Alerts are those first told on the day, and `late` ones: ids of alerts of earlier days whose own digest had gone
    out before their first item was seen. Diplomacy that already stands with an alert is not told twice.
    """
    first, after = span
    alerts = tuple(alert for alert in picture.alerts if first <= alert.dated_at < after or alert.alert_id in late)
    shown = {alert.alert_id for alert in alerts}
    followed = tuple(
        Followed(alert, steps)
        for alert in picture.alerts
        if alert.alert_id not in shown
        and (steps := tuple(step for step in alert.developments if first <= step.moment < after))
    )
    with_alerts = {entry.story_id for alert in alerts for entry in alert.context}
    return Digest(
        day=day,
        zone=zone,
        alerts=alerts,
        followed=followed,
        watch=tuple(entry for entry in picture.watch if first <= entry.dated_at < after),
        context=tuple(
            entry
            for entry in picture.context
            if first <= entry.report.dated_at < after and entry.story_id not in with_alerts
        ),
        coverage=coverage,
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fit(lead: str, headlines: list[str]) -> str:
    """As many headlines as fit; a mark says that there are more."""
    # the words of a legal act come from an item, line breaks and all, and a subject with one would be no header
    flat = [" ".join(headline.split()) for headline in headlines]
    for shown in range(len(flat), 0, -1):
        subject = f"{lead}: {'; '.join(flat[:shown])}{'; …' if shown < len(flat) else ''}"
        if len(subject) <= SUBJECT_LENGTH:
            return subject
    return f"{lead}: {flat[0]}"[: SUBJECT_LENGTH - 2].rsplit(" ", maxsplit=1)[0] + " …"
