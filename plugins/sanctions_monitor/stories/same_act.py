"""Whether two coded events tell the same act: a symmetric relation of two values."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sanctions_monitor.events.actors import actor_book
from sanctions_monitor.events.tokens import tokenise

if TYPE_CHECKING:
    from sanctions_monitor.stories.coded_event import CodedEvent

# Codebook: a legal text that follows within a week belongs to the story of the act that it carries out.
WINDOW = timedelta(days=7)
# Two reports so close in time, with the same action and roles, need no other tie.
CLOSE = timedelta(hours=60)
# Words that two reports must share to be one act where neither goods nor nearness tie them.
SHARED_WORDS = 2

_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_ORDINAL_WORDS = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
            " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
}
_PACKAGE_WORDS = frozenset({"package", "round", "tranche"})
_COMMON = frozenset((Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split())


def same_act(left: CodedEvent, right: CodedEvent) -> bool:
    """Whether both tell the same act (codebook, "Rulings" on stories). Symmetric; background is never news."""
    one, other = left.event, right.event
    if (one.action, one.status) != (other.action, other.status) or one.status == "background":
        return False
    apart = abs(left.dated - right.dated)
    if apart > WINDOW or not _roles_meet(left, right) or _numbered_apart(left, right):
        return False
    goods, others = set(one.commodities), set(other.commodities)
    if goods and others:
        return bool(goods & others)
    if one.legal_act and one.legal_act == other.legal_act:
        return True
    shared = len(distinctive_words(left) & distinctive_words(right))
    return (apart <= CLOSE and (shared > 0 or _same_parties(left, right))) or shared >= SHARED_WORDS


def _roles_meet(left: CodedEvent, right: CodedEvent) -> bool:
    one, other = left.event, right.event
    senders_meet = not one.senders or not other.senders or bool(set(one.senders) & set(other.senders))
    if one.family == "diplomacy":
        # Which of two parties is named first differs from outlet to outlet.
        parties, others = {*one.senders, *one.targets}, {*other.senders, *other.targets}
        return len(parties & others) >= min(2, len(parties), len(others))
    return senders_meet and bool(set(one.targets) & set(other.targets))


def _same_parties(left: CodedEvent, right: CodedEvent) -> bool:
    one, other = left.event, right.event
    if one.family == "diplomacy":
        return {*one.senders, *one.targets} == {*other.senders, *other.targets}
    targets, others = set(one.targets), set(other.targets)
    return targets == others or (one.senders == other.senders and (targets <= others or others <= targets))


def _numbered_apart(left: CodedEvent, right: CodedEvent) -> bool:
    """Whether both name a package and the numbers differ: the 18th is not the 19th."""
    one, other = package_number(left), package_number(right)
    return one is not None and other is not None and one != other


@lru_cache(maxsize=100_000)
def package_number(coded: CodedEvent) -> int | None:
    """The number of the package that title or evidence name ("19th package", "fifth round"), or None."""
    words = f"{coded.title} {coded.event.evidence.text}".casefold()
    if not any(word in words for word in _PACKAGE_WORDS):
        return None
    match = _ORDINAL.search(words)
    if match:
        return int(match.group(1))
    return next((_ORDINAL_WORDS[word] for word in words.split() if word in _ORDINAL_WORDS), None)


@lru_cache(maxsize=100_000)
def distinctive_words(coded: CodedEvent) -> frozenset[str]:
    """Words of title and evidence that few other acts share: names and things, no states and no sanctions words."""
    found: set[str] = set()
    for text in (coded.title, coded.event.evidence.text):
        tokens = tokenise(text)
        states = {
            place
            for start, end, actor in actor_book().longest(tokens)
            if actor.kind not in {"firm", "person"}
            for place in range(start, end)
        }
        found |= {
            token.norm
            for place, token in enumerate(tokens)
            if place not in states and len(token.norm) > 3 and not token.norm.isdigit() and token.norm not in _COMMON
        }
    return frozenset(found)
