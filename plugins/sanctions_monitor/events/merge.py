"""Putting the sentences of an item together: the same act told in title, summary and text is one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.events.actors import members_of
from sanctions_monitor.events.event import FAMILY_OF, Event, Evidence
from sanctions_monitor.events.legal_acts import legal_act_in
from sanctions_monitor.events.roles import BODIES, SANCTIONERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.actors import Mention
    from sanctions_monitor.events.finding import Finding
    from sanctions_monitor.items.item import Item

# Sentences of the text that still tell the news of the title; later ones turn to others.
OPENING_SENTENCES = 2

POWERS_WITH_VETO = frozenset({"US", "RU", "CN", "FR", "GB", "UN"})

_FIELD_ORDER = {"title": 0, "summary": 1, "text": 2}


@dataclass(frozen=True, slots=True)
class Lead:
    """What the item says before its sentences are read: whose outlet it is, the names of the opening, its subject."""

    official: str | None
    on_sanctions: bool
    mentions: tuple[Mention, ...]
    places: tuple[str, ...] = ()  # codes of states where something happens ("in Iran"), the last resort for a target

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes of the opening, in order."""
        return tuple(dict.fromkeys(code for mention in self.mentions for code in mention.actor.codes))

    @property
    def authorities(self) -> tuple[str, ...]:
        """Codes of names that can decide: states, seats, bodies, leaders; "Norwegian" and "Rusal" can't."""
        return tuple(
            dict.fromkeys(
                code
                for mention in self.mentions
                if mention.actor.kind not in {"adjective", "firm", "person", "place", "movement"}
                for code in mention.actor.codes
            )
        )


def merged(item: Item, findings: Sequence[Finding], lead: Lead) -> tuple[Event, ...]:
    """The events of an item, in the order in which it tells them."""
    groups: list[list[Finding]] = []
    for finding in sorted(findings, key=_place):
        for group in groups:
            if _same_act(group, finding):
                group.append(finding)
                break
        else:
            groups.append([finding])
    events = [event for group in groups if (event := _event(item, group, lead)) is not None]
    return tuple(dict.fromkeys(_without_echoes(events)))


def _without_echoes(events: Sequence[Event]) -> list[Event]:
    """A deed outweighs the talk of it: "proposed" in the text is dropped where the same act is told as adopted."""
    return [
        event
        for event in events
        if not (
            event.status in {"proposed", "rejected"}
            and event.evidence.field == "text"
            and any(
                other.status == "adopted"
                and other.action == event.action
                and _overlap(other.senders, event.senders)
                and _overlap(other.targets, event.targets)
                for other in events
            )
        )
    ]


def _place(finding: Finding) -> tuple[int, int, int]:
    return (_FIELD_ORDER[finding.sentence.field], finding.sentence.number, finding.trigger.start)


def _same_act(group: Sequence[Finding], finding: Finding) -> bool:
    first = group[0]
    if (first.action, first.status) != (finding.action, finding.status):
        return False
    return _overlap(_senders(group), finding.roles.senders)


def _overlap(left: Sequence[str], right: Sequence[str]) -> bool:
    return not left or not right or bool(set(left) & set(right))


def _senders(group: Sequence[Finding]) -> list[str]:
    return [code for finding in _telling(group) for code in finding.roles.senders]


def _targets(group: Sequence[Finding]) -> list[str]:
    return [code for finding in _telling(group) for code in finding.roles.targets]


def _telling(group: Sequence[Finding]) -> list[Finding]:
    """The findings that tell the roles: title and opening where they have any, else the rest of the text."""
    opening = [one for one in group if one.sentence.field != "text" or one.sentence.number < OPENING_SENTENCES]
    return opening or list(group)


