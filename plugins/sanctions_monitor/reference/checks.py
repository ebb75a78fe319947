"""Checks the tables against their declarations: keys, codes, values, ranges, sums. Nothing is corrected silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_monitor.errors import DataError
from sanctions_monitor.reference.csv_tables import FIRST_LINE, complaint
from sanctions_monitor.reference.tables import CODE_SYSTEMS, Column, Same, SumAtMost, Table, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

ROUNDING = 1e-9
"""Slack for adding up decimals as floats."""


def check(frames: Mapping[str, pd.DataFrame]) -> None:
    """Raises DataError naming file, line, column, value and remedy at the first break of a declaration.

    `frames` are tables by name as `read_table` gives them; the tables that hold the codes which they refer to
    (country, organisation, commodity) must be among them.
    """
    codes = {system: set(frames[name][column]) for system, (name, column) in CODE_SYSTEMS.items() if name in frames}
    if clash := codes.get("iso3166", set()) & codes.get("body", set()):
        raise _at(
            frames["organisation"],
            table("organisation"),
            "code",
            min(clash),
            "is the code of a state. Rename the body.",
        )
    for name, frame in frames.items():
        declared = table(name)
        if len(frame) < declared.expect.minimum_rows:
            raise DataError(
                f"{declared.file}: {len(frame)} rows, at least {declared.expect.minimum_rows} expected. "
                "The file is cut short: restore it."
            )
        for columns in (declared.primary_key, *declared.expect.unique):
            _check_unique(frame, declared, list(columns))
        for column in declared.columns:
            allowed = set(column.values).union(*(codes[system] for system in column.codes))
            _check_cells(frame, declared, column, allowed)
        if declared.expect.same:
            _check_same(frame, declared, declared.expect.same)
        if declared.expect.sum_at_most:
            _check_sums(frame, declared, declared.expect.sum_at_most)


def _check_unique(frame: pd.DataFrame, declared: Table, columns: list[str]) -> None:
    filled = frame.dropna(subset=columns)
    again = filled.duplicated(columns)
    if again.any():
        row = int(frame.index.get_indexer_for(filled.index)[again.to_numpy().argmax()])
        key = tuple(frame[columns].astype(object).iloc[row])
        raise _in_row(
            declared, row, "+".join(columns), key[0] if len(key) == 1 else key, "is there twice. Remove one row."
        )


def _check_cells(frame: pd.DataFrame, declared: Table, column: Column, allowed: set[str]) -> None:
    cells = frame[column.name].explode() if column.type == "list" else frame[column.name]
    cells = cells.dropna()
    if allowed:
        known = "codes of " + " or ".join(column.codes) if column.codes else ", ".join(column.values)
        _refuse(
            cells, ~cells.isin(allowed), declared, column, f"is none of the {known}. Correct it, or add the code there."
        )
    if column.pattern:
        _refuse(
            cells,
            ~cells.str.fullmatch(column.pattern),
            declared,
            column,
            f"does not look like {column.pattern}. Correct it.",
        )
    if column.minimum is not None:
        _refuse(cells, cells < column.minimum, declared, column, f"is below {column.minimum:g}. Correct it.")
    if column.maximum is not None:
        _refuse(cells, cells > column.maximum, declared, column, f"is above {column.maximum:g}. Correct it.")


def _check_same(frame: pd.DataFrame, declared: Table, rule: Same) -> None:
    for column in rule.columns:
        first = frame.groupby(list(rule.by), dropna=False)[column].transform("first")
        other = (frame[column] != first).fillna(False)
        if other.any():
            row = int(other.to_numpy().argmax())
            group = ", ".join(str(part) for part in frame.iloc[row][list(rule.by)])
            raise _in_row(
                declared,
                row,
                column,
                frame[column].iloc[row],
                f"the group ({group}) has {first.iloc[row]!r} above: {rule.because}. Keep one of them.",
            )


def _check_sums(frame: pd.DataFrame, declared: Table, rule: SumAtMost) -> None:
    total = frame.groupby(list(rule.by), dropna=False)[rule.column].transform("sum")
    over = total > rule.limit + ROUNDING
    if over.any():
        row = int(over.to_numpy().argmax())
        group = ", ".join(str(part) for part in frame.iloc[row][list(rule.by)])
        raise _in_row(
            declared,
            row,
            rule.column,
            float(frame[rule.column].iloc[row]),
            f"the group ({group}) adds up to {total.iloc[row]:.4f}, more than {rule.limit:g}. "
            "Look for a row of another source or year in it.",
        )


def _refuse(cells: pd.Series[Any], bad: pd.Series[bool], declared: Table, column: Column, remedy: str) -> None:
    if bad.any():
        position = int(bad.to_numpy().argmax())
        raise _in_row(declared, int(cells.index[position]), column.csv_name, cells.iloc[position], remedy)


def _at(frame: pd.DataFrame, declared: Table, column: str, value: str, remedy: str) -> DataError:
    return _in_row(declared, int((frame[column] == value).to_numpy().argmax()), column, value, remedy)


def _in_row(declared: Table, row: int, column: str, value: object, remedy: str) -> DataError:
    return complaint(declared.file, row + FIRST_LINE, column, value, remedy)
