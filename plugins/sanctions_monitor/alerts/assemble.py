"""The picture at one moment: alerts, watch list and context, made from the reports of the stories alone.

It is a pure function of what is stored and of `until`, so that the picture of any past moment can be had again.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, cast

from sanctions_monitor.alerts.alert import Alert, ContextEntry, WatchEntry
from sanctions_monitor.alerts.developments import developments
from sanctions_monitor.alerts.headline import diplomacy_headline, sanctions_headline
from sanctions_monitor.alerts.joins import Joined, Key, join
from sanctions_monitor.alerts.severity import level, score
from sanctions_monitor.alerts.weigh import agreed, best_first, one_an_outlet, own_tellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import pandas as pd

    from sanctions_monitor.alerts.report import Report
    from sanctions_monitor.reference import Reference


@dataclass(frozen=True, slots=True)
class Picture:
    """What was known at one moment, each part by severity or time."""

    alerts: tuple[Alert, ...]
    watch: tuple[WatchEntry, ...]
    context: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """One story: all its reports, those of independent outlets with the best evidence first, and its codes."""

    story_id: str
    reports: tuple[Report, ...]
    outlets: tuple[Report, ...]
    copies: int
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]
    instruments: tuple[str, ...]

    @property
    def best(self) -> Report:
        return self.outlets[0]

    @property
    def dated_at(self) -> datetime:
        return self.reports[0].dated_at


def picture(reports: Iterable[Report], tables: Reference, ledger: pd.DataFrame, until: datetime) -> Picture:
    """What the reports dated before `until` make together."""
    known = [report for report in reports if report.dated_at < until]
    stories = [_story(list(told)) for _, told in groupby(sorted(known, key=_by_story), key=attrgetter("story_id"))]
    context = [
        ContextEntry(
            told.story_id,
            # who comes first differs from outlet to outlet: the best report's own order, not a vote on each side
            diplomacy_headline(told.best.action, told.best.senders, told.best.targets),
            told.best,
            len(told.outlets),
        )
        for told in sorted(stories, key=attrgetter("dated_at"))
        if told.best.family == "diplomacy" and told.best.status == "adopted"
    ]
    adopted = [told for told in stories if told.best.family == "sanctions" and told.best.status == "adopted"]
    joined = join(
        [Key(told.story_id, told.senders, told.targets, told.commodities) for told in adopted],
        tables,
        ledger,
        until.date(),
    )
    alerts = [_alert(told, joined[told.story_id], context) for told in adopted]
    watch = [
        WatchEntry(
            told.story_id,
            sanctions_headline(told.best.action, told.best.status, told.senders, told.targets, told.commodities),
            told.best.status,
            told.dated_at,
            told.best,
            len(told.outlets),
        )
        for told in stories
        if told.best.family == "sanctions" and told.best.status != "adopted"
    ]
    return Picture(
        alerts=tuple(sorted(alerts, key=lambda each: (-each.score, each.dated_at, each.alert_id))),
        watch=tuple(sorted(watch, key=lambda each: (-each.outlets, each.dated_at, each.story_id))),
        context=tuple(context),
    )


def _by_story(report: Report) -> tuple[str, datetime, str]:
    return (report.story_id, report.dated_at, report.event_id)


def _story(reports: Sequence[Report]) -> _Told:
    each_outlet = one_an_outlet(reports)
    own = own_tellings(reports)
    outlets = [report for report in each_outlet if report.outlet in own]
    senders, commodities = agreed(outlets, "senders"), agreed(outlets, "commodities")
    return _Told(
        story_id=reports[0].story_id,
        reports=tuple(reports),
        outlets=tuple(best_first(outlets, senders, commodities)),
        copies=len(each_outlet) - len(outlets),
        senders=senders,
        targets=agreed(outlets, "targets"),
        commodities=commodities,
        instruments=agreed(outlets, "instruments"),
    )


def _alert(told: _Told, joined: Joined, context: Sequence[ContextEntry]) -> Alert:
    best = told.best
    official = [report for report in told.outlets if report.official]
    by_sender = any(report.outlet_country in told.senders for report in official)
    points, reasons = score(
        best.action,
        goods_named=bool(told.commodities),
        world_share=joined.world_share,
        outlets=len(told.outlets),
        by_sender=by_sender,
        by_other=bool(official) and not by_sender,
    )
    acts = [report.legal_act for report in sorted(told.reports, key=_by_story) if report.legal_act]
    return Alert(
        alert_id=told.story_id,
        dated_at=told.dated_at,
        action=cast("Literal['impose', 'extend', 'ease', 'enforce']", best.action),
        status="adopted",
        senders=told.senders,
        targets=told.targets,
        commodities=told.commodities,
        instruments=told.instruments,
        headline=sanctions_headline(best.action, "adopted", told.senders, told.targets, told.commodities),
        severity=level(points),
        score=points,
        reasons=reasons,
        reports=told.outlets,
        copies=told.copies,
        official=tuple(sorted({report.outlet for report in official})),
        confirmed_by_sender=by_sender,
        legal_act=acts[0] if acts else None,
        developments=developments(told.reports, told.outlets),
        context=tuple(entry for entry in context if _belongs(entry, told)),
        exposure=joined.exposure,
        standing=joined.standing,
    )


def _belongs(entry: ContextEntry, told: _Told) -> bool:
    """Diplomacy of the alert's own countries: a target takes part, alone or with one of the senders."""
    parties = {*entry.report.senders, *entry.report.targets}
    return bool(parties & set(told.targets)) and (len(parties) == 1 or bool(parties & set(told.senders)))
