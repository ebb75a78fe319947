"""Roles of a measure: the sender before its verb, the target behind it, in the passive the other way round."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sanctions_monitor.events.acting import announces, asked_at, can_act
from sanctions_monitor.events.prepositions import AIMED, SETTING, is_venue, preposition
from sanctions_monitor.events.roles import BODIES, SANCTIONERS, Roles, unique, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.actors import Mention
    from sanctions_monitor.events.sentences import Sentence
    from sanctions_monitor.events.tokens import Token
    from sanctions_monitor.events.triggers import Trigger

_PLACES = frozenset({"in", "at", "near", "after", "amid", "despite"})


@dataclass(slots=True)
class _Sorted:
    """The codes of a sentence, laid in heaps. `owners`: who the measure is called after ("US sanctions")."""

    senders: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    aimed: list[str] = field(default_factory=list)
    owners: list[tuple[str, ...]] = field(default_factory=list)


def measure_roles(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Who restricts or relieves whom, as the sentence says it; either side may be empty."""
    asked = asked_at(sentence.tokens, trigger)
    heaps = _Sorted()
    for mention in mentions:
        _sort(heaps, sentence, trigger, mention, asked)
    senders, targets = heaps.senders, heaps.targets
    if trigger.rule.action == "ease" and heaps.aimed:
        # "spares China US sanctions on Iran": the regime is the target, not the one who gains.
        targets = heaps.aimed
    usual = [code for codes in heaps.owners for code in codes if code in SANCTIONERS]
    if trigger.rule.shape == "noun" and usual and asked is None:
        # "Minsk freed them for an end to U.S. sanctions": the measure's owner ends it.
        senders, targets = usual, [*targets, *senders]
    for codes in heaps.owners:
        if not senders and asked is None and codes[0] in SANCTIONERS:
            senders += codes
        elif not set(codes) & (set(senders) | BODIES):
            targets += codes
    return _settled(senders, targets, asked=asked is not None)


def _sort(heaps: _Sorted, sentence: Sentence, trigger: Trigger, mention: Mention, asked: int | None) -> None:
    """Lay the codes of one name on the heap where its place in the sentence puts them, or on none."""
    tokens, codes = sentence.tokens, mention.actor.codes
    lead = preposition(tokens, mention, sentence.clause_at(mention.start).start)
    if lead in {"on", "against"} and mention.start >= trigger.head:
        heaps.aimed += codes
    if _owns_measure(tokens, trigger, mention):
        heaps.owners.append(codes)
    elif lead == "by" or _is_of_sender(trigger, mention, lead) or _announces_passive(tokens, trigger, mention):
        heaps.senders += codes
    elif mention.start >= trigger.head:
        if lead in {"on", "against"} or (_within(trigger, mention) and lead not in _PLACES):
            heaps.targets += codes
    elif _within(trigger, mention):
        _sort_subject(heaps, tokens, trigger, mention, lead, asked)


def _sort_subject(
    heaps: _Sorted, tokens: Sequence[Token], trigger: Trigger, mention: Mention, lead: str, asked: int | None
) -> None:
    """A name before the verb acts, unless the verb is passive, a preposition leads to it, or it urges another."""
    if can_act(tokens, mention) and not is_passive(tokens, trigger) and lead not in AIMED | SETTING:
        if asked is None or mention.start > asked:
            heaps.senders += mention.actor.codes
    elif lead not in SETTING:
        heaps.targets += mention.actor.codes


def _within(trigger: Trigger, mention: Mention) -> bool:
    return trigger.clause.start <= mention.start < trigger.clause.end


def _announces_passive(tokens: Sequence[Token], trigger: Trigger, mention: Mention) -> bool:
    return is_passive(tokens, trigger) and announces(tokens, trigger, mention)


def _settled(senders: list[str], targets: list[str], *, asked: bool) -> Roles:
    """A body that imposes sanctions is hardly ever their target: left without a sender, it is the sender."""
    if not senders and not asked and set(targets) - BODIES and set(targets) & BODIES:
        senders = [code for code in targets if code in BODIES]
    usual = [code for code in unique(targets) if code in SANCTIONERS]
    if not senders and not asked and len(usual) == 1 and set(targets) - set(usual):
        senders = usual
    if senders and set(targets) - BODIES:
        # "Switzerland adopts the EU's list against Russia": the body only names the measure.
        targets = [code for code in targets if code not in BODIES]
    return Roles(unique(senders), without(targets, senders), asked)


def _is_of_sender(trigger: Trigger, mention: Mention, lead: str) -> bool:
    """ "new visa restrictions of the EU": whose they are."""
    return (
        lead == "of"
        and trigger.rule.shape == "noun"
        and mention.start >= trigger.end
        and mention.actor.codes[0] in SANCTIONERS
    )


def enforcement_roles(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Who punishes and whose sanctions were broken; the offender's own state only where nothing else is named."""
    tokens = sentence.tokens
    senders: list[str] = []
    offenders: list[str] = []
    regime: list[str] = []
    for mention in mentions:
        codes = mention.actor.codes
        lead = preposition(tokens, mention)
        if is_venue(tokens, mention):
            continue
        if mention.actor.kind == "agency" or lead == "by":
            senders += codes
        elif mention.start < trigger.head:
            if can_act(tokens, mention) and lead not in AIMED | SETTING and not is_passive(tokens, trigger):
                senders += codes
            else:
                offenders += codes
        elif not senders and codes[0] in SANCTIONERS and _owns_measure(tokens, trigger, mention):
            senders += codes
        else:
            regime += codes
    return Roles(unique(senders), without(regime or offenders, senders))


def is_passive(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Whether the act is told in the passive, so that what stands before the verb suffers it."""
    if trigger.rule.shape == "passive":
        return True
    if trigger.rule.shape != "active":
        return False
    following = tokens[trigger.head + 1].norm if trigger.head + 1 < len(tokens) else ""
    # "hit by", "put on": present, past and participle of short verbs look alike.
    if following == "by" or (
        following in {"on", "under"} and tokens[trigger.head].norm in {"put", "hit", "cut", "shut"}
    ):
        return True
    if trigger.form not in {"ed", "part"}:
        return False
    if not following or not following[0].isalnum():
        # "... also designated."
        return True
    before = {token.norm for token in tokens[max(0, trigger.head - 3) : trigger.head]}
    return bool(before & {"is", "are", "was", "were", "been", "being", "be", "gets", "get", "got"}) or following in {
        "by", "with", "from", "under", "over", "to", "on", "off", "for", "in", "at",
    }  # fmt: skip


def _owns_measure(tokens: Sequence[Token], trigger: Trigger, mention: Mention) -> bool:
    """Whether the name stands right before the measure, in the trigger: "lifts its Russia sanctions", "off US list"."""
    if not trigger.head < mention.start < trigger.end and not (
        trigger.rule.shape != "active" and mention.end in {trigger.start, trigger.start - 1}
    ):
        return False
    lead = preposition(tokens, mention)
    between = trigger.end - mention.end
    return between <= 4 and lead not in {"on", "against"}
