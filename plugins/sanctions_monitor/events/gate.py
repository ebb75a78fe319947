"""The gate: a cheap look that lets through everything that could be an event, before any sentence is cut."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import ahocorasick_rs

from sanctions_monitor.events.lexicon import lexicon
from sanctions_monitor.events.sentences import LONGEST_FIELD
from sanctions_monitor.events.tokens import fold, visible

if TYPE_CHECKING:
    from sanctions_monitor.events.pattern import Element
    from sanctions_monitor.items.item import Item


def passes_gate(item: Item) -> bool:
    """Whether title, summary or text hold, for any one rule, a word of each of its elements.

    It looks for strings, inside longer words too, so that it lets through more than the rules match and never less.
    """
    automaton, elements_of, wanted = _automaton()
    text = "\n".join(fold(visible(field[:LONGEST_FIELD])) for field in (item.title, item.summary, item.text) if field)
    seen: set[int] = set()
    for word in {match[0] for match in automaton.find_matches_as_indexes(text, overlapping=True)}:
        seen |= elements_of[word]
    return any(needed <= seen for needed in wanted)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[set[int]], list[frozenset[int]]]:
    """The words to look for; for each word the elements that it stands for; for each rule the elements it needs."""
    classes: dict[str, set[str]] = {}
    for name, phrase in lexicon().class_words:
        # The longest word of a phrase: marks and spaces between words differ from feed to feed.
        classes.setdefault(name, set()).add(max(phrase, key=len))
    numbers: dict[frozenset[str], int] = {}
    wanted: set[frozenset[int]] = set()
    for rule in lexicon().rules:
        choices = (frozenset(_words(element, classes)) for element in rule.pattern if _counts(element))
        wanted.add(frozenset(numbers.setdefault(words, len(numbers)) for words in choices))
    words = sorted({word for choice in numbers for word in choice})
    elements_of = [{number for choice, number in numbers.items() if word in choice} for word in words]
    return ahocorasick_rs.AhoCorasick(words), elements_of, list(wanted)


def _counts(element: Element) -> bool:
    return not element.gap and not element.optional and element.name != "[actor]"


def _words(element: Element, classes: dict[str, set[str]]) -> set[str]:
    return set(element.words) | classes.get(element.name, set())
