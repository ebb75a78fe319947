"""Whether a name in its place can be the authority that acts, or is urged to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.events.roles import SANCTIONERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.actors import Mention
    from sanctions_monitor.events.tokens import Token
    from sanctions_monitor.events.triggers import Trigger

_AUTHORITIES = frozenset(
    """president minister ministry government administration treasury department officials official envoy parliament
    court council congress senate lawmakers prosecutors police customs authorities cabinet leaders ministers foreign
    regulator watchdog secretary premier chancellor state central coastguard navy judges judge house army forces king
    prime finance justice commerce leader diplomats lower upper regime junta military trade""".split()
)
_URGES = frozenset(
    """urge urges urged ask asks asked press presses pressed call calls called want wants wanted tell tells told push
    pushes pushed beg begs implore lobby lobbies lobbied demand demands demanded appeal appeals appealed petition
    urging asking calling pressing wanting let lets warn warns warned invite invites invited request requests requested
    persuade persuades persuaded""".split()
)
_MEASURES = frozenset(
    "sanctions embargo ban bans curbs penalties blacklist measures restrictions listings list".split()
)
_KINDS = frozenset("oil arms trade travel visa economic financial import export food gas coal weapons".split())
_SAYS = frozenset("say says said announce announces announced confirm confirms confirmed tell tells told".split())


def _leads_to_measure(following: Sequence[str]) -> bool:
    """ "sanctions", "oil embargo", "travel bans" right behind a name."""
    return bool(following) and (
        following[0] in _MEASURES or (len(following) > 1 and following[0] in _KINDS and following[1] in _MEASURES)
    )


def can_act(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name can be an authority: "Swiss government" can, "Swiss bank" and "Rusal" can't."""
    if mention.actor.kind in {"firm", "person"}:
        return False
    following = [token.norm for token in tokens[mention.end : mention.end + 3]]
    if mention.actor.codes[0] not in SANCTIONERS and _leads_to_measure(following):
        # "Haiti sanctions" are not Haiti's.
        return False
    if mention.actor.kind != "adjective":
        return True
    return any(word in _AUTHORITIES for word in following)


def asked_at(tokens: Sequence[Token], trigger: Trigger) -> int | None:
    """Where somebody is urged to act, before the trigger."""
    for place in range(trigger.head, max(trigger.clause.start, trigger.head - 14) - 1, -1):
        if tokens[place].norm in _URGES:
            return place
    return None


def announces(tokens: Sequence[Token], trigger: Trigger, mention: Mention) -> bool:
    """ "US envoy says sanctions ... to be lifted": who says of a passive act that it is done, does it."""
    between = {token.norm for token in tokens[mention.end : trigger.start]}
    return mention.end <= trigger.start and bool(between & _SAYS) and mention.actor.codes[0] in SANCTIONERS
