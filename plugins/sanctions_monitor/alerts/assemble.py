"""The picture at one moment: alerts, watch list and context, made from the reports of the stories alone.

It is a pure function of what is stored and of `until`, so that the picture of any past moment can be had again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, cast

from sanctions_monitor.alerts.alert import Alert, ContextEntry, WatchEntry, Withdrawn
from sanctions_monitor.alerts.confirming import confirmation
from sanctions_monitor.alerts.corrections import corrections, standing_reports
from sanctions_monitor.alerts.dating import days_of
from sanctions_monitor.alerts.developments import developments
from sanctions_monitor.alerts.headline import diplomacy_headline, sanctions_headline
from sanctions_monitor.alerts.joins import Joined, Key, join
from sanctions_monitor.alerts.links import Act, links
from sanctions_monitor.alerts.severity import Facts, level, score
from sanctions_monitor.alerts.watchlist import WatchList
from sanctions_monitor.alerts.weigh import agreed, best_first, named, one_an_outlet, own_tellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    import pandas as pd

    from sanctions_monitor.alerts.report import Report
    from sanctions_monitor.reference import Reference


@dataclass(frozen=True, slots=True)
class Picture:
    """What was known at one moment, each part by severity or time; `withdrawn` is what nobody tells any more."""

    alerts: tuple[Alert, ...]
    watch: tuple[WatchEntry, ...]
    context: tuple[ContextEntry, ...]
    withdrawn: tuple[Withdrawn, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """One story: its reports that stand, those of independent outlets with the best evidence first, and its codes.

    `ever` are all its reports, those of older wordings among them.
    """

    story_id: str
    ever: tuple[Report, ...]
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

    @property
    def headline(self) -> str:
        if self.best.family == "diplomacy":
            # who comes first differs from outlet to outlet: the best report's own order, not a vote on each side
            return diplomacy_headline(self.best.action, self.best.senders, self.best.targets)
        return sanctions_headline(self.best.action, self.best.status, self.senders, self.targets, self.commodities)

    @property
    def act(self) -> Act:
        return Act(
            self.story_id,
            self.best.family,
            self.best.action,
            self.best.status,
            self.senders,
            self.targets,
            self.commodities,
            self.instruments,
            self.dated_at,
            self.headline,
        )


def picture(
    reports: Iterable[Report],
    tables: Reference,
    ledger: pd.DataFrame,
    until: datetime,
    *,
    earlier: Iterable[Act] = (),
    watch_list: WatchList | None = None,
) -> Picture:
    """What the reports dated before `until` make together.

    `earlier` are acts that alerts may be linked with, beside those of the reports; `ledger` is used as it stood on the
    last day before `until`.
    """
    known = [report for report in reports if report.dated_at < until]
    ever = [list(told) for _, told in groupby(sorted(known, key=_by_story), key=attrgetter("story_id"))]
    stories = [_story(told, standing) for told in ever if (standing := standing_reports(told, until))]
    context = [
        ContextEntry(told.story_id, told.headline, told.best, len(told.outlets))
        for told in sorted(stories, key=attrgetter("dated_at"))
        if told.best.family == "diplomacy" and told.best.status == "adopted"
    ]
    sanctions = [told for told in stories if told.best.family == "sanctions"]
    day = (until - timedelta(microseconds=1)).date()
    joined = join([_key(told) for told in sanctions], tables, ledger, day)
    acts = {act.story_id: act for act in (*earlier, *(told.act for told in stories)) if act.dated_at < until}
    view = _View(until, joined, tuple(context), tuple(acts.values()), watch_list or WatchList())
    adopted = [told for told in sanctions if told.best.status == "adopted"]
    alerts = [_alert(told, view) for told in adopted]
    watch = [_watched(told, view) for told in sanctions if told.best.status != "adopted"]
    return Picture(
        alerts=tuple(sorted(alerts, key=lambda each: (-each.score, each.dated_at, each.alert_id))),
        watch=tuple(sorted(watch, key=lambda each: (-each.outlets, each.dated_at, each.story_id))),
        context=tuple(context),
        withdrawn=tuple(_withdrawn(ever, {told.story_id for told in adopted}, until)),
    )


@dataclass(frozen=True, slots=True)
class _View:
    """What all alerts of a picture share."""

    until: datetime
    joined: dict[str, Joined]
    context: tuple[ContextEntry, ...]
    acts: tuple[Act, ...]
    watch_list: WatchList


def _by_story(report: Report) -> tuple[str, datetime, str]:
    return (report.story_id, report.dated_at, report.event_id)


def _story(ever: Sequence[Report], reports: Sequence[Report]) -> _Told:
    each_outlet = one_an_outlet(reports)
    own = own_tellings(reports)
    outlets = [report for report in each_outlet if report.outlet in own]
    senders, commodities = agreed(outlets, "senders"), agreed(outlets, "commodities")
    return _Told(
        story_id=reports[0].story_id,
        ever=tuple(ever),
        reports=tuple(reports),
        outlets=tuple(best_first(outlets, senders, commodities)),
        copies=len(each_outlet) - len(outlets),
        senders=senders,
        targets=agreed(outlets, "targets"),
        commodities=commodities,
        instruments=agreed(outlets, "instruments"),
    )


def _key(told: _Told) -> Key:
    announced: date = days_of(told.reports, told.outlets).announced
    return Key(told.story_id, told.senders, told.targets, told.commodities, announced)


def _alert(told: _Told, view: _View) -> Alert:
    best = told.best
    joined = view.joined[told.story_id]
    points, reasons = score(_facts(told, view))
    days = days_of(told.reports, told.outlets)
    confirmed = confirmation(told.reports, told.senders)
    steps = (*developments(told.reports, told.outlets), *corrections(told.ever, view.until))
    return Alert(
        alert_id=told.story_id,
        dated_at=told.dated_at,
        action=cast("Literal['impose', 'extend', 'ease', 'enforce']", best.action),
        status="adopted",
        senders=told.senders,
        targets=told.targets,
        commodities=told.commodities,
        instruments=told.instruments,
        headline=told.headline,
        severity=level(points),
        score=points,
        reasons=reasons,
        reports=told.outlets,
        copies=told.copies,
        official=tuple(sorted({report.outlet for report in told.outlets if report.official})),
        confirmed_by_sender=confirmed is not None,
        legal_act=_legal_act(told),
        developments=tuple(sorted(steps, key=lambda step: (step.moment, step.report.event_id))),
        context=tuple(entry for entry in view.context if _belongs(entry, told)),
        exposure=joined.exposure,
        standing=joined.standing,
        announced=days.announced,
        effective=days.effective,
        expires=days.expires,
        confirmation=confirmed,
        links=links(told.act, view.acts),
        dependence=joined.dependence,
        buyers_said=joined.buyers_said,
        figures=joined.figures,
        cover=joined.cover,
        buyers=joined.buyers,
        entities=named(told.outlets),
    )


def _watched(told: _Told, view: _View) -> WatchEntry:
    points, reasons = score(_facts(told, view))
    return WatchEntry(
        told.story_id,
        told.headline,
        cast("Literal['proposed', 'rejected']", told.best.status),
        told.dated_at,
        told.best,
        len(told.outlets),
        level(points),
        points,
        reasons,
    )


def _facts(told: _Told, view: _View) -> Facts:
    official = [report for report in told.outlets if report.official]
    by_sender = any(report.outlet_country in told.senders for report in official)
    return Facts(
        action=told.best.action,
        status=told.best.status,
        legal_act=_legal_act(told),
        goods_named=bool(told.commodities),
        world_share=view.joined[told.story_id].world_share,
        outlets=len(told.outlets),
        by_sender=by_sender,
        by_other=bool(official) and not by_sender,
        watched=view.watch_list.matches(told.senders, told.targets, told.commodities, _texts(told)),
    )


def _texts(told: _Told) -> list[str]:
    """Where a watched name may stand."""
    return [text for report in told.outlets for text in (*report.entities, report.title, report.quote)]


def _legal_act(told: _Told) -> str | None:
    return next((report.legal_act for report in sorted(told.reports, key=_by_story) if report.legal_act), None)


def _withdrawn(ever: Iterable[Sequence[Report]], standing: set[str], until: datetime) -> Iterable[Withdrawn]:
    """The stories that told an adopted act once and don't any more, because of edits."""
    for told in ever:
        gone = [
            report
            for report in told
            if report.replaced_at is not None
            and report.replaced_at < until
            and (report.family, report.status) == ("sanctions", "adopted")
        ]
        if not gone or told[0].story_id in standing:
            continue
        last = max(gone, key=lambda report: (report.replaced_at, report.event_id))
        before = _story(told, gone)
        note = f"Withdrawn: {last.outlet} has edited its report, and nobody tells it any more"
        yield Withdrawn(last.story_id, before.headline, cast("datetime", last.replaced_at), last, note)


def _belongs(entry: ContextEntry, told: _Told) -> bool:
    """Diplomacy of the alert's own countries: a target takes part, alone or with one of the senders."""
    parties = {*entry.report.senders, *entry.report.targets}
    return bool(parties & set(told.targets)) and (len(parties) == 1 or bool(parties & set(told.senders)))
