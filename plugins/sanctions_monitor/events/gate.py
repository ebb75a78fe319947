"""The gate: a cheap look that lets through everything that could be an event, before any sentence is cut."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from sanctions_monitor.events.lexicon import lexicon
from sanctions_monitor.events.sentences import LONGEST_FIELD
from sanctions_monitor.events.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sanctions_monitor.events.pattern import Element
    from sanctions_monitor.items.item import Item


def passes_gate(item: Item) -> bool:
    """Whether title, summary or text hold a word without which no rule can match."""
    automaton = _automaton()
    return any(
        automaton.find_matches_as_indexes(fold(field[:LONGEST_FIELD]))
        for field in (item.title, item.summary, item.text)
        if field
    )


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    """Of every rule the words of its rarest element: no text without one of them can match the rule."""
    wanted: set[str] = set()
    classes: dict[str, set[str]] = {}
    for name, phrase in lexicon().class_words:
        # The longest word of a phrase: marks and spaces between words differ from feed to feed.
        classes.setdefault(name, set()).add(max(phrase, key=len))
    for rule in lexicon().rules:
        choices = [_words(element, classes) for element in rule.pattern if _counts(element)]
        wanted |= min(choices, key=_commonness)
    return ahocorasick_rs.AhoCorasick(sorted(wanted))


def _counts(element: Element) -> bool:
    return not element.gap and not element.optional and element.name != "[actor]"


def _words(element: Element, classes: dict[str, set[str]]) -> set[str]:
    return set(element.words) | classes.get(element.name, set())


def _commonness(words: AbstractSet[str]) -> float:
    """Short words stand in every text, also inside longer words."""
    return sum(4.0 ** (4 - len(word)) for word in words)
