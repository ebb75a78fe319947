"""Counting outlets that told a story by themselves: syndicated copies and texts that credit another count once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sanctions_monitor.events.tokens import tokenise
from sanctions_monitor.stories.union_find import UnionFind

if TYPE_CHECKING:
    from collections.abc import Sequence

# Words in a row that make one shingle, and the share of common shingles from which two texts are one.
SHINGLE = 4
COPY = 0.5
# A text is compared by its opening: agencies' copies are cut from the end.
LONGEST = 4_000

_AGENCIES = tuple((Path(__file__).parent / "agencies.txt").read_text(encoding="utf-8").split("\n"))


def near_copies(one: str, other: str) -> bool:
    """Whether two texts are copies of one: half of their shingles (rows of four words) are the same, or all of the
    shorter one's stand in the longer."""
    left, right = _shingles(one), _shingles(other)
    if not left or not right:
        return one.split() == other.split()
    common = len(left & right)
    return common / len(left | right) >= COPY or common / min(len(left), len(right)) >= 0.8


def independent_outlets(texts: Sequence[tuple[str, str]]) -> set[str]:
    """The outlets that tell it by themselves, of (outlet, text) in order of time.

    Copies of one text, and texts that credit the same other, are one telling, and its first outlet stands for it. An
    outlet that carries a copy and has a text of its own beside it counts.
    """
    found = UnionFind()
    names = {outlet for outlet, _ in texts if outlet} | {name for name in _AGENCIES if name}
    nodes = [f"{place} {outlet}" for place, (outlet, _) in enumerate(texts)]
    source = {outlet: node for node, (outlet, _) in reversed(list(zip(nodes, texts, strict=True)))}
    for place, (outlet, text) in enumerate(texts):
        found.add(nodes[place])
        for credited in _credited(text, names - {outlet}):
            # an agency outside the story ties those who credit it
            found.join(nodes[place], source.get(credited, f"told by {credited}"))
        for before, (_, earlier) in enumerate(texts[:place]):
            if near_copies(text, earlier):
                found.join(nodes[place], nodes[before])
    first = {found.root(node): outlet for node, (outlet, _) in reversed(list(zip(nodes, texts, strict=True)))}
    return set(first.values())


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [token.norm for token in tokenise(text[:LONGEST]) if token.norm[0].isalnum()]
    return frozenset(tuple(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1))


def _credited(text: str, names: set[str]) -> set[str]:
    """The outlets that a text credits: "(Reuters)", "according to AFP", "Reuters reported"."""
    opening = text[:LONGEST]
    return {
        name
        for name in names
        if name in opening
        and re.search(
            rf"\({re.escape(name)}\)|(?:according to|citing|told|via|by) (?:the )?{re.escape(name)}\b"
            rf"|\b{re.escape(name)}(?: news agency)? (?:reported|reports|said|has reported)\b",
            opening,
        )
    }
