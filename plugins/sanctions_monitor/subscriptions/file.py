"""Subscriptions as a CSV file, one line a subscriber, checked whole when it is read."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sanctions_monitor.errors import DataError
from sanctions_monitor.subscriptions.subscriber import Subscriber, first_fault

if TYPE_CHECKING:
    from pathlib import Path


def read_subscriptions(path: Path, *, must_exist: bool = False) -> list[Subscriber]:
    """The subscribers of a file; none where there is no file, unless it `must_exist` since somebody named it.

    Raises DataError naming file, line and reason.
    """
    if not path.exists() and not must_exist:
        return []
    try:
        # spreadsheets put a mark of byte order before UTF-8, which would become part of the first column's name
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise DataError(f"{path}: {problem}. Set SANCTIONS_MONITOR_SUBSCRIPTIONS to a CSV file in UTF-8.") from None
    return read_subscriptions_text(text, str(path))


def read_subscriptions_text(text: str, name: str) -> list[Subscriber]:
    """The subscribers of a CSV text; `name` is what an error calls it. An empty cell is the column's default."""
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as problem:
        raise DataError(f"{name}: {problem}. Set SANCTIONS_MONITOR_SUBSCRIPTIONS to a CSV file in UTF-8.") from None
    found: dict[str, Subscriber] = {}
    for line, row in rows:
        if None in row:
            raise DataError(f"{name}, line {line}: more cells than columns. Put a cell that holds a comma in quotes.")
        given = {column: cell for column, cell in row.items() if cell or column in _REQUIRED}
        try:
            subscriber = Subscriber.model_validate(given)
        except ValidationError as problem:
            raise DataError(f"{name}, line {line}, {first_fault(problem, given)}. Mend the line.") from None
        if subscriber.id in found:
            raise DataError(f"{name}, line {line}: the id {subscriber.id!r} stands twice. Take one out.")
        found[subscriber.id] = subscriber
    return list(found.values())


_REQUIRED = ("id", "address", "name")
