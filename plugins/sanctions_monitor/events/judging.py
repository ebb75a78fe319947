"""From the network's scores to events: what is likely enough, who takes part, and where the item says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sanctions_monitor.events.classes import CLASSES
from sanctions_monitor.events.event import FAMILY_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.events.event import Action, Status
    from sanctions_monitor.events.network import Scores
    from sanctions_monitor.events.reading import Reading, Stretch

# A name plays a role from ROLE on, goods are covered from GOODS on. Set on items that taught nothing.
ROLE = 0.5
GOODS = 0.3
# Words that spoke most for an act, shown as its trigger.
TRIGGER_WORDS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One code in one role: its chance and the word that gave it."""

    code: str
    chance: float
    word: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One act that an item tells, with its chance, its parts, the sentence that tells it and the words that did."""

    action: Action
    status: Status
    chance: float
    senders: tuple[Part, ...]
    targets: tuple[Part, ...]
    goods: tuple[Part, ...]
    stretch: Stretch
    trigger: tuple[tuple[int, int], ...]  # offsets in the field, in order


def judge(reading: Reading, scores: Scores) -> Iterator[Judgement]:
    """The acts told, in the order of the classes. Empty where nothing is likely enough or nothing was read."""
    if not reading.stretches:
        return
    sanctioning: set[str] = set()
    for number in sorted(scores.roles):
        action, status = CLASSES[number]
        senders = _parts(reading, scores, number, 0, ROLE)
        targets = _parts(reading, scores, number, 1, ROLE)
        goods: tuple[Part, ...] = ()
        if FAMILY_OF[action] == "sanctions":
            senders, targets = _apart(senders, targets)
            if not targets and len(senders) > 1:
                # A measure aims at somebody: at the state for which the outlet writes, where another acts.
                named = {part.code for part in senders} - _home(reading)
                targets, senders = _likeliest(reading, scores, number, 1, senders, named)
            goods = _parts(reading, scores, number, 2, GOODS)
            sanctioning |= {part.code for part in senders}
        elif not senders and len(targets) > 1:
            # Who eases or imposes in the same breath is the other side of a release.
            others = sanctioning if action == "release" else set()
            senders, targets = _likeliest(reading, scores, number, 0, targets, others)
        stretch = max(reading.stretches, key=lambda one: float(scores.attention[one.start : one.end, number].sum()))
        chance = float(scores.acts[number])
        yield Judgement(
            action, status, chance, senders, targets, goods, stretch, _trigger(reading, scores, number, stretch)
        )


def _parts(reading: Reading, scores: Scores, number: int, column: int, least: float) -> tuple[Part, ...]:
    """The codes that play a role, surest first; of a code's names the one that speaks most for it."""
    best: dict[str, Part] = {}
    for name, chances in zip(reading.names, scores.roles[number], strict=True):
        if (name.role == "goods") != (column == 2):
            continue
        for code in name.codes:
            part = Part(code, float(chances[column]), name.word)
            if part.chance >= least and (code not in best or part.chance > best[code].chance):
                best[code] = part
    return tuple(sorted(best.values(), key=lambda part: (-part.chance, part.code)))


def _apart(senders: tuple[Part, ...], targets: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Nobody sanctions himself: a code in both roles keeps the likelier one."""
    sending = {part.code: part.chance for part in senders}
    aimed = {part.code: part.chance for part in targets}
    return (
        tuple(part for part in senders if part.chance >= aimed.get(part.code, 0.0)),
        tuple(part for part in targets if part.chance > sending.get(part.code, 0.0)),
    )


def _home(reading: Reading) -> set[str]:
    """The codes that the outlet's name gives."""
    return {code for name in reading.names if name.end < reading.stretches[0].start for code in name.codes}


def _likeliest(
    reading: Reading,
    scores: Scores,
    number: int,
    column: int,
    parts: tuple[Part, ...],
    others: frozenset[str] | set[str] = frozenset(),
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """An act has two sides. Where all names were taken for one, the likeliest for the role `column` plays it, none of
    `others` if it can be helped; returned with the rest of `parts`."""
    sides = {part.code for part in parts} - others or {part.code for part in parts}
    first = next(part for part in _parts(reading, scores, number, column, 0.0) if part.code in sides)
    return (first,), tuple(part for part in parts if part.code != first.code)


def _trigger(reading: Reading, scores: Scores, number: int, stretch: Stretch) -> tuple[tuple[int, int], ...]:
    """The words of the sentence that spoke most for the act."""
    named = {place for name in reading.names for place in range(name.start, name.end)}
    weights: dict[tuple[int, int], float] = {}
    for token in stretch.sentence.tokens:
        if not token.norm[0].isalnum():
            continue
        places = [
            place
            for place in range(stretch.start, stretch.end)
            if reading.offsets[place][0] < token.end and reading.offsets[place][1] > token.start
        ]
        if places and not named.intersection(places):
            weights[token.start, token.end] = float(np.sum(scores.attention[places, number]))
    most = sorted(weights, key=lambda span: -weights[span])[:TRIGGER_WORDS]
    return tuple(sorted(most))
