"""The gate: a cheap look that lets through everything that could be an event, before any sentence is cut.

Each word of gate.csv that an item holds adds its weight, each state or body that it names a little. Some words are
enough by themselves, others only together: "talks" passes, "oil" and "ban" pass with each other.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from sanctions_monitor.errors import DataError
from sanctions_monitor.events.actors import state_names
from sanctions_monitor.events.lexicon import rows
from sanctions_monitor.events.tokens import INVISIBLE, fold

if TYPE_CHECKING:
    from sanctions_monitor.items.item import Item

# The network reads no more of an item than this many characters of each field.
OPENING = 2_000

_MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\n\r\t\u2018\u2019\u201c\u201d\u2013\u2014\u00a0\u2026\u00ab\u00bb"
_SPACED = str.maketrans(dict.fromkeys(map(ord, _MARKS), " ") | dict.fromkeys(map(ord, INVISIBLE)))

# What passes, and what a named state adds; two count.
PASS = 1.6
STATE = 0.65
MOST_STATES = 2


def passes_gate(item: Item) -> bool:
    """Whether title, summary or the opening of the text hold words that can tell an event."""
    _, meanings, _ = _automaton()
    found = _found(item)
    states = {name for number in found if isinstance(name := meanings[number], str)}
    weights = sum(weight for number in found if isinstance(weight := meanings[number], float))
    # Sums of tenths: a hair below counts.
    return weights + STATE * min(len(states), MOST_STATES) >= PASS - 1e-9


def gate_words(item: Item) -> list[str]:
    """The words that the gate finds, for the trace."""
    _, _, words = _automaton()
    return sorted(words[number] for number in _found(item))


def _found(item: Item) -> set[int]:
    automaton, _, _ = _automaton()
    return {match[0] for match in automaton.find_matches_as_indexes(gate_text(item), overlapping=True)}


def gate_text(item: Item) -> str:
    """What the gate looks at: folded words with a space before each."""
    text = f" {item.title[:OPENING]} {item.summary[:OPENING]} {(item.text or '')[:OPENING]} ".translate(_SPACED)
    return text.casefold() if text.isascii() else fold(text)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[float | str], list[str]]:
    """The words to look for, for each its weight or the state that it names, and the words themselves."""
    meanings: dict[str, float | str] = {}
    for row in rows("gate.csv", ("weight", "words")):
        for word in row["words"].split("|"):
            if word in meanings:
                raise DataError(f"gate.csv: {word!r} has two weights; keep one")
            meanings[word] = float(row["weight"])
    for name, code in state_names():
        meanings.setdefault(f"{fold(name)}_", code)
    # A word begins after a space; "sanction" also finds "sanctions", a word that ends in _ is whole.
    words = [word.replace("_", " ") for word in meanings]
    return ahocorasick_rs.AhoCorasick([f" {word}" for word in words]), list(meanings.values()), words
