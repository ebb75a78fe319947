"""Typed rows as Parquet, JSON Lines or Excel, streaming: a batch of rows is all that is held."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from sanctions_monitor.exports.tables import ExportTable

    Rows = Iterable[Mapping[str, Any]]

BATCH = 20_000
"""Rows of a row group of Parquet."""
SHEET_ROWS = 1_048_575
"""Rows that a sheet of Excel holds below its header; what is more goes to a second sheet."""
CELL_LENGTH = 32_767
"""Characters that a cell of Excel holds."""


def write_parquet(path: Path, table: ExportTable, rows: Rows) -> None:
    """Typed columns, lists as lists, times in UTC; column meanings and units stand in the fields' metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _arrow_schema(table)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows, BATCH):
            columns = [pa.array([row[field.name] for row in batch], type=field.type) for field in schema]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def write_jsonl(path: Path, table: ExportTable, rows: Rows) -> None:
    """One object a line, columns in their order, lists as arrays, ISO dates, null for unknown."""
    names = table.names
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps({name: row[name] for name in names}, ensure_ascii=False, default=_iso) + "\n")


def write_xlsx(path: Path, table: ExportTable, rows: Rows) -> None:
    """A sheet with a header; text is text and never a formula or a link; times are UTC."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        formats = {
            "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for number, part in enumerate(_sheets(rows)):
            sheet = book.add_worksheet(table.name if number == 0 else f"{table.name} {number + 1}")
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                sheet.write_string(0, place, column.name, bold)
            for line, row in enumerate(part, 1):
                for place, column in enumerate(table.columns):
                    _excel_cell(sheet, line, place, row[column.name], formats.get(column.type))


WRITERS: dict[str, Callable[[Path, ExportTable, Rows], None]] = {
    "parquet": write_parquet,
    "jsonl": write_jsonl,
    "xlsx": write_xlsx,
}


def _arrow_schema(table: ExportTable) -> pa.Schema:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
    }
    return pa.schema(
        [
            pa.field(
                column.name,
                types[column.type],
                metadata={"description": column.description} | ({"unit": column.unit} if column.unit else {}),
            )
            for column in table.columns
        ],
        metadata={"title": table.title, "source": table.source, "licence": table.licence},
    )


def _excel_cell(sheet: Any, line: int, place: int, value: Any, number_format: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    elif isinstance(value, datetime):
        # Excel knows no time zones
        sheet.write_datetime(line, place, value.astimezone(UTC).replace(tzinfo=None), number_format)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, number_format)
    else:
        text = "|".join(value) if isinstance(value, list | tuple) else str(value)
        sheet.write_string(line, place, text[:CELL_LENGTH])


def _sheets(rows: Rows) -> Iterator[Iterator[Mapping[str, Any]]]:
    """The rows in parts that fit a sheet; one empty part where there is none."""
    source = iter(rows)
    part = list(islice(source, 1))
    yield _with_first(part, source)
    while part := list(islice(source, 1)):
        yield _with_first(part, source)


def _with_first(first: list[Mapping[str, Any]], source: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    yield from first
    yield from islice(source, SHEET_ROWS - len(first))


def _batches(rows: Rows, size: int) -> Iterator[list[Mapping[str, Any]]]:
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def _iso(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of an export")
