"""A finding: one act as one sentence tells it, before the sentences of an item are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.events.actors import Mention, mentions_of
from sanctions_monitor.events.goods import firm_goods_in, goods_in
from sanctions_monitor.events.instruments import instruments_in
from sanctions_monitor.events.lexicon import lexicon
from sanctions_monitor.events.measure_roles import enforcement_roles, measure_roles
from sanctions_monitor.events.party_roles import act_roles, pair_roles
from sanctions_monitor.events.status import status_of
from sanctions_monitor.events.triggers import Trigger, tags_of, triggers_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sanctions_monitor.events.event import Action, Instrument, Status
    from sanctions_monitor.events.roles import Roles
    from sanctions_monitor.events.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may ask of the item.

    `on_sanctions`: it speaks of sanctions; `on_states`: it does, or names two states; `official`: its outlet is an
    authority; `published`: its day.
    """

    on_sanctions: bool
    on_states: bool
    official: bool
    published: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One act in one sentence. `parties` are all codes that the sentence names, for filling what others leave open."""

    sentence: Sentence
    trigger: Trigger
    action: Action
    status: Status
    roles: Roles
    commodities: frozenset[str]
    instruments: frozenset[Instrument]
    parties: tuple[str, ...]


def findings_of(sentence: Sentence, setting: Setting) -> list[Finding]:
    """The acts that a sentence tells, in the setting of its item."""
    mentions = mentions_of(sentence.tokens, sentence.body)
    if sentence.tokens[-1].text == "?" or any(
        refusal.scope == "sentence" for _, _, refusal in lexicon().refusals.longest(sentence.tokens)
    ):
        return []
    return [
        _finding(sentence, trigger, mentions, setting.published)
        for trigger in _best(triggers_of(sentence, tags_of(sentence), mentions))
        if _has_what_it_needs(trigger, sentence, mentions, setting)
    ]


def _best(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Where triggers share words, the one that explains most stays: longer patterns and surer rules first."""
    order = sorted(triggers, key=lambda one: (-one.rule.confidence, -(one.end - one.start), one.start, one.rule.id))
    kept: list[Trigger] = []
    for trigger in order:
        if not any(trigger.start < other.end and other.start < trigger.end for other in kept):
            kept.append(trigger)
    return sorted(kept, key=lambda one: one.start)


def _has_what_it_needs(trigger: Trigger, sentence: Sentence, mentions: Sequence[Mention], setting: Setting) -> bool:
    needs = trigger.rule.needs
    return not (
        ("word" in needs and not setting.on_states)
        or ("strict" in needs and not setting.on_sanctions)
        or ("title" in needs and sentence.field != "title")
        or ("lead" in needs and sentence.field == "text" and sentence.number > 0)
        or ("official" in needs and not setting.official)
        or ("actor" in needs and not mentions and sentence.field == "text")
    )


def _finding(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention], published: date | None) -> Finding:
    clause = sentence.tokens[trigger.clause.start : trigger.clause.end]
    goods = {good for _, good in (*goods_in(clause), *firm_goods_in(clause))}
    parties = tuple(dict.fromkeys(code for mention in mentions for code in mention.actor.codes))
    return Finding(
        sentence,
        trigger,
        trigger.rule.action,
        status_of(sentence, trigger, published),
        roles_of(sentence, trigger, mentions),
        frozenset(goods),
        instruments_in(clause),
        parties,
    )


def roles_of(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Senders and targets that the sentence itself names, found as the shape of the rule says."""
    if trigger.rule.shape == "pair":
        return pair_roles(sentence, trigger, mentions)
    if trigger.rule.shape == "act":
        return act_roles(sentence, trigger, mentions)
    if trigger.rule.action == "enforce":
        return enforcement_roles(sentence, trigger, mentions)
    return measure_roles(sentence, trigger, mentions)