def _event(item: Item, group: Sequence[Finding], lead: Lead) -> Event | None:
    best = min(group, key=lambda one: (_place(one)[0], -one.trigger.rule.confidence, _place(one)))
    senders, targets = _filled(group, lead)
    if not targets or _too_weak(group, senders, lead):
        return None
    start, end = best.sentence.start, best.sentence.end
    field = best.sentence.field
    text = getattr(item, field)[start:end]
    return Event(
        action=best.action,
        status=best.status,
        senders=tuple(sorted(senders)),
        targets=tuple(sorted(targets)),
        commodities=tuple(sorted({good for one in group for good in one.commodities})),
        instruments=tuple(sorted({kind for one in group for kind in one.instruments})),
        evidence=Evidence(field, start, end, text),
        rule=best.trigger.rule.id,
        confidence=best.trigger.rule.confidence,
        because=(("trigger", _words(item, best)),),
        legal_act=next((act for one in group if (act := legal_act_in(_sentence(item, one)))), None),
    )


def _too_weak(group: Sequence[Finding], senders: set[str], lead: Lead) -> bool:
    """Whether all that tells the act is one weak word such as "ban", and the parties around it are missing.

    Firms stop purchases, too, and states ban exports of onions for their price: without a sanctions word in the item
    the sentence itself has to say against whom.
    """
    if len(group) > 1 or "both" not in group[0].trigger.rule.needs:
        return False
    aimed = bool(_targets(group)) or lead.official is not None or lead.on_sanctions
    return not senders or (group[0].status == "adopted" and not aimed)


def _filled(group: Sequence[Finding], lead: Lead) -> tuple[set[str], set[str]]:
    """Senders and targets, what the sentences leave open taken from the outlet and the opening."""
    targets = set(_targets(group))
    # The finding that comes first knows best; what others call a sender may be its target.
    first = set(group[0].roles.senders)
    senders = first | (set(_senders(group)) - targets)
    rule = group[0].trigger.rule
    if lead.official and lead.official not in senders and (rule.shape == "noun" or rule.action == "enforce"):
        # "Venezuela-related Designations" of the Treasury: the state named is the target.
        senders, targets = {lead.official}, targets | senders
    asked = any(finding.roles.asked for finding in group)
    if not senders and lead.official:
        senders = {lead.official}
    if not senders and not asked and FAMILY_OF[rule.action] == "sanctions":
        # Who punishes is often only told by an adjective: "a Danish firm fined", "German customs".
        named = (*lead.authorities, *lead.codes) if rule.action == "enforce" else lead.authorities
        senders = set(_first(named, targets, SANCTIONERS))
    if not senders and rule.action == "release":
        # "Prisoners were freed": by the state that is sanctioned, in a deal with the one that sanctions.
        senders = set(_first(lead.codes, targets & SANCTIONERS, frozenset(lead.codes) - SANCTIONERS - BODIES))
    if group[0].status != "adopted":
        senders = _body_that_decides(senders, targets, [*_parties(group), *lead.codes])
    if FAMILY_OF[rule.action] == "sanctions" or targets != senders:
        # A state may deal with a movement of its own; otherwise nobody is both.
        targets -= senders
    if not targets:
        unusual = SANCTIONERS if rule.action == "release" else frozenset(lead.codes) - SANCTIONERS - BODIES
        targets = set(_first((*lead.codes, *_parties(group), *lead.places), senders, unusual))
    return senders, targets


def _first(codes: Sequence[str], taken: set[str], preferred: frozenset[str]) -> list[str]:
    """The first code that is not taken, of the preferred ones if there is one, as a list of one; else an empty list."""
    free = [code for code in codes if code not in taken]
    return ([code for code in free if code in preferred] or free)[:1]


def _body_that_decides(senders: set[str], targets: set[str], named: Sequence[str]) -> set[str]:
    """A measure of the EU proposed, vetoed or asked for by members is the EU's (codebook); so at the UN."""
    for body, members in (("UN", POWERS_WITH_VETO), ("EU", members_of("eu"))):
        if body in named and body not in targets and senders and senders <= members:
            return {body}
    return senders


def _sentence(item: Item, finding: Finding) -> str:
    whole: str = getattr(item, finding.sentence.field)
    return whole[finding.sentence.start : finding.sentence.end]


def _words(item: Item, finding: Finding) -> str:
    tokens = finding.sentence.tokens
    whole: str = getattr(item, finding.sentence.field)
    return whole[tokens[finding.trigger.start].start : tokens[finding.trigger.end - 1].end]


def _parties(group: Sequence[Finding]) -> list[str]:
    return [code for finding in group for code in finding.parties]
