"""What an act finds in the ledger and can do to an entry: a step, or a mark for a person."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sanctions_monitor.measures.renewals import renews_on
from sanctions_monitor.measures.step import Book, Entry, Kind, Status, Step

if TYPE_CHECKING:
    from sanctions_monitor.measures.change import Change

UNTOLD = "not told by the reports"
PERSONS = frozenset({"asset_freeze", "travel_ban"})
"""Means that work by a list of persons, firms and ships."""
_NUMBER = re.compile(r"\d[\d/.]*\d")


def stands(book: Book, entry: Entry, change: Change) -> bool:
    """Whether the entry has begun and not ended when the act takes effect."""
    step = book.at(entry, change.effective)
    return step is not None and step.status != "ended"


def by_its_means(entry: Entry, change: Change) -> bool:
    """Whether the entry works by one of the act's means; by any where the act names none."""
    return not change.instruments or entry.instrument in change.instruments


def of_the_act(book: Book, entries: list[Entry], change: Change) -> list[Entry]:
    """Those of the regime that the change's legal act or its new last day points to; all where neither does."""
    numbers = {each for each in _NUMBER.findall(change.legal_act or "") if len(each) > 3}
    steps = {entry: step for entry in entries if (step := book.at(entry, change.effective))}
    named = [entry for entry, step in steps.items() if numbers & set(_NUMBER.findall(step.legal_act))]
    if named:
        return named
    if change.action == "extend" and change.expires:
        by_day = [entry for entry, step in steps.items() if renews_on(step.renewal, change.expires)]
        if by_day:
            return by_day
    return entries


def mark_for_review(book: Book, entry: Entry, change: Change, doubt: str) -> None:
    """Leaves the entry as it stands, and says what a person should look up."""
    before = book.at(entry, change.effective)
    if before is not None:
        step = replace(
            before,
            change="reviewed",
            announced=change.announced,
            effective=change.effective,
            to_review=doubt,
            alert_id=change.alert_id,
        )
        book.add(entry, step)


def take_step(
    book: Book,
    entry: Entry,
    change: Change,
    kind: Kind,
    status: Status | None = None,
    *,
    apart: bool = False,
    **facts: object,
) -> None:
    """A new step of an entry: what the change says, and else what the step before said."""
    before = book.at(entry, change.effective) if entry in book.steps else None
    act = change.legal_act or (before.legal_act if before and kind != "opened" else UNTOLD)
    step = Step(
        regime=before.regime if before else UNTOLD,
        status=status or (before.status if before else "in_force"),
        announced=change.announced,
        effective=change.effective,
        ends=before.ends if before else None,
        renewal=before.renewal if before else None,
        legal_act=act,
        cited_as=change.legal_act or (before.cited_as if before and kind != "opened" else UNTOLD),
        source_url=change.source_url,
        checked="official report" if change.confirmed else "report",
        dates="report",
        confirmed=change.confirmed,
        change=kind,
        alert_id=change.alert_id,
    )
    book.add(entry, replace(step, **facts), apart=apart)  # type: ignore[arg-type]
