"""Values as CSV cells, made here row by row or by PostgreSQL itself: the same text either way."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sanctions_monitor.exports.tables import Column, ExportTable
    from sanctions_monitor.storage.connection import Connection

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the start of a formula (OWASP, "CSV Injection"), full-width forms among them."""
_END = b"\r\n"


def cell(value: object) -> str:
    """A value as text: lists joined by "|", ISO 8601 in UTC, empty for unknown, an apostrophe before formula signs."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    text = "|".join(value) if isinstance(value, list | tuple) else str(value)
    return guarded(text)


def guarded(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would compute."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]], *, bom: bool = False) -> None:
    """Writes rows as RFC 4180 has it, in UTF-8; with `bom` a mark of byte order, which old Excel needs."""
    names = list(columns)
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([cell(row[name]) for name in names] for row in rows)


def as_bytes(columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A small table as a CSV document."""
    names = list(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([cell(row[name]) for name in names] for row in rows)
    return text.getvalue().encode()


def copy_rows(
    conn: Connection, table: ExportTable, statement: str, values: Mapping[str, Any], path: Path, *, bom: bool = False
) -> None:
    """Lets PostgreSQL write the rows of a named statement: a million rows pass through without becoming objects."""
    columns = sql.SQL(", ").join(_expression(column) for column in table.columns)
    copied = sql.SQL("copy (select {} from ({}) as rows) to stdout (format csv)").format(
        columns, sql.SQL(statement.rstrip("; \n"))
    )
    with path.open("wb") as file, conn.cursor() as cursor:
        file.write(b"\xef\xbb\xbf" if bom else b"")
        file.write(",".join(table.names).encode() + _END)
        with cursor.copy(copied, values) as copy:
            for row in copy:
                # PostgreSQL ends a line by a line feed alone
                file.write(bytes(row)[:-1] + _END)


def _expression(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    if column.type == "datetime":
        return sql.SQL("""to_char({} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""").format(name)
    if column.type == "date":
        return sql.SQL("to_char({}, 'YYYY-MM-DD')").format(name)
    if column.type == "boolean":
        return sql.SQL("case when {0} then 'true' when not {0} then 'false' end").format(name)
    if column.type == "list":
        name = sql.SQL("array_to_string({}, '|')").format(name)  # type: ignore[assignment]
    if column.type in ("list", "string"):
        # an empty text is an empty cell, as is an unknown one
        return sql.SQL("nullif({}, '')").format(sql.SQL("csv_text({})").format(name) if column.free else name)
    return name
