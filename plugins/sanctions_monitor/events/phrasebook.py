"""Looking up phrases in a row of tokens: a dictionary by first word, longest phrase first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from sanctions_monitor.events.tokens import Token, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = TypeVar("Value")

# "any": letters don't matter; "capital": words written with a capital must have one ("Turkey", "TURKEY", not "turkey");
# "exact": the very letters ("US" is not "us").
Case = Literal["any", "capital", "exact"]


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Value]):
    norms: tuple[str, ...]
    shapes: tuple[str, ...]
    case: Case
    value: Value

    def fits(self, stretch: Sequence[Token]) -> bool:
        """Whether the tokens are this entry's words, in letters that its `case` allows."""
        if any(token.norm != norm for token, norm in zip(stretch, self.norms, strict=True)):
            return False
        if self.case == "any":
            return True
        pairs = zip(stretch, self.shapes, strict=True)
        if self.case == "exact":
            return all(token.text == shape for token, shape in pairs)
        return all(token.text[0].isupper() for token, shape in pairs if shape[0].isupper())


@dataclass(slots=True)
class PhraseBook(Generic[Value]):
    """Phrases with what they mean. State: filled once while a lexicon loads, only read afterwards."""

    _by_first: dict[str, list[_Entry[Value]]] = field(default_factory=dict)
    _unsorted: set[str] = field(default_factory=set)

    def add(self, phrase: str, value: Value, case: Case = "any") -> None:
        """Learn a phrase."""
        tokens = tokenise(phrase)
        if not tokens:
            return
        entry = _Entry(tuple(t.norm for t in tokens), tuple(t.text for t in tokens), case, value)
        self._by_first.setdefault(entry.norms[0], []).append(entry)
        # Sorted when first looked at: most of a lexicon's words never are.
        self._unsorted.add(entry.norms[0])

    def at(self, tokens: Sequence[Token], place: int) -> list[tuple[int, Value]]:
        """Every phrase that begins at `place`: (index after its last token, value), longest first."""
        first = tokens[place].norm
        rows = self._by_first.get(first)
        if rows is None:
            return []
        if first in self._unsorted:
            rows.sort(key=lambda row: -len(row.norms))
            self._unsorted.discard(first)
        found = []
        for entry in rows:
            end = place + len(entry.norms)
            if end > len(tokens):
                continue
            if entry.fits(tokens[place:end]):
                found.append((end, entry.value))
        return found

    def longest(self, tokens: Sequence[Token]) -> list[tuple[int, int, Value]]:
        """Phrases from left to right that don't overlap, the longest at each place: (start, end, value)."""
        found: list[tuple[int, int, Value]] = []
        place = 0
        while place < len(tokens):
            here = self.at(tokens, place)
            if here:
                end, value = here[0]
                found.append((place, end, value))
                place = end
            else:
                place += 1
        return found
