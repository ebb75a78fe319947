"""How the coder came to what it says of an item, as a person would like to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sanctions_monitor.events.classes import CLASSES
from sanctions_monitor.events.coder import CODER_VERSION, events_of, is_read, silencer_of
from sanctions_monitor.events.gate import gate_words, passes_gate
from sanctions_monitor.events.judging import surest
from sanctions_monitor.events.network import LEAST, scores_of
from sanctions_monitor.events.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.events.event import Event
    from sanctions_monitor.events.network import Scores
    from sanctions_monitor.events.reading import Reading
    from sanctions_monitor.items.item import Item

# Acts less likely than this are not worth a line.
WORTH_A_LINE = 0.05


def explain(item: Item) -> str:
    """The trace of one item: gate, names, chances, then each event with evidence, words and what was refused."""
    return "\n".join(_lines(item)) + "\n"


def _lines(item: Item) -> Iterator[str]:
    yield f"{item.id}: {item.title or item.summary}"
    yield f"  outlet {item.source or 'unknown'}, published {item.published or 'unknown'}, coder {CODER_VERSION}"
    if not is_read(item):
        yield f"  not read: the item is in {item.lang!r}, and only English is coded"
        return
    words = ", ".join(gate_words(item)) or "none"
    if not passes_gate(item):
        yield f"  stopped at the gate: its words ({words}) weigh too little; lexicons/gate.csv has them"
        return
    yield f"  passed the gate by: {words}"
    reading = read(item)
    refusal = silencer_of(reading)
    if refusal is not None:
        yield f"  silenced by {refusal!r}: a line of lexicons/not_events.csv"
        return
    scores = scores_of(reading)
    yield from _names(reading)
    yield from _chances(scores)
    events = events_of(item, reading, scores)
    for event in events:
        yield from _event(event, reading, scores)
    if not events:
        yield "  no event"


def _names(reading: Reading) -> Iterator[str]:
    seen: dict[str, None] = {}
    for name in reading.names:
        if name.word != "(unnamed)":
            seen[f"{name.word} = {'+'.join(name.codes)}"] = None
    yield f"  names and goods: {'; '.join(seen) or 'none known to the lexicons'}"


def _chances(scores: Scores) -> Iterator[str]:
    yield "  chances of acts:"
    for number in np.argsort(-scores.acts):
        chance = float(scores.acts[number])
        if chance < WORTH_A_LINE:
            break
        action, status = CLASSES[number]
        least = float(LEAST[number])
        yield f"    {chance:.2f}  {action}, {status}{'' if chance >= least else f'  (not told below {least:.2f})'}"


def _event(event: Event, reading: Reading, scores: Scores) -> Iterator[str]:
    yield f"  {event.action}, {event.status}: {event.confidence:.2f}"
    yield f"    evidence ({event.evidence.field}): {event.evidence.text}"
    yield f"    words that spoke for it: {dict(event.because).get('trigger', '')}"
    number = CLASSES.index((event.action, event.status))
    for column, (role, codes) in enumerate(
        (("senders", event.senders), ("targets", event.targets), ("goods", event.commodities))
    ):
        yield f"    {role}: {_role(reading, scores, number, column, codes)}"
    for name in ("instruments", "legal_act", "announced", "effective", "expires"):
        value = getattr(event, name)
        if value:
            yield f"    {name.replace('_', ' ')}: {', '.join(value) if isinstance(value, tuple) else value}"
    if event.entities:
        yield f"    entities: {'; '.join(f'{one.name} ({one.id or one.type})' for one in event.entities)}"


def _role(reading: Reading, scores: Scores, number: int, column: int, codes: tuple[str, ...]) -> str:
    best = surest(reading, scores, number, column)
    taken = [f"{code} ({best[code].word}, {best[code].chance:.2f})" for code in codes if code in best]
    refused = [
        f"{code} ({one.word}, {one.chance:.2f} of {one.least:.2f})"
        for code, one in best.items()
        if code not in codes and one.chance >= 0.1
    ]
    left = f"; not likely enough: {', '.join(refused)}" if refused else ""
    return (", ".join(taken) or "none") + left
