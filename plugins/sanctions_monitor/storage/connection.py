"""Connections: where the server is, one transaction a `with`, and the schema brought up to date first."""

from __future__ import annotations

import atexit
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from sanctions_monitor.errors import StorageError
from sanctions_monitor.storage.embedded import DATABASE, EmbeddedServer
from sanctions_monitor.storage.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.settings import Settings

Connection = psycopg.Connection[dict[str, Any]]


def server_url(settings: Settings) -> str:
    """The URL of our database: the server that is set, or the embedded one, started if need be."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    return _embedded_database(settings)


@contextmanager
def connect(settings: Settings, *, read_only: bool = False) -> Iterator[Connection]:
    """One transaction on our database: it commits when the block ends, and rolls back when it raises.

    Rows are dictionaries, times are UTC. Raises StorageError where the server can't be reached.
    """
    with _open(server_url(settings)) as conn:
        conn.read_only = read_only
        yield conn


@cache
def migrated(settings: Settings) -> None:
    """Brings the schema up to date, once a process. Safe to be killed and to run twice at the same time."""
    url = server_url(settings)
    with _open(url) as conn:
        migrate(conn, url)


def _open(url: str) -> Connection:
    try:
        return psycopg.connect(
            url,
            row_factory=dict_row,
            connect_timeout=10,
            options="-c timezone=UTC",
            application_name="sanctions-monitor",
        )
    except psycopg.ProgrammingError:
        # libpq quotes the part that it can't read, which may be one of the password
        raise StorageError(f"The database's address can't be read. {_REMEDY}") from None
    except psycopg.OperationalError as problem:
        parts = conninfo_to_dict(url)
        where = f"{parts.get('host', 'on this machine')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"
        if "@" in where:
            # then the end of a password was read as the host, and both where and reason would tell it
            raise StorageError(f"The database's address can't be read. {_REMEDY}") from None
        reason = next(iter(str(problem).splitlines()), type(problem).__name__)
        raise StorageError(f"Database {where}: {reason}. {_REMEDY}") from None


_REMEDY = (
    "Check SANCTIONS_MONITOR_DATABASE_URL (postgresql://user:password@host:5432/name, with %40 for @ and %2F for / in "
    "the password), or unset it to use the embedded one."
)


@cache
def _embedded_database(settings: Settings) -> str:
    server = EmbeddedServer(settings.home)
    atexit.register(server.release)
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        ensure_database(conn, DATABASE)
    return server.url(DATABASE)


def ensure_database(conn: psycopg.Connection[Any], name: str) -> None:
    """Makes a database of this name where the server has none yet (`conn` must be in autocommit)."""
    if conn.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is None:
        conn.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def sqlalchemy_url(url: str, driver: str = "psycopg") -> str:
    """The same address in SQLAlchemy's words (`postgresql+psycopg://...`)."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme=f"postgresql+{driver}"))
