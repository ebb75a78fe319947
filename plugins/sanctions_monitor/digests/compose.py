"""What stands in the digest of a day: a pure choice from the picture at its end, and the cut that a reader wants."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sanctions_monitor.subscriptions import WHOLE, Codes, Cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from sanctions_monitor.alerts import Alert, ContextEntry, Development, Picture, WatchEntry
    from sanctions_monitor.digests.coverage import Coverage

_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of all that follows them: an outlet's name with one would garble our own words."""
SUBJECT_LENGTH = 140
"""Characters; longer subjects are cut by mail programs before the second headline."""


@dataclass(frozen=True, slots=True)
class Followed:
    """An alert of an earlier day with what happened on this one."""

    alert: Alert
    steps: tuple[Development, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """An alert that a digest has told and that does not stand any more, with the reason."""

    alert_id: str
    headline: str
    told_on: date
    reason: str
    codes: Codes


@dataclass(frozen=True, slots=True)
class Expiry:
    """A measure or licence that ends, or is to be reviewed, on a day."""

    on: date
    what: str
    codes: Codes
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CountryLine:
    """How often a country or body is the target in this digest."""

    code: str
    alerts: int
    developments: int
    watch: int


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
    corrections: tuple[Correction, ...] = ()
    expiries: tuple[Expiry, ...] = ()
    cut: Cut = WHOLE

    @property
    def subject(self) -> str:
        """The news in one line of at most `SUBJECT_LENGTH`: "3 alerts: US eases potash sanctions on Belarus; ..."."""
        if self.corrections:
            withdrawn = f"{_count(len(self.corrections), 'alert')} withdrawn"
            lead = f"{_count(len(self.alerts), 'alert')}, {withdrawn}" if self.alerts else withdrawn
            return _fit(lead, [*(each.headline for each in self.corrections), *(each.headline for each in self.alerts)])
        if self.alerts:
            lead = _count(len(self.alerts), "alert")
            return _fit(lead, [alert.headline for alert in self.alerts])
        if self.followed:
            lead = f"No new alert, {_count(len(self.followed), 'development')}"
            return _fit(lead, [each.steps[0].note for each in self.followed])
        if self.watch:
            return _fit(f"No alerts, {len(self.watch)} on watch", [entry.headline for entry in self.watch])
        if self.coverage.incomplete:
            return "No alerts, but coverage is incomplete: polling was broken"
        if self.cut.filters:
            return "No alerts that fit your subscription"
        return "No alerts: no change of sanctions was reported"

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell of this day."""
        return not (self.alerts or self.followed or self.watch or self.context or self.corrections)

    @property
    def countries(self) -> tuple[CountryLine, ...]:
        """The targets of the digest, those with most alerts first."""
        alerts = Counter(code for alert in self.alerts for code in alert.targets)
        steps = Counter(code for each in self.followed for code in each.alert.targets)
        watch = Counter(code for entry in self.watch for code in entry.report.targets)
        lines = (CountryLine(code, alerts[code], steps[code], watch[code]) for code in {*alerts, *steps, *watch})
        return tuple(sorted(lines, key=lambda line: (-line.alerts, -line.developments, -line.watch, line.code)))


def compose(
    day: date,
    zone: str,
    span: tuple[datetime, datetime],
    picture: Picture,
    late: Collection[str],
    coverage: Coverage,
    *,
    corrections: Iterable[Correction] = (),
    expiries: Iterable[Expiry] = (),
) -> Digest:
    """The whole digest of a day from the picture at its end (`span` is the day's first moment and the next day's).

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
    return Digest(
        day=day,
        zone=zone,
        alerts=alerts,
        followed=followed,
        watch=tuple(entry for entry in picture.watch if first <= entry.dated_at < after),
        context=_not_with(alerts, tuple(entry for entry in picture.context if first <= entry.report.dated_at < after)),
        coverage=coverage,
        corrections=tuple(corrections),
        expiries=tuple(sorted(expiries, key=lambda each: (each.on, each.what))),
    )


def narrow(digest: Digest, cut: Cut, context: tuple[ContextEntry, ...] | None = None) -> Digest:
    """The part of a whole digest that a cut takes; `context` is all diplomacy of the day."""
    if not cut.filters:
        return replace(digest, cut=cut)
    alerts = tuple(alert for alert in digest.alerts if cut.takes(alert_codes(alert)))
    return replace(
        digest,
        alerts=alerts,
        followed=tuple(each for each in digest.followed if cut.takes(alert_codes(each.alert))),
        watch=tuple(entry for entry in digest.watch if cut.takes(_watch_codes(entry))),
        context=_not_with(
            alerts,
            tuple(
                entry for entry in (digest.context if context is None else context) if cut.takes(_context_codes(entry))
            ),
        ),
        corrections=tuple(each for each in digest.corrections if cut.takes(each.codes)),
        expiries=tuple(each for each in digest.expiries if cut.takes(each.codes)),
        cut=cut,
    )


def alert_codes(alert: Alert) -> Codes:
    """What a filter looks at in an alert."""
    return Codes(
        alert.senders,
        alert.targets,
        alert.commodities,
        alert.action,
        alert.severity,
        (alert.headline, *alert.entities, *(text for report in alert.reports for text in (report.title, report.quote))),
    )


def _watch_codes(entry: WatchEntry) -> Codes:
    report = entry.report
    return Codes(
        report.senders,
        report.targets,
        report.commodities,
        report.action,
        None,
        (entry.headline, report.title, report.quote),
    )


def _context_codes(entry: ContextEntry) -> Codes:
    report = entry.report
    texts = (entry.headline, report.title, report.quote)
    return Codes(report.senders, report.targets, texts=texts)


def _not_with(alerts: Iterable[Alert], context: tuple[ContextEntry, ...]) -> tuple[ContextEntry, ...]:
    with_alerts = {entry.story_id for alert in alerts for entry in alert.context}
    return tuple(entry for entry in context if entry.story_id not in with_alerts)


def straight(value: Any) -> Any:
    """A text, marked as HTML or not, without the characters that turn what stands behind it; anything else as it is."""
    return value.translate(_TURNING) if isinstance(value, str) else value


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fit(lead: str, headlines: list[str]) -> str:
    """As many headlines as fit; a mark says that there are more."""
    # the words of a legal act come from an item, line breaks and all, and a subject with one would be no header
    flat = [" ".join(straight(headline).split()) for headline in headlines]
    for shown in range(len(flat), 0, -1):
        subject = f"{lead}: {'; '.join(flat[:shown])}{'; …' if shown < len(flat) else ''}"
        if len(subject) <= SUBJECT_LENGTH:
            return subject
    return f"{lead}: {flat[0]}"[: SUBJECT_LENGTH - 2].rsplit(" ", maxsplit=1)[0] + " …"
