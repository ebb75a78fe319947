"""Reading the data files of `lexicons/`, checked; a wrong answer of the coder is mended there by a line."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from sanctions_monitor.errors import DataError
from sanctions_monitor.events.event import Instrument
from sanctions_monitor.events.phrasebook import PhraseBook

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "lexicons"

SCOPES = frozenset({"item", "title"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A phrase that shows that something is no event; `scope` says what it silences."""

    scope: str
    phrase: str


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
def refusals() -> PhraseBook[Refusal]:
    """The phrases of not_events.csv. Raises DataError where a scope is unknown."""
    book: PhraseBook[Refusal] = PhraseBook()
    for row in rows("not_events.csv", ("scope", "words")):
        if row["scope"] not in SCOPES:
            raise DataError(f"not_events.csv: unknown scope in {row}; use one of {', '.join(sorted(SCOPES))}")
        for word in row["words"].split("|"):
            book.add(word, Refusal(row["scope"], word))
    return book


@cache
def instruments() -> PhraseBook[tuple[Instrument, ...]]:
    """The words of instruments.csv. Raises DataError where an instrument is unknown."""
    book: PhraseBook[tuple[Instrument, ...]] = PhraseBook()
    for row in rows("instruments.csv", ("instruments", "words")):
        kinds = tuple(row["instruments"].split("|"))
        if not set(kinds) <= set(get_args(Instrument)):
            raise DataError(f"instruments.csv: unknown instrument in {row}")
        for word in row["words"].split("|"):
            book.add(word, cast("tuple[Instrument, ...]", kinds))
    return book
