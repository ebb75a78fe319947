"""Dates that a sentence gives for an act: announced, in effect from, ending; resolved against the item's date.

Phrases are found by fixed patterns and read by dateparser. What is not said stays unknown: "for another six months"
names no day, and without a publication date only a full date counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? \d{{4}})?"
    rf"|{_MONTH},? \d{{4}}"
    rf"|(?:the )?end of (?:the year|{_MONTH}(?:,? \d{{4}})?|\d{{4}})"
    rf"|(?:next )?{_WEEKDAY}|today|tomorrow)"
)
# Every alternative begins with fixed words and holds bounded repeats only, so matching is linear.
_EXPIRES = re.compile(
    rf"\b(?:until|till|through|valid to|good to|run(?:s|ning)? to|to last to|expir(?:e|es|ing) (?:on|at the)"
    rf"|laps(?:e|es|ing) on|ends? on|stay(?:s)? (?:in place|in force) to|ahead to|extended to|renewed to|prolonged to)"
    rf" (?:midnight (?:on )?)?({_DATE})",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(
    rf"\b(?:effective(?: from| as of| on)?|with effect from|(?:in|into|enters? into|entered into) force (?:on|from)"
    rf"|takes? effect (?:on|from)?|appl(?:y|ies) (?:from|as of)|as of|as from|starting(?: from| on)?|beginning(?: on)?)"
    rf" ({_DATE})",
    re.IGNORECASE,
)
# "From 1 July" alone says when a measure begins only where no surer word does.
_FROM = re.compile(rf"\bfrom ({_DATE})", re.IGNORECASE)
_ANNOUNCED = re.compile(rf"\b(?:on |late )?({_WEEKDAY}|today)\b|\bon ({_DATE})", re.IGNORECASE)
# A weekday looks back over the last week, never forward.
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# An announcement is news: a date further back is that of something else.
NEWS = timedelta(days=10)

Prefer = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class SaidDates:
    """The dates that a sentence says of an act; None where it does not."""

    announced: date | None = None
    effective: date | None = None
    expires: date | None = None


def said_dates(sentence: str, published: date | None) -> SaidDates:
    """The dates that `sentence` gives, in the calendar of an item of the day `published` (None: unknown)."""
    expires = _first(_EXPIRES, sentence, published, "future")
    effective = _first(_EFFECTIVE, sentence, published, "future") or _first(_FROM, sentence, published, "future")
    announced = _announced(sentence, published)
    if effective is not None and expires is not None and expires < effective:
        expires = None
    return SaidDates(announced, effective, expires)


def _first(pattern: re.Pattern[str], sentence: str, published: date | None, prefer: Prefer) -> date | None:
    match = pattern.search(sentence)
    return resolved(match.group(1), published, prefer) if match else None


def _announced(sentence: str, published: date | None) -> date | None:
    if published is None:
        return None
    taken = [match.span() for pattern in (_EXPIRES, _EFFECTIVE, _FROM) for match in pattern.finditer(sentence)]
    for match in _ANNOUNCED.finditer(sentence):
        if any(start <= match.start() < end for start, end in taken):
            continue
        day = resolved(match.group(1) or match.group(2), published, "past")
        if day is not None and timedelta(0) <= published - day <= NEWS:
            return day
    return None


@lru_cache(maxsize=4096)
def resolved(phrase: str, published: date | None, prefer: Prefer) -> date | None:
    """The day that a phrase names, or None where it can't be told. A month is its first day, as an end its last."""
    words = phrase.casefold().replace(".", "")
    bare = words.removeprefix("next ")
    if published is not None and bare in _WEEKDAYS:
        return _weekday(bare, published, prefer)
    if published is not None and bare in {"today", "tomorrow"}:
        return published + timedelta(days=bare == "tomorrow")
    has_year = re.search(r"\d{4}", words) is not None
    if published is None and not has_year:
        return None
    return _parsed(words, published, prefer)


def _weekday(name: str, published: date, prefer: Prefer) -> date:
    away = (_WEEKDAYS.index(name) - published.weekday()) % 7
    if prefer == "past":
        return published - timedelta(days=(7 - away) % 7)
    return published + timedelta(days=away)


def _parsed(words: str, published: date | None, prefer: Prefer) -> date | None:
    import dateparser

    ends = "end of" in words
    words = words.replace("the ", "").replace("end of ", "").replace(" of ", " ")
    if words == "year":
        return date(published.year, 12, 31) if published else None
    if words.isdigit():
        return date(int(words), 12, 31)
    base = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else datetime.now(UTC)
    found = dateparser.parse(
        words,
        languages=["en"],
        settings={
            "RELATIVE_BASE": base.replace(tzinfo=None),
            "PREFER_DATES_FROM": prefer,
            "PREFER_DAY_OF_MONTH": "last" if ends or prefer == "future" else "first",
        },
    )
    return found.date() if found else None
