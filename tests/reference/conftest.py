"""A real PostgreSQL with our schema, shared by the session; and copies of the CSV files that tests may break."""

from __future__ import annotations

import csv
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from sanctions_monitor.reference.tables import FOLDER, table
from sanctions_monitor.storage.embedded import EmbeddedServer
from sanctions_monitor.storage.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """The embedded PostgreSQL of these tests, outside of pytest's folders, which later runs clear away."""
    home = Path(tempfile.mkdtemp(prefix="sm-reference-"))
    running = EmbeddedServer(home)
    yield running
    running.release()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_database(server: EmbeddedServer) -> str:
    """The URL of a migrated database in which nothing is ever committed."""
    return made(server, "shared")


@pytest.fixture
def fresh_database(server: EmbeddedServer) -> Iterator[str]:
    """The URL of a migrated database for one test that commits."""
    yield made(server, "fresh")
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute("drop database fresh")


def made(server: EmbeddedServer, name: str) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute(SQL("create database {}").format(Identifier(name)))
    url = server.url(name)
    with psycopg.connect(url) as conn:
        migrate(conn, url)
    return url


@pytest.fixture
def conn(shared_database: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """A connection whose work is rolled back after the test."""
    with (
        psycopg.connect(shared_database, row_factory=dict_row) as connection,
        connection.transaction(force_rollback=True),
    ):
        yield connection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the CSV files."""
    return shutil.copytree(FOLDER, tmp_path / "reference")


@pytest.fixture
def edit(folder: Path) -> Callable[..., None]:
    """`edit("country", change)` lets `change` alter the rows of a copied file."""

    def edit_file(name: str, change: Callable[[list[dict[str, str]]], None]) -> None:
        path = folder / table(name).file
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        change(rows)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return edit_file
