"""Acts that belong together: a proposal and its adoption, a reversal, a retaliation, a possible quid pro quo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Kind = Literal["adopts", "reverses", "retaliates", "quid_pro_quo"]

ADOPTED_WITHIN = timedelta(days=180)
REVERSED_WITHIN = timedelta(days=90)
RETALIATED_WITHIN = timedelta(days=30)
EXCHANGED_WITHIN = timedelta(days=14)
MEMORY = ADOPTED_WITHIN
"""How far back earlier acts are looked at."""

_OPPOSITE = {"impose": {"ease"}, "extend": {"ease"}, "ease": {"impose", "extend"}}


@dataclass(frozen=True, slots=True)
class Act:
    """One story in a few words, as links need it. `dated_at` is when it was first told (UTC)."""

    story_id: str
    family: Literal["sanctions", "diplomacy"]
    action: str
    status: Literal["adopted", "proposed", "rejected"]
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]
    instruments: tuple[str, ...]
    dated_at: datetime
    headline: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another act that belongs to an alert, how, and how many days apart; `note` is worded for readers."""

    kind: Kind
    story_id: str
    headline: str
    dated_at: datetime
    days: int
    note: str


def links(act: Act, others: Iterable[Act]) -> tuple[Link, ...]:
    """What an adopted sanctions act is linked with, by time. The days are those of docs/alerts.md.

    A quid pro quo looks both ways in time, since a release may come before or after the easing; the others look back.
    """
    found = [link for other in others if other.story_id != act.story_id and (link := _link(act, other))]
    return tuple(sorted(found, key=lambda link: (link.dated_at, link.story_id)))


def _link(act: Act, other: Act) -> Link | None:
    wait = act.dated_at - other.dated_at
    days = abs(act.dated_at.date() - other.dated_at.date()).days
    ago = (
        "on the same day"
        if days == 0
        else f"{days} day{'s' if days > 1 else ''} {'before' if wait > timedelta() else 'after'}"
    )

    def linked(kind: Kind, note: str) -> Link:
        return Link(kind, other.story_id, other.headline, other.dated_at, days, note)

    if act.action == "ease" and _exchanged(act, other) and abs(wait) <= EXCHANGED_WITHIN:
        return linked("quid_pro_quo", f"Possible quid pro quo: {other.headline}, {ago}.")
    if wait < timedelta():
        return None
    if _proposal_of(act, other) and wait <= ADOPTED_WITHIN:
        return linked("adopts", f"It was proposed {ago}: {other.headline}.")
    if other.family != "sanctions" or other.status != "adopted":
        return None
    if _reverses(act, other) and wait <= REVERSED_WITHIN:
        return linked("reverses", f"It may reverse what came {ago}: {other.headline}.")
    if _retaliates(act, other) and wait <= RETALIATED_WITHIN:
        return linked("retaliates", f"It may answer what came {ago}: {other.headline}.")
    return None


def _meet(left: Iterable[str], right: Iterable[str]) -> bool:
    return not set(left).isdisjoint(right)


def _same_parties(act: Act, other: Act) -> bool:
    return _meet(act.senders, other.senders) and _meet(act.targets, other.targets)


def _same_goods(act: Act, other: Act) -> bool:
    """Both name some of the same goods, or neither names any and they work by the same means."""
    if act.commodities or other.commodities:
        return _meet(act.commodities, other.commodities)
    return set(act.instruments) == set(other.instruments) or _meet(act.instruments, other.instruments)


def _proposal_of(act: Act, other: Act) -> bool:
    goods = _meet(act.commodities, other.commodities) or not other.commodities
    return (
        other.family == "sanctions"
        and other.status == "proposed"
        and other.action == act.action
        and _same_parties(act, other)
        and goods
    )


def _reverses(act: Act, other: Act) -> bool:
    return other.action in _OPPOSITE.get(act.action, set()) and _same_parties(act, other) and _same_goods(act, other)


def _retaliates(act: Act, other: Act) -> bool:
    return (
        act.action == "impose"
        and other.action in {"impose", "enforce"}
        and _meet(act.senders, other.targets)
        and _meet(act.targets, other.senders)
    )


def _exchanged(act: Act, other: Act) -> bool:
    """A release by the target, alone or with the sender, or talks and agreements of both."""
    if other.family != "diplomacy" or other.status != "adopted":
        return False
    parties = {*other.senders, *other.targets}
    both = _meet(parties, act.senders) and _meet(parties, act.targets)
    if other.action == "release":
        return _meet(other.senders, act.targets) and (both or not other.targets)
    return other.action in {"talks", "agreement"} and both
