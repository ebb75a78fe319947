"""Puts the checked tables into the database: all of them in one transaction, or none."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.rows import dict_row

from sanctions_monitor.reference.checks import check
from sanctions_monitor.reference.csv_tables import read_table, typed
from sanctions_monitor.reference.tables import FOLDER, Table, tables
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    import psycopg


def load(conn: psycopg.Connection[Any], folder: Path = FOLDER) -> dict[str, int]:
    """Replaces every reference table by what its file says, and returns their rows; {} where no file has changed.

    A table that was refreshed from a public service stays as it is until its own file changes. Everything is read and
    checked before the first change. Readers see the old tables until the transaction commits: that of `conn` where one
    is open, else one of its own. Two loads at a time wait for each other.
    Raises DataError (see `check`) and leaves the database as it was.
    """
    stored = _stored()
    prints = {declared.name: _fingerprint(declared, folder) for declared in stored}
    with conn.transaction():
        queries("reference").lock_reference_load(conn)
        loaded = _loaded(conn)
        if prints == {name: row["sha256"] for name, row in loaded.items()}:
            return {}
        kept = {name: row for name, row in loaded.items() if row["refreshed_at"] and prints.get(name) == row["sha256"]}
        frames = {
            name: _in_database(conn, declared) if name in kept else read_table(name, folder)
            for name, declared in tables().items()
        }
        check(frames)
        _replace(conn, frames)
        for name, print_ in prints.items():
            _record(conn, name, frames[name], print_, kept.get(name))
    return {declared.name: len(frames[declared.name]) for declared in stored}


def swap(conn: psycopg.Connection[Any], newer: Mapping[str, pd.DataFrame], origin: str) -> None:
    """Puts newer tables in the place of those that are loaded, in the transaction of `conn` or one of its own.

    `newer` are whole tables by name, typed as `read_table` types them; `origin` says where they came from. All tables
    are checked together first. Raises DataError and leaves the database as it was.
    """
    with conn.transaction():
        queries("reference").lock_reference_load(conn)
        loaded = _loaded(conn)
        frames = current(conn) | dict(newer)
        check(frames)
        _replace(conn, frames)
        for name, frame in newer.items():
            _record(conn, name, frame, loaded[name]["sha256"], {"refreshed_from": origin, "refreshed_at": "now"})


def current(conn: psycopg.Connection[Any], folder: Path = FOLDER) -> dict[str, pd.DataFrame]:
    """Every table as it stands: those of the database from there, the others from their files."""
    return {
        name: _in_database(conn, declared) if declared.stored else read_table(name, folder)
        for name, declared in tables().items()
    }


def _stored() -> list[Table]:
    return [declared for declared in tables().values() if declared.stored]


def _loaded(conn: psycopg.Connection[Any]) -> dict[str, dict[str, Any]]:
    with conn.cursor(row_factory=dict_row) as cursor:
        return {row["table_name"]: row for row in cursor.execute("select * from reference_load").fetchall()}


def _fingerprint(declared: Table, folder: Path) -> str:
    """SHA-256 of the file and of its declaration, since a column declared anew must be loaded too."""
    path = folder / declared.file
    content = path.read_bytes() if path.exists() else b""  # read_table says what is missing
    return hashlib.sha256(declared.model_dump_json().encode() + b"\0" + content).hexdigest()


def _in_database(conn: psycopg.Connection[Any], declared: Table) -> pd.DataFrame:
    statement = sql.SQL("select {} from {} order by {}").format(
        sql.SQL(", ").join(map(sql.Identifier, declared.column_names)),
        sql.Identifier(declared.name),
        sql.SQL(", ").join(map(sql.Identifier, declared.primary_key)),
    )
    with conn.cursor(row_factory=dict_row) as cursor:
        return typed(cursor.execute(statement).fetchall(), declared.name)


def _replace(conn: psycopg.Connection[Any], frames: Mapping[str, pd.DataFrame]) -> None:
    # delete, not truncate: a reader keeps seeing the old rows until we commit
    for declared in reversed(_stored()):
        conn.execute(sql.SQL("delete from {}").format(sql.Identifier(declared.name)))
    for declared in _stored():
        _copy(conn, declared, frames[declared.name])


def _record(
    conn: psycopg.Connection[Any], name: str, frame: pd.DataFrame, sha256: str, refreshed: Mapping[str, Any] | None
) -> None:
    queries("reference").record_reference_load(
        conn,
        table_name=name,
        sha256=sha256,
        rows=len(frame),
        refreshed_from=refreshed["refreshed_from"] if refreshed else None,
        refreshed_at=refreshed["refreshed_at"] if refreshed else None,
    )


def _copy(conn: psycopg.Connection[Any], declared: Table, frame: pd.DataFrame) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(declared.name), sql.SQL(", ").join(map(sql.Identifier, declared.column_names))
    )
    rows = frame[declared.column_names].astype(object).where(frame[declared.column_names].notna(), None)
    with conn.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows.itertuples(index=False, name=None):
            copy.write_row(row)
