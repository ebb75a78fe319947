"""What the network sees of an item: its opening as word pieces, each marked with what the lexicons know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tokenizers import Tokenizer

from sanctions_monitor.errors import DataError
from sanctions_monitor.events.actors import mentions_of
from sanctions_monitor.events.goods import goods_named
from sanctions_monitor.events.official import home_of, official_sender
from sanctions_monitor.events.sentences import sentences_of

if TYPE_CHECKING:
    from datetime import date

    from sanctions_monitor.events.sentences import Sentence
    from sanctions_monitor.events.tokens import Token
    from sanctions_monitor.items.item import Item

MODEL = Path(__file__).parent / "model"

# Pieces that are read of one item: the opening tells the news, the rest tells its history.
LONGEST = 256

# The kinds of names of actors.csv and of goods, as the network numbers them; 0 is no name. The order is part of a
# trained network: a new kind goes to the end.
KINDS = (
    "", "state", "adjective", "capital", "seat", "leader", "firm", "body", "movement", "person", "place", "outlet",
    "goods", "goods_firm", "agency", "authority", "unnamed",
)  # fmt: skip
# What a year or month says beside the date of the item, likewise.
TIMES = ("", "past_year", "this_year", "later_year", "past_month", "near_month", "undated")
# States are numbered in the order in which an item names them, so that the network sees which names are one.
SLOTS = 12
# Who acts, or against whom, is often left unsaid where every reader knows: "Airbnb pays for Cuba slip". These stand at
# the end of every reading that does not name them, so that they can be chosen.
UNNAMED = (("us", "US"), ("eu", "EU"), ("un", "UN"), ("russia", "RU"))

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
# "May" is the verb more often than the month, so it is left out and later months count on.
_MONTHS = {name: number if number < 5 else number + 1 for name, number in _MONTHS.items()}

Role = Literal["actor", "goods"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an actor or a word for goods: its pieces [start, end), what it stands for and the word itself."""

    start: int
    end: int
    codes: tuple[str, ...]
    role: Role
    word: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The pieces [start, end) of one sentence."""

    start: int
    end: int
    sentence: Sentence


@dataclass(slots=True)
class Reading:
    """Rows of equal length, one entry a piece, and what stands where. State: filled by `read`, then only read."""

    pieces: list[int] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)  # in the field; (0, 0) for marks between fields
    names: list[Name] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)


@cache
def tokenizer() -> Tokenizer:
    """The word pieces of the network's language model."""
    return Tokenizer.from_file(str(MODEL / "tokenizer.json"))


def read(item: Item) -> Reading:
    """The reading of an item: outlet, title, summary and the opening of the text, cut after `LONGEST` pieces."""
    found = Reading()
    numbers: dict[str, int] = {}
    published = item.published.date() if item.published else None
    _mark(found, "[CLS]", 0)
    _outlet(found, item.source, numbers)
    _mark(found, "[SEP]", 0)
    before = None
    for sentence in sentences_of(item):
        if len(found.pieces) >= LONGEST:
            break
        if before not in {None, sentence.field}:
            _mark(found, "[SEP]", 1)
        before = sentence.field
        _sentence(found, item, sentence, numbers, published)
    _cut(found)
    _unnamed(found, numbers)
    return found


def _unnamed(found: Reading, numbers: dict[str, int]) -> None:
    _mark(found, "[SEP]", 1)
    named = {code for name in found.names for code in name.codes}
    for word, code in UNNAMED:
        if code not in named:
            place = len(found.pieces)
            _append(found, [piece_of(word)], [(0, 0)], 1)
            _name(found, Name(place, place + 1, (code,), "actor", "(unnamed)"), "unnamed", numbers)


def _outlet(found: Reading, source: str, numbers: dict[str, int]) -> None:
    encoding = tokenizer().encode(source, add_special_tokens=False)
    start = len(found.pieces)
    ids = encoding.ids[:16]
    _append(found, ids, [(0, 0)] * len(ids), 0)
    authority = official_sender(source)
    code = authority or home_of(source)
    if code and ids:
        kind = "authority" if authority else "outlet"
        _name(found, Name(start, len(found.pieces), (code,), "actor", source), kind, numbers)


