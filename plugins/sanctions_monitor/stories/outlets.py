"""Counting outlets that told a story by themselves: syndicated copies and texts that credit another count once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sanctions_monitor.events.tokens import tokenise
from sanctions_monitor.stories.union_find import UnionFind

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def independent_outlets(texts_by_source: Mapping[str, str]) -> set[str]:
    """One outlet for each telling of its own: of copies, and of texts that credit the same other, the least name."""
    found = UnionFind()
    names = {source for source in texts_by_source if source} | {name for name in _AGENCIES if name}
    sources = sorted(texts_by_source)
    for place, source in enumerate(sources):
        found.join(source, _telling(source))
        for credited in _credited(texts_by_source[source], names):
            found.join(source, _telling(credited))
        for other in sources[place + 1 :]:
            if near_copies(texts_by_source[source], texts_by_source[other]):
                found.join(source, other)
    groups = ({member for member in group if member in texts_by_source} for group in found.groups())
    return {min(members) for members in groups if members}


def _telling(source: str) -> str:
    """The node of what a source tells, apart from the source, so that an agency outside the story ties its users."""
    return f"told by {source.casefold()}"


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
