"""Entries and their steps while the ledger is folded."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date  # noqa: TC003 - the fold builds steps from their annotations
from typing import Any, Literal, NamedTuple

Status = Literal["in_force", "eased", "suspended", "ended"]
Kind = Literal["baseline", "opened", "widened", "extended", "narrowed", "eased", "suspended", "ended", "reviewed"]


class Entry(NamedTuple):
    """What makes a measure one measure, through all that happens to it."""

    regime_id: str
    sender: str
    target: str | None
    theme: str | None
    instrument: str
    commodity: str | None

    @property
    def entry_id(self) -> str:
        """Its name: readable, and the same whenever the ledger is made."""
        parties = f"{self.sender}-{self.target or self.theme}"
        return f"{self.regime_id}/{parties}/{self.instrument}/{self.commodity or 'all'}"


@dataclass(frozen=True, slots=True)
class Step:
    """One state of an entry. The fields are those of the table `ledger`."""

    regime: str
    status: Status
    announced: date
    effective: date
    ends: date | None
    renewal: str | None
    legal_act: str
    cited_as: str
    source_url: str | None
    checked: str
    dates: str
    confirmed: bool
    change: Kind
    to_review: str | None = None
    note: str | None = None
    alert_id: str | None = None


@dataclass(slots=True)
class Book:
    """The entries being folded, each with its steps by time, and an index by sender and target."""

    steps: dict[Entry, list[Step]] = field(default_factory=dict)
    by_parties: dict[tuple[str, str | None], list[Entry]] = field(default_factory=dict)
    of_baseline: dict[Entry, list[Step]] = field(default_factory=dict)

    def add(self, entry: Entry, step: Step, *, apart: bool = False) -> None:
        """Puts a step in its place by time; a later one of the same day comes after.

        An entry that is kept `apart` is not among those that other acts of the sender are about.
        """
        if entry not in self.steps:
            self.steps[entry] = []
            if not apart:
                self.by_parties.setdefault((entry.sender, entry.target), []).append(entry)
        told = self.steps[entry]
        told.insert(bisect_right(told, step.effective, key=_effective), step)
        if step.change == "baseline":
            self.of_baseline.setdefault(entry, []).append(step)

    def at(self, entry: Entry, day: date) -> Step | None:
        """The step in which an entry stands on a day."""
        told = self.steps[entry]
        place = bisect_right(told, day, key=_effective)
        return told[place - 1] if place else None

    def mark(self, entry: Entry, step: Step, **facts: Any) -> None:
        """Writes facts to a step of the baseline."""
        marked = replace(step, **facts)
        for told in (self.steps[entry], self.of_baseline[entry]):
            told[told.index(step)] = marked

    def between(self, sender: str, target: str) -> list[Entry]:
        """The entries of a sender against a target."""
        return self.by_parties.get((sender, target), [])


def _effective(step: Step) -> date:
    return step.effective