def _sentence(found: Reading, item: Item, sentence: Sentence, numbers: dict[str, int], published: date | None) -> None:
    text: str = getattr(item, sentence.field)[sentence.start : sentence.end]
    encoding = tokenizer().encode(text, add_special_tokens=False)
    first = len(found.pieces)
    offsets = [(start + sentence.start, end + sentence.start) for start, end in encoding.offsets]
    _append(found, encoding.ids, offsets, 0 if sentence.field == "title" else 1)
    found.stretches.append(Stretch(first, len(found.pieces), sentence))
    place_of = _pieces_of_tokens(sentence.tokens, offsets, first)
    for mention in mentions_of(sentence.tokens, sentence.body, published.year if published else None):
        _span(found, sentence, place_of, (mention.start, mention.end), mention.actor.codes, mention.actor.kind, numbers)
    for start, end, good, kind in goods_named(sentence.tokens):
        _span(found, sentence, place_of, (start, end), (good,), kind, numbers)
    for token, (start, end) in zip(sentence.tokens, place_of, strict=True):
        time = _time(token.norm, published)
        if time:
            found.times[start:end] = [TIMES.index(time)] * (end - start)


def _span(
    found: Reading,
    sentence: Sentence,
    place_of: list[tuple[int, int]],
    tokens: tuple[int, int],
    codes: tuple[str, ...],
    kind: str,
    numbers: dict[str, int],
) -> None:
    start, end = place_of[tokens[0]][0], place_of[tokens[1] - 1][1]
    if start < end:
        words = " ".join(token.text for token in sentence.tokens[tokens[0] : tokens[1]])
        role: Role = "goods" if kind in {"goods", "goods_firm"} else "actor"
        _name(found, Name(start, end, codes, role, words), kind, numbers)


def _name(found: Reading, name: Name, kind: str, numbers: dict[str, int]) -> None:
    found.names.append(name)
    length = name.end - name.start
    found.kinds[name.start : name.end] = [KINDS.index(kind)] * length
    if name.role == "actor":
        number = numbers.setdefault(name.codes[0], len(numbers) + 1)
        found.slots[name.start : name.end] = [min(number, SLOTS - 1)] * length


def _pieces_of_tokens(tokens: tuple[Token, ...], offsets: list[tuple[int, int]], first: int) -> list[tuple[int, int]]:
    """For each token the pieces [start, end) that lie in it; both rows are in the order of the text."""
    found = []
    place = 0
    for token in tokens:
        while place < len(offsets) and offsets[place][1] <= token.start:
            place += 1
        start = place
        while place < len(offsets) and offsets[place][0] < token.end:
            place += 1
        found.append((first + start, first + place))
        # A piece may reach into the next token ("U.S.'s"): it belongs to both.
        if place and place <= len(offsets) and offsets[place - 1][1] > token.end:
            place -= 1
    return found


def _time(word: str, published: date | None) -> str:
    if len(word) == 4 and word.isdigit() and "1940" <= word < "2040":
        if published is None:
            return "undated"
        year = int(word)
        return "past_year" if year < published.year else "this_year" if year == published.year else "later_year"
    month = _MONTHS.get(word)
    if month is None or published is None:
        return ""
    return "past_month" if 2 <= (published.month - month) % 12 <= 8 else "near_month"


def _append(found: Reading, ids: list[int], offsets: list[tuple[int, int]], segment: int) -> None:
    found.pieces += ids
    found.offsets += offsets
    found.segments += [segment] * len(ids)
    for row in (found.kinds, found.slots, found.times):
        row += [0] * len(ids)


def _mark(found: Reading, piece: str, segment: int) -> None:
    _append(found, [piece_of(piece)], [(0, 0)], segment)


def piece_of(word: str) -> int:
    """The number of a piece that the language model is known to have."""
    number = tokenizer().token_to_id(word)
    if number is None:
        raise DataError(f"{MODEL / 'tokenizer.json'}: no piece {word!r}; take the file of the same network")
    return number


def _cut(found: Reading) -> None:
    for row in (found.pieces, found.segments, found.kinds, found.slots, found.times, found.offsets):
        del row[LONGEST:]
    found.names = [name for name in found.names if name.end <= LONGEST]
    found.stretches = [
        Stretch(one.start, min(one.end, LONGEST), one.sentence) for one in found.stretches if one.start < LONGEST
    ]
