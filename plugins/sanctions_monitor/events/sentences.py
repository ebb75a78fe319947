"""Cutting the fields of an item into sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.events.tokens import Token, tokenise

if TYPE_CHECKING:
    from sanctions_monitor.events.event import Field
    from sanctions_monitor.items.item import Item

# What is read of a field, so that one endless document can't hold up a run; news says its news early.
LONGEST_FIELD = 30_000
# A sentence of more words than this is a table or noise: it is cut.
LONGEST_SENTENCE = 120

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr gen col lt maj sgt capt sen rep gov prof st no nos vs jan feb mar apr jun jul aug sep sept oct nov"
    " dec inc ltd corp co art para reg ibid al".split()
)
_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, its tokens and the index of its first token after the dateline."""

    field: Field
    number: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    body: int


def sentences_of(item: Item) -> tuple[Sentence, ...]:
    """The sentences of title, summary and text in that order; a summary that repeats the title is left out."""
    found: list[Sentence] = []
    said: set[str] = set()
    fields: tuple[tuple[Field, str | None], ...] = (
        ("title", item.title),
        ("summary", item.summary),
        ("text", item.text),
    )
    for field, value in fields:
        if not value:
            continue
        for number, (start, end) in enumerate(_stretches(value[:LONGEST_FIELD])):
            words = value[start:end]
            if words in said:
                continue
            said.add(words)
            found.append(_sentence(field, number, value, start, end))
    return tuple(found)


def _sentence(field: Field, number: int, value: str, start: int, end: int) -> Sentence:
    tokens = tuple(Token(t.text, t.norm, t.start + start, t.end + start) for t in tokenise(value[start:end]))
    body = _dateline_end(tokens) if field != "title" and number == 0 else 0
    return Sentence(field, number, start, end, tokens, body)


def _stretches(value: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, without the white space around it."""
    tokens = tokenise(value)
    stretches: list[tuple[int, int]] = []
    first = 0
    for place, token in enumerate(tokens):
        last = place + 1 == len(tokens)
        if last or place + 1 - first >= LONGEST_SENTENCE or _ends_sentence(value, tokens, place):
            stretches.append((tokens[first].start, token.end))
            first = place + 1
    return stretches


def _ends_sentence(value: str, tokens: tuple[Token, ...], place: int) -> bool:
    token, following = tokens[place], tokens[place + 1]
    if _LINE_BREAK.search(value, token.end, following.start):
        return True
    quoted = token.text in "\"'\u201d\u2019)" and place > 0 and tokens[place - 1].text in ".!?"
    if token.text not in {".", "!", "?"} and not quoted:
        return False
    before = tokens[place - 1] if place else token
    if token.text == "." and (before.norm in _ABBREVIATIONS or (len(before.text) == 1 and before.text.isalpha())):
        return False
    if following.start == token.end:
        # "v2.0", "example.org", or a closing quotation mark that comes with the stop.
        return False
    opens = following.text[0]
    return opens.isupper() or opens.isdigit() or opens in "\"'\u201c\u2018(" or not opens.isascii()


def _dateline_end(tokens: tuple[Token, ...]) -> int:
    """The index after a dateline ("MOSCOW, Jan 27 - ", "YANGON (AFP) - "): its place name is no actor."""
    if not tokens or not (len(tokens[0].text) > 2 and tokens[0].text.isupper()):
        return 0
    for place, token in enumerate(tokens[:14]):
        if token.text in {"-", "\u2013", "\u2014"} and place + 1 < len(tokens):
            spaced = tokens[place + 1].start > token.end
            if spaced:
                return place + 1
        if token.text in ".!?" and place > 8:
            return 0
    return 0
