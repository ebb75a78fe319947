"""What a row says, as strings: the common ground of both kinds of lists."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Values:
    """One row as text, each empty where the row does not have it. `wanted` is false for rows that `keep` leaves out."""

    title: str
    link: str
    date: str
    summary: str = ""
    guid: str = ""
    wanted: bool = True


MOST_ROWS = 500
"""Rows that are looked at; a list that is longer than this is no list of news."""
LONGEST_TEXT = 20_000
"""Characters that a pattern is tried on, since its time may grow faster than the text."""


def cut(text: str, pattern: str | None) -> str:
    """White space collapsed; where a pattern is given, its first group (or all that it matches), else nothing."""
    flat = " ".join(text.split())[:LONGEST_TEXT]
    if pattern is None:
        return flat
    found = re.search(pattern, flat)
    if found is None:
        return ""
    return (found[1] if found.re.groups else found[0]) or ""
