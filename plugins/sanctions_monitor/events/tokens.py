"""Words with their places: the text as a row of tokens that remember where they stand in the field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Characters that show nothing: zero-width spaces, joiners, direction marks, soft hyphens. Feeds carry them inside
# words.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))

# Alternatives are tried in order and none overlaps with itself, so matching is linear in the length of the text.
_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}[A-Z]?(?!\w)"  # U.S., U.N., P.R.C.
    r"|\d+(?:[.,]\d+)*"
    rf"|['\u2019]s(?!\w)"
    rf"|[\w{INVISIBLE}]+(?:['\u2019](?!s\b)[\w{INVISIBLE}]+)*"
    r"|[^\w\s]"
)

# A word longer than this is noise (base64, hostile input): it is cut so that no later step works on it.
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark.

    `text` is the word as printed without invisible characters and without the dots of an abbreviation ("U.S." gives
    "US"), `norm` the same in lower case without accents; `start` and `end` count in the field.
    """

    text: str
    norm: str
    start: int
    end: int


def fold(word: str) -> str:
    """The word in lower case without accents: "Élysée" and "elysee" are the same place."""
    lowered = word.casefold()
    if lowered.isascii():
        return lowered.replace("\u2019", "'")
    parts = unicodedata.normalize("NFKD", lowered.replace("\u2019", "'"))
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def visible(text: str) -> str:
    """The text without characters that show nothing."""
    return text.translate(_DROP_INVISIBLE)


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if len(word) > LONGEST_WORD:
            word = word[:LONGEST_WORD]
        shape = visible(word)
        if "." in shape and shape[0].isalpha():
            shape = shape.replace(".", "")
        if shape:
            found.append(Token(shape, fold(shape), match.start(), match.end()))
    return tuple(found)
