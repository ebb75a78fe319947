"""Reads a reference table from its CSV file into a typed frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.errors import DataError
from sanctions_monitor.reference.tables import FOLDER, LIST_SEPARATOR, Column, table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DTYPES = {
    "string": "str",
    "integer": "Int64",
    "number": "float64",
    "date": "datetime64[us]",
    "boolean": "bool",
    "list": "object",
}
"""The dtype of each declared type, whether the frame is read from a file or from the database."""

FIRST_LINE = 2
"""Line of a file's first row: line 1 is the header, and no cell of ours holds a line break."""


def read_table(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    """The declared columns of one table, typed: integers Int64, numbers float64, dates datetime64, lists as lists.

    An empty cell is missing (NA, NaN, NaT; an empty list in a list column), never zero, and "NA" is Namibia.
    An optional table without a file is empty. Raises DataError naming file, line, column, value and remedy where a cell
    does not fit its declared type.
    """
    declared = table(name)
    path = folder / declared.file
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        if declared.optional:
            return typed([], name)
        raise DataError(
            f"{path}: no such file. Put the table {name!r} there again, from a clone or a release."
        ) from None
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as problem:
        raise DataError(f"{path}: {problem}. Save it as UTF-8 CSV with a header line.") from None
    missing = [column.csv_name for column in declared.columns if column.csv_name not in raw.columns]
    if missing:
        raise DataError(f"{path}, line 1: no column {missing[0]!r}. Its columns are {', '.join(raw.columns)}; add it.")
    return pd.DataFrame(
        {column.name: _typed(raw[column.csv_name].str.strip(), column, declared.file) for column in declared.columns}
    )


def typed(rows: Iterable[dict[str, object]], name: str) -> pd.DataFrame:
    """Rows of the database as a frame with the same dtypes as `read_table` gives."""
    columns = table(name).columns
    frame = pd.DataFrame(list(rows), columns=[column.name for column in columns])
    return frame.astype({column.name: DTYPES[column.type] for column in columns})


def complaint(file: str, line: int, column: str, value: object, remedy: str) -> DataError:
    """The error that names the place, the value and what to do about it."""
    shown = repr(value) if isinstance(value, (str, tuple)) else str(value)
    return DataError(f"{file}, line {line}, column {column}: {shown}: {remedy}")


def _typed(cells: pd.Series[str], column: Column, file: str) -> pd.Series:
    empty = cells == ""
    may_be_empty = column.nullable or (column.type == "list" and not column.filled)
    if empty.any() and not may_be_empty:
        raise _unfit(cells, empty, column, file, "is empty. Fill it in; only a nullable column may say 'unknown'.")
    match column.type:
        case "integer" | "number":
            values = pd.to_numeric(cells.mask(empty), errors="coerce")
            bad = values.isna() & ~empty
            if column.type == "integer":
                bad |= ~cells.str.fullmatch(r"-?\d*")
            kind = "a whole number" if column.type == "integer" else "a number"
        case "date":
            values = pd.to_datetime(cells.mask(empty), format="%Y-%m-%d", errors="coerce")
            bad = (values.isna() & ~empty) | (~empty & ~cells.str.fullmatch(r"\d{4}-\d{2}-\d{2}"))
            kind = "a date as 2025-12-31"
        case "boolean":
            values, bad, kind = cells == "1", ~cells.isin(["0", "1"]), "0 or 1"
        case "list":
            values = cells.map(lambda cell: [part.strip() for part in cell.split(LIST_SEPARATOR)] if cell else [])
            bad = values.map(lambda parts: "" in parts)
            kind = f"a list without empty parts, separated by {LIST_SEPARATOR}"
        case "string":
            values, bad, kind = cells.mask(empty), empty & False, "text"
    if bad.any():
        raise _unfit(cells, bad, column, file, f"is not {kind}. Correct the cell.")
    return values.astype(DTYPES[column.type])  # type: ignore[call-overload,no-any-return]


def _unfit(cells: pd.Series[str], bad: pd.Series[bool], column: Column, file: str, what: str) -> DataError:
    row = int(bad.to_numpy().argmax())
    return complaint(file, row + FIRST_LINE, column.csv_name, cells.iloc[row], what)
