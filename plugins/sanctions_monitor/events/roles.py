"""Who acts and at whom: the names of a sentence as senders and targets of one trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.actors import Mention
    from sanctions_monitor.events.sentences import Sentence
    from sanctions_monitor.events.tokens import Token
    from sanctions_monitor.events.triggers import Trigger

# Prepositions that lead to the one at whom a measure aims.
AIMED = frozenset("on against targeting at over for of from to toward towards with about linked involving in into out".split())
# Prepositions that lead to a place or to the setting, no party of the act.
SETTING = frozenset("in at near via through after before amid despite since during".split())
_NOUNS_OF_AUTHORITY = frozenset(
    """president minister ministry government administration treasury department officials official envoy parliament
    court council congress senate lawmakers prosecutors police customs authorities cabinet leaders ministers foreign
    regulator watchdog secretary premier chancellor state central coastguard navy judges judge house army forces king
    prime finance justice commerce leader diplomats lower upper regime junta military trade""".split()
)
_SKIP = frozenset("the a an its their his her new fresh some all more of's".split())
# Bodies and states that often sanction: between a subject-less "EU sanctions" and "Russia sanctions" they decide.
SANCTIONERS = frozenset("US EU GB UN CA AU JP CH G7 ECOWAS AFU NZ LAS NO".split())
_URGES = frozenset(
    """urge urges urged ask asks asked press presses pressed call calls called want wants wanted tell tells told push
    pushes pushed beg begs implore lobby lobbies lobbied demand demands demanded appeal appeals appealed petition
    urging asking calling pressing wanting let lets warn warns warned invite invites invited request requests requested
    persuade persuades persuaded""".split()
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Codes of one trigger. `asked`: somebody is urged to act, so the subject is not the sender."""

    senders: tuple[str, ...]
    targets: tuple[str, ...]
    asked: bool = False


def roles_of(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Senders and targets that the sentence itself names; either may be empty."""
    shape = trigger.rule.shape
    if shape == "pair":
        return _pair(sentence, trigger, mentions)
    if shape == "act":
        return _act(sentence, trigger, mentions)
    return _measure(sentence, trigger, mentions)


def preposition(tokens: Sequence[Token], mention: Mention) -> str:
    """The preposition that leads to a name ("on Russian oil firms" gives "on"), or ""."""
    for place in range(mention.start - 1, max(-1, mention.start - 6), -1):
        word = tokens[place].norm
        if word in AIMED or word in SETTING or word == "by":
            return word
        if tokens[place].text in ",;:" or word in {"and", "that"}:
            if word == "and" or tokens[place].text == ",":
                continue
            return ""
        if word.endswith("s") and word[:-1] in {"impose", "lift", "ease", "extend"}:
            return ""
    return ""


def _measure(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    tokens = sentence.tokens
    asked = _asked_at(tokens, trigger)
    senders: list[str] = []
    targets: list[str] = []
    spare: list[tuple[str, ...]] = []
    passive = _is_passive(tokens, trigger)
    for mention in mentions:
        codes = mention.actor.codes
        lead = preposition(tokens, mention)
        within = trigger.clause.start <= mention.start < trigger.clause.end
        if _owns_measure(tokens, trigger, mention):
            spare.append(codes)
        elif mention.start < trigger.head:
            if lead == "by" or (not passive and lead not in AIMED | SETTING and within):
                if asked is None or mention.start > asked:
                    senders += codes
            elif lead in {"on", "against", "targeting", "over", "for", "from", "of", "with", "to"} or (passive and lead not in SETTING):
                targets += codes if within else ()
        elif lead == "by":
            senders += codes
        elif within or lead in {"on", "against"}:
            targets += codes
    for codes in spare:
        if not senders and not asked and codes[0] in SANCTIONERS:
            senders += codes
        elif not set(codes) & set(senders):
            targets += codes
    return Roles(_unique(senders), _without(targets, senders), asked is not None)


def _asked_at(tokens: Sequence[Token], trigger: Trigger) -> int | None:
    """Where somebody is urged to act, before the trigger."""
    for place in range(trigger.head - 1, max(trigger.clause.start, trigger.head - 14) - 1, -1):
        if tokens[place].norm in _URGES:
            return place
    return None


def _is_passive(tokens: Sequence[Token], trigger: Trigger) -> bool:
    if trigger.rule.shape == "passive":
        return True
    if trigger.form not in {"ed", "part"} or trigger.rule.shape != "active":
        return False
    before = {token.norm for token in tokens[max(0, trigger.head - 3) : trigger.head]}
    following = tokens[trigger.head + 1].norm if trigger.head + 1 < len(tokens) else ""
    return bool(before & {"is", "are", "was", "were", "been", "being", "be", "gets", "get", "got"}) or following in {
        "by", "with", "from", "under", "over", "to", "on", "off", "for", "in",
    }  # fmt: skip


def _owns_measure(tokens: Sequence[Token], trigger: Trigger, mention: Mention) -> bool:
    """Whether the name stands right before the measure, inside the trigger: "lifts its Russia sanctions", "off US list"."""
    if not trigger.head < mention.start < trigger.end and not (
        trigger.rule.shape != "active" and mention.end in {trigger.start, trigger.start - 1}
    ):
        return False
    lead = preposition(tokens, mention)
    between = trigger.end - mention.end
    return between <= 4 and lead not in {"on", "against"}


def _pair(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Two parties: the first named that is no venue, and the others of the clause."""
    tokens = sentence.tokens
    parties: list[str] = []
    for mention in mentions:
        venue = preposition_is_venue(tokens, mention)
        if not venue and trigger.clause.start <= mention.start < trigger.clause.end:
            parties += mention.actor.codes
    parties = list(_unique(parties))
    return Roles(tuple(parties[:1]), tuple(parties[1:]))


def _act(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    tokens = sentence.tokens
    senders: list[str] = []
    others: list[str] = []
    for mention in mentions:
        if preposition_is_venue(tokens, mention):
            continue
        if not senders and mention.start < trigger.end and preposition(tokens, mention) not in {"to", "from", "with"}:
            senders += mention.actor.codes
        else:
            others += mention.actor.codes
    return Roles(_unique(senders), _without(others, senders))


def preposition_is_venue(tokens: Sequence[Token], mention: Mention) -> bool:
    """ "in Minsk", "at Geneva": where it happens."""
    return mention.start > 0 and tokens[mention.start - 1].norm in {"in", "at", "near"}


def _unique(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _without(codes: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in _unique(codes) if code not in others)
