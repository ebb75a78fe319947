"""The watch list: states, bodies and goods that an operator cares about more than others."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sanctions_monitor.errors import DataError
from sanctions_monitor.reference import is_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KINDS = ("sender", "target", "commodity")


@dataclass(frozen=True, slots=True)
class WatchList:
    """Codes by kind (sender, target, commodity)."""

    codes: dict[str, frozenset[str]] = field(default_factory=dict)

    def matches(self, senders: Iterable[str], targets: Iterable[str], commodities: Iterable[str]) -> tuple[str, ...]:
        """The codes of an act that are watched, each as "target BY"."""
        asked = zip(KINDS, (senders, targets, commodities), strict=True)
        return tuple(
            f"{kind} {code}" for kind, codes in asked for code in sorted(set(codes) & self.codes.get(kind, frozenset()))
        )


def read_watch_list(path: Path | None) -> WatchList:
    """The watch list of a CSV file with the columns kind and code; an empty one without a file.

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
    for line, row in enumerate(rows, 2):
        kind, code = (row.get("kind") or "").strip(), (row.get("code") or "").strip()
        if kind not in codes:
            raise DataError(f"{path}, line {line}, column kind: {kind!r}: is none of {', '.join(KINDS)}. Correct it.")
        if not is_code(code, "commodity" if kind == "commodity" else "party"):
            raise DataError(f"{path}, line {line}, column code: {code!r}: is no code of a {kind}. Correct it.")
        codes[kind].add(code)
    return WatchList({kind: frozenset(found) for kind, found in codes.items()})
