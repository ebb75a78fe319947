"""The small language of rules.csv: rows of words, word classes and gaps, matched against tokens.

<lift_v> *8 <measure>      a form of a verb of class lift_v, up to eight words, a phrase of class measure
<list_v.ed> by             only the past form or participle
off *4 list/blacklist      one of the words
new? <measure>             an element that may be missing
[actor]                    a name that stands for a state or body
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.inflection import Form
    from sanctions_monitor.events.tokens import Token

# "ed" of a regular verb serves where a rule asks for the past or for the participle.
_SERVES: dict[str, frozenset[str]] = {
    "ed": frozenset({"ed", "past", "part"}),
    "part": frozenset({"ed", "part"}),
    "past": frozenset({"ed", "past"}),
    "finite": frozenset({"base", "s", "ed", "past"}),
    "base": frozenset({"base"}),
    "s": frozenset({"s"}),
    "ing": frozenset({"ing"}),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A phrase of a word class that begins at a token: its class, the form of its verb, the index after it."""

    name: str
    form: Form
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a pattern: words, a class (with a form), an actor, or a gap of up to `gap` tokens."""

    words: frozenset[str] = frozenset()
    name: str = ""
    forms: frozenset[str] = frozenset()
    gap: int = 0
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched: tokens [start, end), and for each element its (start, end), gaps and misses empty."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What a pattern is matched against: tokens, the tags that begin at each, where actors begin, where gaps stop."""

    tokens: Sequence[Token]
    tags: Sequence[Sequence[Tag]]
    actors: dict[int, int]


def parse(text: str) -> tuple[Element, ...]:
    """The elements of a pattern. Raises DataError where it is not in the language."""
    elements = tuple(_element(part, text) for part in text.split())
    if not elements or elements[0].gap or elements[0].optional or elements[-1].gap:
        raise DataError(f"pattern {text!r} must begin with a word, class or actor and end without a gap")
    return elements


def _element(part: str, whole: str) -> Element:
    optional = part.endswith("?") and len(part) > 1
    core = part[:-1] if optional else part
    if core.startswith("*"):
        if not core[1:].isdigit():
            raise DataError(f"pattern {whole!r}: a gap is written *N, not {part!r}")
        return Element(gap=int(core[1:]))
    if core == "[actor]":
        return Element(name="[actor]", optional=optional)
    if core.startswith("<") and core.endswith(">"):
        name, _, form = core[1:-1].partition(".")
        if form and form not in _SERVES:
            raise DataError(f"pattern {whole!r}: unknown form {form!r}; use one of {', '.join(sorted(_SERVES))}")
        return Element(name=name, forms=_SERVES.get(form, frozenset()), optional=optional)
    return Element(words=frozenset(core.lower().split("/")), optional=optional)


def match_at(pattern: Sequence[Element], row: Row, place: int, limit: int) -> Match | None:
    """The match that begins at `place` and ends before `limit`, shortest gaps first, or None.

    Gaps are bounded and patterns short, so the search is bounded by the pattern and never by the text.
    """
    parts = _rest(pattern, 0, row, place, limit)
    if parts is None:
        return None
    return Match(place, parts[-1][1], tuple(parts))


def _rest(pattern: Sequence[Element], index: int, row: Row, place: int, limit: int) -> list[tuple[int, int]] | None:
    if index == len(pattern):
        return []
    element = pattern[index]
    if element.gap:
        for length in range(element.gap + 1):
            start = place + length
            if start >= limit or (length and _stops(row, start - 1)):
                return None
            rest = _rest(pattern, index + 1, row, start, limit)
            if rest is not None:
                return [(place, place), *rest]
        return None
    for end in _ends(element, row, place, limit):
        rest = _rest(pattern, index + 1, row, end, limit)
        if rest is not None:
            return [(place, end), *rest]
    if element.optional:
        rest = _rest(pattern, index + 1, row, place, limit)
        if rest is not None:
            return [(place, place), *rest]
    return None


def _ends(element: Element, row: Row, place: int, limit: int) -> list[int]:
    """The indexes after each way in which one element matches at `place`."""
    if place >= limit:
        return []
    if element.words:
        return [place + 1] if row.tokens[place].norm in element.words else []
    if element.name == "[actor]":
        end = row.actors.get(place)
        return [end] if end is not None and end <= limit else []
    return [
        tag.end
        for tag in row.tags[place]
        if tag.name == element.name and tag.end <= limit and (not element.forms or tag.form in element.forms)
    ]


def _stops(row: Row, place: int) -> bool:
    """Whether a gap may not pass this token: a mark that ends a thought, or a word that opens another."""
    return row.tokens[place].text in ";:!?\u2014" or any(tag.name == "gap_stop" for tag in row.tags[place])
