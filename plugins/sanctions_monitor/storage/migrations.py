"""Brings the schema up to date: `sql/migrations/NNNN_name.sql`, in order, each once (yoyo keeps the account).

yoyo commits a migration and its mark in two transactions, so a process killed between them runs the file again:
every statement is written to be repeatable (`create ... if not exists`). Its own lock is a row that a killed process
leaves behind, so an advisory lock of PostgreSQL, which dies with its connection, takes its place.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from hashlib import sha256
from typing import Any

import psycopg
from psycopg.rows import scalar_row

from sanctions_monitor.errors import StorageError
from sanctions_monitor.settings import PROJECT

FOLDER = PROJECT / "sql" / "migrations"
LOCK = 0x53414E43  # "SANC", an arbitrary key of ours


def migrate(conn: psycopg.Connection[Any], url: str) -> list[str]:
    """Applies what is missing and returns its names.

    Raises StorageError where the database is newer than the code, or does not let us make tables.
    """
    conn.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
    if _applied(conn) == {sha256(each.stem.encode()).hexdigest() for each in FOLDER.glob("*.sql")}:
        return []
    # most commands find nothing to do, and do without its memory and a tenth of a second
    import yoyo

    # it tells every step at a level that fills an operator's log
    logging.getLogger("yoyo").setLevel(logging.WARNING)
    backend: Any = yoyo.get_backend(_yoyo_url(url))  # type: ignore[no-untyped-call]
    try:
        with suppress(psycopg.errors.InsufficientPrivilege):
            # a user who may only use the tables needs no lock where there is nothing to do
            backend.break_lock()
        files: Any = yoyo.read_migrations(str(FOLDER))  # type: ignore[no-untyped-call]
        unknown = set(backend.get_applied_migration_hashes()) - {each.hash for each in files}
        if unknown:
            raise StorageError(
                f"The database has {len(unknown)} migration(s) that {FOLDER} does not know: "
                "it was made by a newer version. Update the program, or use another database."
            )
        pending = backend.to_apply(files)
        backend.apply_migrations(pending)
        return [each.id for each in pending]
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable):
        # yoyo passes over its first refusal and then misses its own tables
        raise StorageError(
            f"The database user {conn.info.user!r} may not make our tables: permission denied. "
            "Grant it `create` on the schema `public`."
        ) from None
    finally:
        backend.connection.close()


def _applied(conn: psycopg.Connection[Any]) -> set[str]:
    """The migrations that yoyo has marked, by the hashes of their names."""
    with conn.cursor(row_factory=scalar_row) as cursor:
        if cursor.execute("select to_regclass('_yoyo_migration')").fetchone() is None:
            return set()
        return set(cursor.execute("select migration_hash from _yoyo_migration"))


def _yoyo_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)
