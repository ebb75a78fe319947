"""Who is named: states, their capitals, seats, agencies, leaders, movements and firms, as codes with their places."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sanctions_monitor
from sanctions_monitor.events.lexicon import rows
from sanctions_monitor.events.phrasebook import PhraseBook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sanctions_monitor.events.phrasebook import Case
    from sanctions_monitor.events.tokens import Token

REFERENCE = Path(sanctions_monitor.__file__).parents[2] / "sql" / "reference"

# Names from the reference tables shorter than this must be written in capitals exactly ("UAE", "FSB").
_SHORT = 4
_SHORT_PLACE = 5


@dataclass(frozen=True, slots=True)
class Actor:
    """What a name stands for. `kind` is one of actors.csv's kinds or "adjective"; a hidden name has no codes."""

    codes: tuple[str, ...]
    kind: str
    since: int = 0  # the year before which the name meant nobody


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: tokens [start, end)."""

    start: int
    end: int
    actor: Actor


def mentions_of(tokens: Sequence[Token], body: int = 0, year: int | None = None) -> tuple[Mention, ...]:
    """The names among the tokens from index `body` on, from left to right, the longest name at each place.

    In an item of `year`, persons count from the year before they came to office; all do where it is unknown.
    """
    return tuple(
        Mention(start, end, actor)
        for start, end, actor in actor_book().longest(tokens)
        if start >= body and actor.codes and (year is None or year >= actor.since)
    )


@cache
def actor_book() -> PhraseBook[Actor]:
    """All names with what they stand for; our own lines win over the reference tables."""
    book: PhraseBook[Actor] = PhraseBook()
    for name, actor in actor_book_entries():
        book.add(name, actor, _case(name))
    return book


@cache
def actor_book_entries() -> tuple[tuple[str, Actor], ...]:
    """Every name once with what it stands for."""
    found: list[tuple[str, Actor]] = []
    known: set[str] = {row["name"] for row in rows("not_actors.csv", ("name",))}
    adjectives = {name for name, actor in _countries() if actor.kind == "adjective" and not name.isupper()}
    for name, actor in [
        *_own(), *_countries(), *_bodies(), *_metonyms(), *_organisations(), *_people(), *_leaders(), *_places(),
    ]:  # fmt: skip
        if name and name not in known:
            known.add(name)
            kind = "adjective" if actor.kind == "state" and name in adjectives else actor.kind
            found.append((name, Actor(actor.codes, kind, actor.since)))
    return tuple(found)


def _case(name: str) -> Case:
    return "exact" if name.isupper() or len(name) < _SHORT else "capital"


def _own() -> Iterator[tuple[str, Actor]]:
    for row in rows("actors.csv", ("codes", "kind", "names")):
        codes = () if row["kind"] == "none" else tuple(row["codes"].split("+"))
        for name in row["names"].split("|"):
            yield name, Actor(codes, row["kind"])


def _reference(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _countries() -> Iterator[tuple[str, Actor]]:
    for row in _reference("countries.csv"):
        code = (row["alpha2"],)
        names = [row["name"], row["official_name"], *row["alt_names"].split("|")]
        for name in names:
            yield name.strip(), Actor(code, "state")
        for name in [*row["demonym_adj"].split("|"), *row["demonym_noun"].split("|")]:
            yield name.strip(), Actor(code, "adjective")
            if name and not name.endswith(("s", "ese", "ish", "ss")):
                yield name.strip() + "s", Actor(code, "adjective")


def _bodies() -> Iterator[tuple[str, Actor]]:
    for row in _reference("organisations.csv"):
        # The Kimberley Process shares the letters of North Korea's code, SWIFT and the courts are no senders of ours.
        if row["kind"] == "intergovernmental":
            for name in [row["name"], *row["aliases"].split("|")]:
                yield name, Actor((row["id"],), "body")


def _metonyms() -> Iterator[tuple[str, Actor]]:
    kinds = {"capital": "capital", "movement": "movement", "state_entity": "firm"}
    for row in _reference("metonyms.csv"):
        yield row["metonym"].strip(), Actor((row["code"],), kinds.get(row["kind"], "seat"))


def _people() -> Iterator[tuple[str, Actor]]:
    """Full names, and surnames that stand alone."""
    for row in rows("people.csv", ("code", "name", "role", "from", "to")):
        kind = "person" if row["role"] in {"listed", "opposition", "prisoner"} else "leader"
        yield row["name"], Actor((row["code"],), kind, _since(row["from"]))
    for row in rows("surnames.csv", ("code", "surname", "from", "to")):
        yield row["surname"], Actor((row["code"],), "leader", _since(row["from"]))


def _since(year: str) -> int:
    return int(year) - 1 if year else 0


def _organisations() -> Iterator[tuple[str, Actor]]:
    kinds = {
        "movement": "movement",
        "party": "movement",
        "agency": "agency",
        "ministry": "agency",
        "military": "agency",
    }
    for row in rows("organisations.csv", ("code", "kind", "names")):
        for name in row["names"].split("|"):
            yield name, Actor(tuple(row["code"].split("+")), kinds.get(row["kind"], "firm"))


def _places() -> Iterator[tuple[str, Actor]]:
    """Cities and regions; the table is old and noisy, so short and ambiguous names are left out."""
    for row in _reference("place_aliases.csv"):
        name = row["alias"].strip()
        if row["ambiguous"] == "0" and len(name) >= _SHORT_PLACE and name[0].isupper() and not name.startswith("The "):
            yield name, Actor((row["alpha2"],), "place")
    for row in rows("places.csv", ("code", "name")):
        yield row["name"], Actor((row["code"],), "place")


def state_names() -> Iterator[tuple[str, str]]:
    """Names of states, capitals, bodies and leaders with codes, for the gate; the actor book decides what they mean."""
    for name, actor in actor_book_entries():
        if actor.codes and actor.kind in {"state", "adjective", "capital", "seat", "body", "agency", "leader"}:
            yield name, actor.codes[0]


def _leaders() -> Iterator[tuple[str, Actor]]:
    """Full names, and surnames that are long enough to be a name of their own and belong to one state only."""
    independent = {row["alpha2"] for row in _reference("countries.csv") if row["is_independent"] == "Yes"}
    found = [row for row in _reference("leaders.csv") if row["alpha2"] in independent]
    homes: dict[str, set[str]] = {}
    for row in found:
        homes.setdefault(row["surname"].title(), set()).add(row["alpha2"])
    for row in found:
        surname = row["surname"].title()
        actor = Actor((row["alpha2"],), "leader")
        words = row["title_and_name"].split()
        for place, word in enumerate(words):
            if word == row["surname"] and place:
                yield f"{words[place - 1].title()} {surname}", actor
        if len(surname) >= 6 and len(homes[surname]) == 1 and " " not in surname:
            yield surname, actor
