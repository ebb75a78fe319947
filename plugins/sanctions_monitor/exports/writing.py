"""Tables written to a place: those of a digest's day, and those of any span that an analyst asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sanctions_monitor.events import CODER_VERSION
from sanctions_monitor.exports.csv_text import as_bytes, copy_rows, write_rows
from sanctions_monitor.exports.data_package import package, resource
from sanctions_monitor.exports.formats import WRITERS
from sanctions_monitor.exports.places import whole_file
from sanctions_monitor.exports.rows import STATEMENTS, alert_rows, exposure_rows
from sanctions_monitor.exports.tables import ExportTable, chosen, export_tables
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sanctions_monitor.alerts import Alert
    from sanctions_monitor.storage.connection import Connection

Format = Literal["csv", "parquet", "jsonl", "xlsx"]
FETCHED_AT_ONCE = 5_000
"""Rows that a cursor on the server hands over at a time."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is written: from the first moment up to, not including, the last; and the digest's day, where it is one."""

    first: datetime
    after: datetime
    day: date | None = None

    @property
    def label(self) -> str:
        """The span as a name of a package."""
        return self.day.isoformat() if self.day else f"{self.first:%Y-%m-%d}-to-{self.after:%Y-%m-%d}"


def write_tables(
    conn: Connection,
    span: Span,
    place: str,
    *,
    alerts: Sequence[Alert],
    format_: Format = "csv",
    tables: list[str] | None = None,
    bom: bool = False,
) -> list[str]:
    """Writes the tables of a span and their `datapackage.json` to a folder or URL; returns the files' names.

    `alerts` are those to write, with all their joins. Raises UserError for an unknown table or a place that can't be
    written.
    """
    wanted = chosen(tables)
    prepared: dict[str, list[dict[str, Any]]] = {}
    if needs_alerts(tables):
        prepared["alerts"] = alert_rows(alerts, span.day)
        prepared["exposure"] = exposure_rows(alerts)
    described = []
    for table in wanted:
        name = f"{table.name}.{format_}"
        with whole_file(place, name) as path:
            _write(conn, table, span, prepared, path, format_, bom=bom)
            described.append(resource(table, path, name, format_, bom=bom))
    with whole_file(place, "datapackage.json") as path:
        path.write_bytes(package(f"sanctions-monitor-{span.label}", f"Sanctions Monitor, {span.label}", described))
    return [*(each["path"] for each in described), "datapackage.json"]


def needs_alerts(tables: list[str] | None) -> bool:
    """Whether any of these tables (None: all) is made from alerts, whose joins take time."""
    return bool({"alerts", "exposure"} & {table.name for table in chosen(tables)})


def alerts_csv(alerts: Sequence[Alert], day: date) -> bytes:
    """The alerts of a digest as a CSV document, for an attachment."""
    return as_bytes(export_tables()["alerts"].names, alert_rows(alerts, day))


def _write(
    conn: Connection,
    table: ExportTable,
    span: Span,
    prepared: dict[str, list[dict[str, Any]]],
    path: Path,
    format_: Format,
    *,
    bom: bool,
) -> None:
    values = {"first": span.first, "after": span.after, "coder": CODER_VERSION}
    if table.name not in STATEMENTS:
        rows: Any = prepared[table.name]
        if format_ == "csv":
            write_rows(path, table.names, rows, bom=bom)
        else:
            WRITERS[format_](path, table, rows)
    elif format_ == "csv":
        copy_rows(conn, table, getattr(queries("exports"), table.name).sql, values, path, bom=bom)
    else:
        WRITERS[format_](path, table, _streamed(conn, getattr(queries("exports"), table.name).sql, values))


def _streamed(conn: Connection, statement: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    with conn.transaction(), conn.cursor(name="export") as cursor:
        cursor.itersize = FETCHED_AT_ONCE
        cursor.execute(statement, values)
        yield from cursor
