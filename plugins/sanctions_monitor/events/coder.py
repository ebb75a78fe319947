"""The coder: from an item to its events, step by step, each step a pure function of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.events.entities import entities_in
from sanctions_monitor.events.event import FAMILY_OF, Event, Evidence
from sanctions_monitor.events.gate import passes_gate
from sanctions_monitor.events.instruments import instruments_in
from sanctions_monitor.events.judging import judge
from sanctions_monitor.events.legal_acts import legal_act_in
from sanctions_monitor.events.lexicon import refusals
from sanctions_monitor.events.network import scores_of
from sanctions_monitor.events.reading import read
from sanctions_monitor.events.said_dates import said_dates

if TYPE_CHECKING:
    from sanctions_monitor.events.judging import Judgement, Part
    from sanctions_monitor.events.network import Scores
    from sanctions_monitor.events.reading import Reading
    from sanctions_monitor.items.item import Item

_FIELDS = ("title", "summary", "text")

# Goes up whenever code, lexicons or network change what an item is coded as; stored with every event.
CODER_VERSION = "5"


def code(item: Item) -> tuple[Event, ...]:
    """The events of an item in the order in which it tells them; empty for other languages than English."""
    if not is_read(item) or not passes_gate(item):
        return ()
    reading = read(item)
    if silencer_of(reading) is not None:
        return ()
    return events_of(item, reading, scores_of(reading))


def events_of(item: Item, reading: Reading, scores: Scores) -> tuple[Event, ...]:
    """The events that the network's scores of an item's reading make, in the order in which the item tells them."""
    found = [_event(item, one) for one in judge(reading, scores)]
    return tuple(sorted(found, key=lambda event: (_FIELDS.index(event.evidence.field), event.evidence.start)))


def is_read(item: Item) -> bool:
    """Whether an item is in a language that we read, or may be."""
    return item.lang in {None, "en"}


def silencer_of(reading: Reading) -> str | None:
    """The phrase of not_events.csv by which title or summary say that the item tells no act, or None."""
    for stretch in reading.stretches:
        if stretch.sentence.field == "text":
            continue
        for _, _, refusal in refusals().longest(stretch.sentence.tokens):
            if refusal.scope == "item" or (refusal.scope == "title" and stretch.sentence.field == "title"):
                return refusal.phrase
    return None


def _event(item: Item, one: Judgement) -> Event:
    sentence = one.stretch.sentence
    whole: str = getattr(item, sentence.field)
    text = whole[sentence.start : sentence.end]
    dates = said_dates(text, item.published.date() if item.published else None)
    return Event(
        action=one.action,
        status=one.status,
        senders=_codes(one.senders),
        targets=_codes(one.targets),
        commodities=_codes(one.goods),
        instruments=tuple(sorted(instruments_in(sentence.tokens))),
        evidence=Evidence(sentence.field, sentence.start, sentence.end, text),
        rule=f"network:{one.action}/{one.status}",
        confidence=one.chance,
        because=(
            ("trigger", " ... ".join(whole[start:end] for start, end in one.trigger)),
            *((role, f"{part.word} ({part.code})") for role, parts in _roles(one) for part in parts),
        ),
        legal_act=legal_act_in(text),
        announced=dates.announced,
        effective=dates.effective,
        expires=dates.expires,
        entities=entities_in(sentence, text) if FAMILY_OF[one.action] == "sanctions" else (),
    )


def _codes(parts: tuple[Part, ...]) -> tuple[str, ...]:
    return tuple(sorted(part.code for part in parts))


def _roles(one: Judgement) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    return (("sender", one.senders), ("target", one.targets), ("commodity", one.goods))
