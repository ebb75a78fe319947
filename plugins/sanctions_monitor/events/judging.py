"""From the network's scores to events: what is likely enough, who takes part, and where the item says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sanctions_monitor.events.classes import CLASSES
from sanctions_monitor.events.event import FAMILY_OF
from sanctions_monitor.events.reading import TIMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.events.event import Action, Status
    from sanctions_monitor.events.network import Scores
    from sanctions_monitor.events.reading import Reading, Stretch

# A name plays a role from these chances on: in sanctions, in diplomacy, as a good that is covered, where a sentence
# that tells the act names it and where only another does. Set on items that taught nothing.
ROLE = 0.5
PARTY = 0.3
GOODS = 0.3
GOODS_ELSEWHERE = 0.4
# A sentence tells an act where so much of what speaks for the act stands in it.
TELLS = 0.15
# An act has two sides: where no name is likely enough for one of them, the likeliest plays it from here on.
FILLING = 0.1
# A sentence that opens with one of these and, within so many pieces, a time long gone is history.
BEFORE_TIMES = frozenset({"in", "since", "after", "until", "by", "on", "during"})
OPENING = 4
# Words that spoke most for an act, shown as its trigger.
TRIGGER_WORDS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One code in one role: its chance, the word that gave it and from which chance on it plays the role."""

    code: str
    chance: float
    word: str
    least: float


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
    for number in sorted(scores.roles):
        action, status = CLASSES[number]
        is_sanction = FAMILY_OF[action] == "sanctions"
        senders, targets = _sides(reading, scores, number, apart=is_sanction)
        # A demand may be nobody's to fulfil; what is adopted was adopted by somebody.
        if not senders and (status == "adopted" or not is_sanction):
            senders, targets = _filled(reading, scores, number, 0, targets, share=not is_sanction)
        if not targets:
            targets, senders = _filled(reading, scores, number, 1, senders, share=not is_sanction)
        goods = _parts(reading, scores, number, 2) if is_sanction else ()
        stretch = reading.stretches[int(np.argmax(_spoken(reading, scores, number)))]
        if _is_history(reading, stretch):
            continue
        trigger = _trigger(reading, scores, number, stretch)
        yield Judgement(action, status, float(scores.acts[number]), senders, targets, goods, stretch, trigger)


def surest(reading: Reading, scores: Scores, number: int, column: int) -> dict[str, Part]:
    """Each code that could play the role `column` (of classes.ROLES) to an act of class `number`, by the name that
    speaks most for it."""
    best: dict[str, Part] = {}
    least_of_names = _least(reading, scores, number, column)
    for name, chances, least in zip(reading.names, scores.roles[number], least_of_names, strict=True):
        if (name.role == "goods") != (column == 2):
            continue
        chance = float(chances[column])
        for code in name.codes:
            if code not in best or chance - least > best[code].chance - best[code].least:
                best[code] = Part(code, chance, name.word, least)
    return best


def _least(reading: Reading, scores: Scores, number: int, column: int) -> list[float]:
    """From which chance on each name plays the role `column`."""
    if column != 2:
        return [ROLE if FAMILY_OF[CLASSES[number][0]] == "sanctions" else PARTY] * len(reading.names)
    spoken = _spoken(reading, scores, number)
    telling = [at for at, share in zip(reading.stretches, spoken, strict=True) if share >= TELLS]
    return [
        GOODS if any(at.start <= name.start < at.end for at in telling) else GOODS_ELSEWHERE for name in reading.names
    ]


def _parts(reading: Reading, scores: Scores, number: int, column: int, least: float | None = None) -> tuple[Part, ...]:
    """The codes that play a role, surest first; with `least` those that are at least so likely."""
    parts = surest(reading, scores, number, column).values()
    likely = [part for part in parts if part.chance >= (part.least if least is None else least)]
    return tuple(sorted(likely, key=lambda part: (-part.chance, part.code)))


def _sides(reading: Reading, scores: Scores, number: int, *, apart: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Senders and targets; with `apart` a code in both roles keeps the likelier one: nobody sanctions himself."""
    senders, targets = (_parts(reading, scores, number, column) for column in (0, 1))
    if not apart:
        return senders, targets
    sending = {part.code: part.chance for part in senders}
    aimed = {part.code: part.chance for part in targets}
    return (
        tuple(part for part in senders if part.chance >= aimed.get(part.code, 0.0)),
        tuple(part for part in targets if part.chance > sending.get(part.code, 0.0)),
    )


def _filled(
    reading: Reading, scores: Scores, number: int, column: int, other: tuple[Part, ...], *, share: bool
) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The likeliest code for an empty side, if any is likely at all, and the other side.

    It is none of the other side's; with `share` it may be, where that has several: two parties were taken for one.
    """
    taken = set() if share and len(other) > 1 else {part.code for part in other}
    side = tuple(part for part in _parts(reading, scores, number, column, FILLING) if part.code not in taken)[:1]
    return side, tuple(part for part in other if part.code not in {one.code for one in side})


def _spoken(reading: Reading, scores: Scores, number: int) -> list[float]:
    """For each sentence the share that it has in what speaks for the act. Squares, since attention that is spread over
    many words, mostly commas and prepositions, says nothing."""
    weights = np.square(scores.attention[:, number])
    sums = [float(weights[at.start : at.end].sum()) for at in reading.stretches]
    whole = sum(sums) or 1.0
    return [one / whole for one in sums]


def _is_history(reading: Reading, stretch: Stretch) -> bool:
    """Whether a sentence after the first of summary or text opens with a time long gone ("In September", "Since 2014"):
    what it tells is background (codebook, "Status")."""
    opening = slice(stretch.start, stretch.start + OPENING)
    return (
        stretch.sentence.field != "title"
        and stretch.sentence.number > 0
        and stretch.sentence.tokens[0].norm in BEFORE_TIMES
        and any(TIMES[time] in {"past_year", "past_month"} for time in reading.times[opening])
    )


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
