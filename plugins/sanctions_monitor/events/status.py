"""How real an act is: decided, only proposed, refused, or told from earlier days (codebook, "Status")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.events.lexicon import lexicon
from sanctions_monitor.events.timing import timing_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sanctions_monitor.events.event import Status
    from sanctions_monitor.events.sentences import Sentence
    from sanctions_monitor.events.tokens import Token
    from sanctions_monitor.events.triggers import Trigger

# How far behind a trigger words still speak of it ("... sanctions are off the table").
REACH_AFTER = 6
REACH_BEFORE = 14
REACH_NEAR = 3
# Sentences of the text that tell the news; later ones tell news only where they say that it is of today.
OPENING = 2
_BE = frozenset("is are was were be been being gets got has have get".split())


def status_of(sentence: Sentence, trigger: Trigger, published: date | None) -> Status:
    """The status of one trigger in its sentence, at the time of the item."""
    if trigger.rule.status is not None:
        return trigger.rule.status
    if _told_as_background(sentence, trigger, published):
        return "background"
    cued = _cued(sentence, trigger)
    if cued is not None:
        return cued
    if trigger.clause.kind == "condition":
        return "proposed"
    return "adopted"


def _told_as_background(sentence: Sentence, trigger: Trigger, published: date | None) -> bool:
    timing = timing_of(sentence, trigger, published)
    if timing.earlier or (sentence.field == "text" and sentence.number >= OPENING and not timing.today):
        return True
    if trigger.clause.kind in {"relative", "past", "before", "reason"} and not _is_news_all_the_same(sentence, trigger):
        # "the EU, which imposed ...", "after it froze ...": the act is the setting of another.
        return True
    return sentence.field == "text" and _reduced_participle(sentence.tokens, trigger)


def _is_news_all_the_same(sentence: Sentence, trigger: Trigger) -> bool:
    """A headline's "after US agrees to lift" is of the day; so are "after talks with ..." (codebook, "Rulings")."""
    if trigger.clause.kind != "past":
        return False
    return trigger.rule.action == "talks" or (sentence.field == "title" and trigger.form in {"s", "base"})


def _reduced_participle(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """ "the sanctions imposed by Washington": a participle behind its noun, without an auxiliary."""
    if trigger.rule.shape != "passive" or trigger.form not in {"ed", "part"}:
        return False
    between = {token.norm for token in tokens[trigger.start : trigger.head]}
    return not between & (_BE | {"will", "to", "would"})


def _cued(sentence: Sentence, trigger: Trigger) -> Status | None:
    """The status that the nearest cue gives; a refusal outranks the demand that it answers."""
    tokens = sentence.tokens
    first = max(trigger.clause.start, trigger.head - REACH_BEFORE, sentence.body)
    found: list[tuple[int, Status]] = []
    book = lexicon().cues
    for place in range(first, trigger.head + 1):
        for end, cue in book.at(tokens, place):
            reaches = cue.place in {"before", "any"} or (cue.place == "near" and trigger.head - end <= REACH_NEAR)
            # The verb itself may be a cue ("agree to lift" reads "agree ... sanctions"), but only of a deed.
            is_whole = end <= trigger.head or (place < trigger.head and end == trigger.head + 1)
            if reaches and (is_whole or (place == trigger.head and cue.status == "adopted")):
                found.append((trigger.head - place, cue.status))
    last = min(trigger.clause.end, trigger.end + REACH_AFTER)
    for place in range(trigger.end, last):
        for _, cue in book.at(tokens, place):
            if cue.place in {"after", "any"}:
                found.append((place - trigger.end + 3, cue.status))
    kinds = {status for _, status in found}
    if "rejected" in kinds:
        return "rejected"
    if not found:
        return None
    return min(found, key=lambda one: one[0])[1]
