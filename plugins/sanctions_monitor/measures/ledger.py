"""The ledger as a frame: its columns, its reading and its storing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from psycopg import sql

from sanctions_monitor.reference import csv_tables, table
from sanctions_monitor.reference.tables import FOLDER
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    import psycopg

RECALL = "recall"
"""Value of `checked` for an act that nobody has confirmed."""
AS_OF = table("measure_period").as_of or "unknown"
"""The month (YYYY-MM) up to which the baseline's makers looked."""
INSTRUMENTS = table("measure_period").column("instrument").values  # noqa: PD011 - those of a declared column
"""By what means a measure works (codebook)."""

_TYPES = {
    "entry_id": "str",
    "step": "int64",
    "regime_id": "str",
    "sender": "str",
    "target": "str",
    "theme": "str",
    "regime": "str",
    "instrument": "str",
    "commodity": "str",
    "status": "str",
    "announced": "datetime64[us]",
    "effective": "datetime64[us]",
    "superseded": "datetime64[us]",
    "ends": "datetime64[us]",
    "renewal": "str",
    "legal_act": "str",
    "cited_as": "str",
    "source_url": "str",
    "checked": "str",
    "dates": "str",
    "confirmed": "bool",
    "change": "str",
    "to_review": "str",
    "note": "str",
    "alert_id": "str",
}
COLUMNS = tuple(_TYPES)
"""The columns of the ledger: one row a step of an entry (see the comments of table `ledger`)."""


def as_frame(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Rows with the keys `COLUMNS` as a frame with the ledger's dtypes."""
    told = list(rows)
    return pd.DataFrame({name: pd.Series([row[name] for row in told], dtype=type_) for name, type_ in _TYPES.items()})


def baseline(folder: Path = FOLDER) -> pd.DataFrame:
    """The baseline's rows as the file has them (table measure_period)."""
    return csv_tables.read_table("measure_period", folder)


def stored_baseline(conn: psycopg.Connection[Any]) -> pd.DataFrame:
    """The same as the database has them. `conn` gives its rows as dictionaries, as `storage.connect` makes it."""
    return csv_tables.typed(queries("measures").baseline(conn), "measure_period")


def from_files(folder: Path = FOLDER) -> pd.DataFrame:
    """The ledger of the baseline alone, straight from the file."""
    from sanctions_monitor.measures.fold import fold  # it needs our columns

    return fold(baseline(folder), ())


def read(conn: psycopg.Connection[Any]) -> pd.DataFrame:
    """The whole ledger as the database has it."""
    return as_frame(queries("measures").ledger(conn))


def read_about(
    conn: psycopg.Connection[Any],
    *,
    target: str | None = None,
    sender: str | None = None,
    alert: str | None = None,
    on: date | None = None,
) -> pd.DataFrame:
    """The steps of one target, one sender, of the entries that one alert has touched, or of their combination.

    With `on`, only those that `as_of` needs for that day.
    """
    return as_frame(queries("measures").ledger_about(conn, target=target, sender=sender, alert=alert, day=on))


def is_made(conn: psycopg.Connection[Any]) -> bool:
    """Whether the database has a ledger yet."""
    return bool(queries("measures").ledger_rows(conn)["rows"])


def lock(conn: psycopg.Connection[Any]) -> None:
    """Lets one transaction at a time make the ledger anew; readers go on reading. Call it before what it is made of."""
    queries("measures").lock_ledger(conn)


def store(conn: psycopg.Connection[Any], ledger: pd.DataFrame) -> None:
    """Replaces the ledger in the transaction of `conn`; readers see the old one until it commits."""
    lock(conn)
    queries("measures").clear_ledger(conn)
    statement = sql.SQL("copy ledger ({}) from stdin").format(sql.SQL(", ").join(map(sql.Identifier, COLUMNS)))
    rows = ledger[list(COLUMNS)].astype(object).where(ledger[list(COLUMNS)].notna(), None)
    with conn.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows.itertuples(index=False, name=None):
            copy.write_row(row)
