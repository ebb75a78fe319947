"""Puts the checked tables into the database: all of them in one transaction, or none."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.rows import tuple_row

from sanctions_monitor.reference.checks import check
from sanctions_monitor.reference.csv_tables import read_table
from sanctions_monitor.reference.tables import FOLDER, Table, tables
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import psycopg


def load(conn: psycopg.Connection[Any], folder: Path = FOLDER) -> dict[str, int]:
    """Replaces every reference table by what its file says, and returns their rows; {} where no file has changed.

    Everything is read and checked before the first change. Readers see the old tables until the transaction commits:
    that of `conn` where one is open, else one of its own. Two loads at a time wait for each other.
    Raises DataError (see `check`) and leaves the database as it was.
    """
    statements = queries("reference")
    stored = [declared for declared in tables().values() if declared.stored]
    prints = {declared.name: _fingerprint(declared, folder) for declared in stored}
    with conn.transaction():
        statements.lock_reference_load(conn)
        if prints == _loaded(conn):
            return {}
        frames = {name: read_table(name, folder) for name in tables()}
        check(frames)
        # delete, not truncate: a reader keeps seeing the old rows until we commit
        for declared in reversed(stored):
            conn.execute(sql.SQL("delete from {}").format(sql.Identifier(declared.name)))
        for declared in stored:
            _copy(conn, declared, frames[declared.name])
            statements.record_reference_load(
                conn, table_name=declared.name, sha256=prints[declared.name], rows=len(frames[declared.name])
            )
    return {declared.name: len(frames[declared.name]) for declared in stored}


def _fingerprint(declared: Table, folder: Path) -> str:
    """SHA-256 of the file and of its declaration, since a column declared anew must be loaded too."""
    path = folder / declared.file
    content = path.read_bytes() if path.exists() else b""  # read_table says what is missing
    return hashlib.sha256(declared.model_dump_json().encode() + b"\0" + content).hexdigest()


def _loaded(conn: psycopg.Connection[Any]) -> dict[str, str]:
    with conn.cursor(row_factory=tuple_row) as cursor:
        return dict(cursor.execute("select table_name, sha256 from reference_load").fetchall())


def _copy(conn: psycopg.Connection[Any], declared: Table, frame: pd.DataFrame) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(declared.name), sql.SQL(", ").join(map(sql.Identifier, declared.column_names))
    )
    rows = frame.astype(object).where(frame.notna(), None)
    with conn.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows.itertuples(index=False, name=None):
            copy.write_row(row)
