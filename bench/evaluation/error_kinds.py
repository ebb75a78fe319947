"""What goes wrong, and how far chances can be trusted: counts for a set of labelled items."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any

import score

if TYPE_CHECKING:
    from collections.abc import Iterable

Record = dict[str, Any]
Event = dict[str, Any]

BINS = (0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def kinds_of(gold: dict[str, Record], said: dict[str, Record]) -> Counter[str]:
    """How often each kind of error occurs, over the sanctions events of all items; an event counts under one kind."""
    counts: Counter[str] = Counter()
    for key, item in gold.items():
        left = list(score.sanctions(said.get(key, {})))
        quiet = not score.news(item)
        for true in score.sanctions(item):
            match = _best(true, left)
            if match is None:
                counts["missed altogether"] += 1
                continue
            left.remove(match)
            counts[_difference(true, match)] += 1
        for extra in left:
            counts[_extra(extra, quiet=quiet)] += 1
    return counts


def _best(true: Event, left: Iterable[Event]) -> Event | None:
    """The event said that is nearest to a true one: same action and status, else same action, else same targets."""
    ranked = [
        (
            (one["action"] == true["action"]) * 4
            + (one["status"] == true["status"]) * 2
            + bool(set(one["targets"]) & set(true["targets"])),
            -number,
            one,
        )
        for number, one in enumerate(left)
    ]
    fitting = [row for row in ranked if row[0] >= 3]
    return max(fitting, key=lambda row: row[:2])[2] if fitting else None


def _difference(true: Event, said: Event) -> str:
    if said["action"] != true["action"]:
        return f"wrong action ({true['action']} as {said['action']})"
    if said["status"] != true["status"]:
        return f"wrong status ({true['status']} as {said['status']})"
    wrong = [part for part in ("senders", "targets", "commodities") if _codes(true, part) != _codes(said, part)]
    if not wrong:
        return "right"
    if len(wrong) > 1:
        return "several roles wrong"
    missing = _codes(true, wrong[0]) - _codes(said, wrong[0])
    surplus = _codes(said, wrong[0]) - _codes(true, wrong[0])
    how = "wrong" if missing and surplus else "missing" if missing else "too many"
    return f"{wrong[0]} {how}"


def _codes(event: Event, part: str) -> set[str]:
    codes = set(event[part])
    return codes & score.SCORED_GOODS if part == "commodities" else codes


def _extra(said: Event, *, quiet: bool) -> str:
    if quiet and said["status"] == "adopted":
        return "false alarm: the item tells no event"
    return "an event too many: the item tells none" if quiet else "an event too many: the item tells others"


def bins_of(gold: dict[str, Record], said: dict[str, Record]) -> list[tuple[str, int, float, float]]:
    """(bin, events said, mean confidence, share that is right) by confidence; right: family, action, status."""
    rows = []
    pairs = [
        (event["confidence"], (event["family"], event["action"], event["status"]) in score.labels(gold[key])["event"])
        for key, item in said.items()
        for event in score.news(item)
    ]
    for low, high in itertools.pairwise(BINS):
        inside = [(chance, right) for chance, right in pairs if low <= chance < high]
        if inside:
            mean = sum(chance for chance, _ in inside) / len(inside)
            rows.append((f"{low:.2f}-{min(high, 1):.2f}", len(inside), mean, sum(r for _, r in inside) / len(inside)))
    return rows
