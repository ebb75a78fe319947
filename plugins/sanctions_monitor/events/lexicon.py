"""The lexicon: every file of `lexicons/`, read once and checked, as frozen values.

A wrong answer of the coder is mended here by a line of data. Each loader raises DataError naming file and row.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from sanctions_monitor.errors import DataError
from sanctions_monitor.events.event import FAMILY_OF, Action, Instrument, Status
from sanctions_monitor.events.inflection import Form, forms_of
from sanctions_monitor.events.pattern import Element, parse
from sanctions_monitor.events.phrasebook import PhraseBook
from sanctions_monitor.events.tokens import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "lexicons"

SHAPES = frozenset({"active", "passive", "noun", "pair", "act"})
SCOPES = frozenset({"item", "title", "sentence", "clause"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of rules.csv: a pattern and the act that it tells.

    `shape` says where the roles stand: active (sender before, target after), passive (target before), noun (by
    prepositions), pair (two parties), act (one acts, the others are concerned). `needs` says what must be so besides:
    "actor" a name in the sentence, "both" sender and target found, "word" an item about states and their measures,
    "strict" one with a sanctions word, "title" the title, "lead" title, summary or first sentence, "official" an
    authority's own outlet.
    """

    id: str
    action: Action
    shape: str
    pattern: tuple[Element, ...]
    needs: frozenset[str]
    status: Status | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Opener:
    """A word that opens a clause."""

    kind: str
    needs_comma: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that decides how real an act is.

    `place`: before the trigger, near (right before it), after it, or any.
    """

    status: Status
    place: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A phrase that shows that something is no event; `scope` says what it silences."""

    scope: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of it."""

    classes: PhraseBook[tuple[str, Form]]
    class_words: tuple[tuple[str, tuple[str, ...]], ...]  # (class, folded words of one of its phrases)
    rules: tuple[Rule, ...]
    clause_openers: PhraseBook[Opener]
    cues: PhraseBook[Cue]
    refusals: PhraseBook[Refusal]
    instruments: PhraseBook[tuple[Instrument, ...]]


def rows(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of one lexicon file; lines that begin with # are remarks. Raises DataError on wrong columns."""
    path = FOLDER / name
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(line for line in lines if line.strip() and not line.startswith("#"))
        if tuple(reader.fieldnames or ()) != columns:
            raise DataError(f"{path}: columns are {reader.fieldnames}; they must be {', '.join(columns)}")
        for number, row in enumerate(reader, 1):
            if None in row or None in row.values():
                raise DataError(f"{path}: entry {number} ({row}) has too many or too few cells; quote commas")
            yield {key: value.strip() for key, value in row.items()}


@cache
def lexicon() -> Lexicon:
    """The lexicon; read on the first call, the same value ever after."""
    classes, words = _classes()
    names = {name for name, _ in words}
    return Lexicon(classes, words, _rules(names), _openers(), _cues(), _refusals(), _instruments())


def _classes() -> tuple[PhraseBook[tuple[str, Form]], tuple[tuple[str, tuple[str, ...]], ...]]:
    book: PhraseBook[tuple[str, Form]] = PhraseBook()
    words: list[tuple[str, tuple[str, ...]]] = []
    for row in rows("classes.csv", ("class", "kind", "words")):
        for word in row["words"].split("|"):
            forms: list[tuple[str, Form]] = forms_of(word) if row["kind"] == "verb" else [(word, "")]
            for form, kind in forms:
                book.add(form, (row["class"], kind))
                words.append((row["class"], words_of(form)))
    return book, tuple(words)


def _rules(names: set[str]) -> tuple[Rule, ...]:
    found: list[Rule] = []
    ids: set[str] = set()
    for row in rows("rules.csv", ("id", "action", "shape", "pattern", "needs", "status", "confidence")):
        if row["id"] in ids or row["action"] not in FAMILY_OF or row["shape"] not in SHAPES:
            raise DataError(f"rules.csv: rule {row['id']!r} repeats, or has an unknown action or shape")
        ids.add(row["id"])
        pattern = parse(row["pattern"])
        unknown = {part.name for part in pattern if part.name} - names - {"[actor]"}
        if unknown:
            raise DataError(f"rules.csv: rule {row['id']!r} uses classes that classes.csv does not have: {unknown}")
        status = cast("Status", row["status"]) if row["status"] else None
        found.append(
            Rule(
                row["id"],
                row["action"],
                row["shape"],
                pattern,
                frozenset(row["needs"].split()),
                status,
                float(row["confidence"]),
            )
        )
    return tuple(found)


def _openers() -> PhraseBook[Opener]:
    book: PhraseBook[Opener] = PhraseBook()
    for row in rows("clause_openers.csv", ("kind", "comma", "words")):
        for word in row["words"].split("|"):
            book.add(word, Opener(row["kind"], row["comma"] == "yes"))
    return book


def _cues() -> PhraseBook[Cue]:
    book: PhraseBook[Cue] = PhraseBook()
    for row in rows("status_cues.csv", ("status", "place", "kind", "words")):
        if row["status"] not in get_args(Status) or row["place"] not in {"before", "near", "after", "any"}:
            raise DataError(f"status_cues.csv: unknown status or place in {row}")
        for word in row["words"].split("|"):
            forms = forms_of(word) if row["kind"] == "verb" else [(word, "")]
            for form, _ in forms:
                book.add(form, Cue(cast("Status", row["status"]), row["place"], form))
    return book


def _refusals() -> PhraseBook[Refusal]:
    book: PhraseBook[Refusal] = PhraseBook()
    for row in rows("not_events.csv", ("scope", "words")):
        if row["scope"] not in SCOPES:
            raise DataError(f"not_events.csv: unknown scope in {row}; use one of {', '.join(sorted(SCOPES))}")
        for word in row["words"].split("|"):
            book.add(word, Refusal(row["scope"], word))
    return book


def _instruments() -> PhraseBook[tuple[Instrument, ...]]:
    book: PhraseBook[tuple[Instrument, ...]] = PhraseBook()
    for row in rows("instruments.csv", ("instruments", "words")):
        kinds = tuple(row["instruments"].split("|"))
        if not set(kinds) <= set(get_args(Instrument)):
            raise DataError(f"instruments.csv: unknown instrument in {row}")
        for word in row["words"].split("|"):
            book.add(word, cast("tuple[Instrument, ...]", kinds))
    return book
