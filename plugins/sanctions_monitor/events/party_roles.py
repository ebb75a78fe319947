"""Roles of diplomacy: two parties that meet or agree, or one that acts and others that are concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.events.prepositions import is_venue, preposition
from sanctions_monitor.events.roles import Roles, unique, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.actors import Mention
    from sanctions_monitor.events.sentences import Sentence
    from sanctions_monitor.events.triggers import Trigger


def pair_roles(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Two parties: the first named that is no venue, and the others of the clause."""
    tokens = sentence.tokens
    parties: list[str] = []
    for mention in mentions:
        venue = is_venue(tokens, mention)
        if not venue and trigger.clause.start <= mention.start < trigger.clause.end:
            parties += mention.actor.codes
    parties = list(unique(parties))
    return Roles(tuple(parties[:1]), tuple(parties[1:]))


def act_roles(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Who frees, expels or cuts ties: the first named of the clause; the others named are concerned."""
    tokens = sentence.tokens
    clause = sentence.clause_at(trigger.head)
    named = [mention for mention in mentions if not is_venue(tokens, mention)]
    acting = [
        mention
        for mention in named
        if clause.start <= mention.start < trigger.end
        and preposition(tokens, mention, clause.start) not in {"to", "from", "with", "of"}
        and not (mention.start > trigger.head and mention.actor.kind == "adjective")
        # "Chinese ambassador summoned": whose envoy it is, not who summons.
        and not (mention.end == trigger.start and mention.actor.kind == "adjective")
    ]
    senders = list(acting[0].actor.codes) if acting else []
    others = [code for mention in named for code in mention.actor.codes]
    return Roles(unique(senders), without(others, senders))
