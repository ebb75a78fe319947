"""The watch list: states, bodies, goods, firms, persons and ships that an operator cares about more than others."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from sanctions_monitor.errors import DataError
from sanctions_monitor.reference import is_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KINDS = ("sender", "target", "commodity")
"""Kinds of codes."""
NAME = "name"
"""The kind of a name: of a firm, a person or a ship, or a ship's number."""
SHORTEST = 3
"""Characters of a name; a shorter one would be found everywhere."""


@dataclass(frozen=True, slots=True)
class WatchList:
    """Codes by kind (sender, target, commodity), and names."""

    codes: dict[str, frozenset[str]] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def matches(
        self, senders: Iterable[str], targets: Iterable[str], commodities: Iterable[str], texts: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """What of an act is watched, each as "target BY" or "name Belaruskali"; names as whole words of the texts."""
        asked = zip(KINDS, (senders, targets, commodities), strict=True)
        codes = [
            f"{kind} {code}" for kind, codes in asked for code in sorted(set(codes) & self.codes.get(kind, frozenset()))
        ]
        told = list(texts)
        names = [f"{NAME} {name}" for name in self.names if any(_pattern(name).search(text) for text in told)]
        return (*codes, *names)


def read_watch_list(path: Path | None) -> WatchList:
    """The watch list of a CSV file with the columns kind and code (of a name: the name); an empty one without a file.

    Raises DataError naming file, line, value and remedy.
    """
    if path is None:
        return WatchList()
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as problem:
        raise DataError(f"{path}: {problem}. Set SANCTIONS_MONITOR_WATCH_LIST to a CSV file, or unset it.") from None
    codes: dict[str, set[str]] = {kind: set() for kind in KINDS}
    names: set[str] = set()
    for line, row in enumerate(rows, 2):
        kind, code = (row.get("kind") or "").strip(), (row.get("code") or "").strip()
        if kind == NAME and len(code) < SHORTEST:
            raise DataError(f"{path}, line {line}, column code: {code!r}: a name has {SHORTEST} characters at least.")
        if kind == NAME:
            names.add(" ".join(code.split()))
            continue
        if kind not in codes:
            known = ", ".join((*KINDS, NAME))
            raise DataError(f"{path}, line {line}, column kind: {kind!r}: is none of {known}. Correct it.")
        if not is_code(code, "commodity" if kind == "commodity" else "party"):
            raise DataError(f"{path}, line {line}, column code: {code!r}: is no code of a {kind}. Correct it.")
        codes[kind].add(code)
    return WatchList({kind: frozenset(found) for kind, found in codes.items()}, tuple(sorted(names, key=str.casefold)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The name as whole words, in any case and with any blanks between."""
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
