"""What a story's reports say together: one report an independent outlet, and the codes that most of them give."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from sanctions_monitor.stories import independent_outlets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sanctions_monitor.alerts.report import Report

Part = Literal["senders", "targets", "commodities", "instruments"]


def one_an_outlet(reports: Sequence[Report]) -> list[Report]:
    """The fullest report of each outlet, by the time of the outlet's first one."""
    by_outlet: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda each: (each.dated_at, each.event_id)):
        by_outlet.setdefault(report.outlet, []).append(report)
    return [max(told, key=_fullness) for told in by_outlet.values()]


def own_tellings(reports: Sequence[Report]) -> set[str]:
    """The outlets with a text of their own among these reports: whoever only carries a copy of another's is left out.

    An official body is no agency: who reports "OFAC said" has read it for himself and is no copy of it.
    """
    ordered = sorted(reports, key=lambda each: (each.dated_at, each.event_id))
    texts = dict.fromkeys((report.outlet, report.wording) for report in ordered if not report.official)
    return independent_outlets(list(texts)) | {report.outlet for report in reports if report.official}


def agreed(reports: Sequence[Report], part: Part) -> tuple[str, ...]:
    """The codes that at least half of the reports that name any give for this part, sorted.

    A single report that errs is outvoted; one that is silent does not count against the others.
    """
    naming = [codes for report in reports if (codes := getattr(report, part))]
    votes = Counter(code for codes in naming for code in codes)
    return tuple(sorted(code for code, count in votes.items() if 2 * count >= len(naming)))


def named(reports: Sequence[Report]) -> tuple[str, ...]:
    """The persons, firms and vessels that the reports name, each once, those that most of them name first.

    Two spellings are one name where they differ in case or in the number behind it alone; the fuller one is shown.
    """
    votes: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for report in reports:
        for name in report.entities:
            shown[_bare(name)] = max(shown.get(_bare(name), ""), name, key=len)
        votes.update({_bare(name) for name in report.entities})
    # sorted() keeps the order of the first mention among equals
    return tuple(shown[key] for key in sorted(shown, key=lambda key: -votes[key]))


def _bare(name: str) -> str:
    return name.split(" (")[0].casefold()


def best_first(reports: Iterable[Report], senders: Sequence[str], commodities: Sequence[str]) -> list[Report]:
    """By how well the quoted sentence carries the alert: whole codes, the decider's own word, confidence, time."""

    def rank(report: Report) -> tuple[bool, bool, float, object, str]:
        whole = set(senders) <= set(report.senders) and set(commodities) <= set(report.commodities)
        own = report.official and report.outlet_country in senders
        return (not whole, not own, -report.confidence, report.dated_at, report.event_id)

    return sorted(reports, key=rank)


def _fullness(report: Report) -> tuple[int, float, str]:
    parts = (report.senders, report.targets, report.commodities)
    return (sum(bool(part) for part in parts), report.confidence, report.event_id)
