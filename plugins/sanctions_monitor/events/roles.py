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
AIMED = frozenset(
    "on against targeting at over for of from to toward towards with about linked involving in into out".split()
)
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
    if trigger.rule.action == "enforce":
        return _enforcement(sentence, trigger, mentions)
    return _measure(sentence, trigger, mentions)


def preposition(tokens: Sequence[Token], mention: Mention, first: int = 0) -> str:
    """The preposition that leads to a name ("on Russian oil firms" gives "on"), or "", not looking before `first`."""
    for place in range(mention.start - 1, max(first - 1, mention.start - 6), -1):
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
    passive = _is_passive(tokens, trigger)
    senders: list[str] = []
    targets: list[str] = []
    aimed: list[str] = []
    spare: list[tuple[str, ...]] = []
    for mention in mentions:
        codes = mention.actor.codes
        lead = preposition(tokens, mention, sentence.clause_at(mention.start).start)
        within = trigger.clause.start <= mention.start < trigger.clause.end
        if lead in {"on", "against"} and mention.start >= trigger.head:
            aimed += codes
        if _owns_measure(tokens, trigger, mention):
            spare.append(codes)
        elif lead == "by" or (passive and _announces(tokens, trigger, mention)):
            senders += codes
        elif mention.start >= trigger.head:
            targets += codes if (within and lead not in _PLACES) or lead in {"on", "against"} else ()
        elif _can_act(tokens, mention) and not passive and within and lead not in AIMED | SETTING:
            senders += codes if asked is None or mention.start > asked else ()
        elif within and lead not in SETTING:
            targets += codes
    if trigger.rule.action == "ease" and aimed:
        # "spares China US sanctions on Iran": the regime is the target, not the one who gains.
        targets = aimed
    for codes in spare:
        if not senders and asked is None and codes[0] in SANCTIONERS:
            senders += codes
        elif not set(codes) & (set(senders) | _BODIES):
            targets += codes
    return _settled(senders, targets, asked=asked is not None)


_MEASURES = frozenset(
    "sanctions embargo ban bans curbs penalties blacklist measures restrictions listings list".split()
)
_PLACES = frozenset({"in", "at", "near", "after", "amid", "despite"})
_BODIES = frozenset({"EU", "UN", "G7", "ECOWAS", "AFU", "LAS", "OAS", "ASEAN", "GCC"})


def _settled(senders: list[str], targets: list[str], *, asked: bool) -> Roles:
    """A body that imposes sanctions is hardly ever their target: left without a sender, it is the sender."""
    if not senders and not asked and set(targets) - _BODIES and set(targets) & _BODIES:
        senders = [code for code in targets if code in _BODIES]
    usual = [code for code in _unique(targets) if code in SANCTIONERS]
    if not senders and not asked and len(usual) == 1 and set(targets) - set(usual):
        senders = usual
    if senders and set(targets) - _BODIES:
        # "Switzerland adopts the EU's list against Russia": the body only names the measure.
        targets = [code for code in targets if code not in _BODIES]
    return Roles(_unique(senders), _without(targets, senders), asked)


_SAYS = frozenset("say says said announce announces announced confirm confirms confirmed tell tells told".split())


def _announces(tokens: Sequence[Token], trigger: Trigger, mention: Mention) -> bool:
    """ "US envoy says sanctions ... to be lifted": who says of a passive act that it is done, does it."""
    between = {token.norm for token in tokens[mention.end : trigger.start]}
    return mention.end <= trigger.start and bool(between & _SAYS) and mention.actor.codes[0] in SANCTIONERS


def _can_act(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name can be an authority: "Swiss government" can, "Swiss bank" and "Rusal" can't."""
    if mention.actor.kind in {"firm", "person"}:
        return False
    following = [token.norm for token in tokens[mention.end : mention.end + 3]]
    if mention.actor.codes[0] not in SANCTIONERS and set(following[:2]) & _MEASURES:
        # "Haiti sanctions" are not Haiti's.
        return False
    if mention.actor.kind != "adjective":
        return True
    return any(word in _NOUNS_OF_AUTHORITY for word in following)


def _enforcement(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Roles:
    """Who punishes and whose sanctions were broken; the offender's own state only where nothing else is named."""
    tokens = sentence.tokens
    senders: list[str] = []
    offenders: list[str] = []
    regime: list[str] = []
    for mention in mentions:
        codes = mention.actor.codes
        lead = preposition(tokens, mention)
        if preposition_is_venue(tokens, mention):
            continue
        if mention.actor.kind == "agency" or lead == "by":
            senders += codes
        elif mention.start < trigger.head:
            if _can_act(tokens, mention) and lead not in AIMED | SETTING and not _is_passive(tokens, trigger):
                senders += codes
            else:
                offenders += codes
        elif not senders and codes[0] in SANCTIONERS and _owns_measure(tokens, trigger, mention):
            senders += codes
        else:
            regime += codes
    return Roles(_unique(senders), _without(regime or offenders, senders))


def _asked_at(tokens: Sequence[Token], trigger: Trigger) -> int | None:
    """Where somebody is urged to act, before the trigger."""
    for place in range(trigger.head, max(trigger.clause.start, trigger.head - 14) - 1, -1):
        if tokens[place].norm in _URGES:
            return place
    return None


def _is_passive(tokens: Sequence[Token], trigger: Trigger) -> bool:
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
    """Who frees, expels or cuts ties: the first named of the clause; the others named are concerned."""
    tokens = sentence.tokens
    clause = sentence.clause_at(trigger.head)
    named = [mention for mention in mentions if not preposition_is_venue(tokens, mention)]
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
    return Roles(_unique(senders), _without(others, senders))


def preposition_is_venue(tokens: Sequence[Token], mention: Mention) -> bool:
    """ "in Minsk", "at Geneva": where it happens."""
    return mention.start > 0 and tokens[mention.start - 1].norm in {"in", "at", "near"}


def _unique(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _without(codes: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in _unique(codes) if code not in others)
