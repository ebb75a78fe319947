"""Migrations: each once, whoever else runs them, and again where a process was killed before it had noted them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest

from sanctions_monitor.errors import StorageError
from sanctions_monitor.storage.migrations import FOLDER, migrate

if TYPE_CHECKING:
    from sanctions_monitor.storage import EmbeddedServer

ALL = sorted(file.stem for file in FOLDER.glob("*.sql"))


@pytest.fixture
def empty(server: EmbeddedServer, request: pytest.FixtureRequest) -> str:
    """The URL of a database without our schema."""
    name = request.node.name.lower()[:60]
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute(f'create database "{name}"')
    return server.url(name)


def bring_up_to_date(url: str) -> list[str]:
    with psycopg.connect(url) as conn:
        return migrate(conn, url)


def columns(url: str) -> list[tuple[str, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(
            "select table_name, column_name, data_type from information_schema.columns "
            "where table_schema = 'public' order by 1, 2"
        ).fetchall()


def test_an_empty_database_gets_every_migration_in_order(empty: str) -> None:
    assert bring_up_to_date(empty) == ALL


def test_a_second_run_has_nothing_to_do(database_url: str) -> None:
    assert bring_up_to_date(database_url) == []


def test_two_processes_at_once_do_not_disturb_each_other(empty: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(bring_up_to_date, [empty, empty]))

    assert sorted(runs) == [[], ALL]


def test_a_process_killed_before_it_noted_a_migration_applies_it_again(database_url: str) -> None:
    before = columns(database_url)
    with psycopg.connect(database_url) as conn:
        conn.execute("delete from _yoyo_migration")

    assert bring_up_to_date(database_url) == ALL
    assert columns(database_url) == before


def test_a_lock_that_a_killed_process_left_keeps_nobody_waiting(database_url: str) -> None:
    with psycopg.connect(database_url) as conn:
        conn.execute("insert into yoyo_lock (locked, ctime, pid) values (1, now(), 999999)")
        conn.execute("drop table _yoyo_version, _yoyo_log, _yoyo_migration")

    assert bring_up_to_date(database_url) == ALL


def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    with psycopg.connect(database_url) as conn:
        conn.execute("update _yoyo_migration set migration_hash = 'of tomorrow' where migration_id like '0001%'")

    with pytest.raises(StorageError, match="newer version"):
        bring_up_to_date(database_url)


def test_a_user_without_rights_is_told_so(empty: str) -> None:
    with psycopg.connect(empty) as conn:
        conn.execute("drop role if exists guest")
        conn.execute("create role guest login")

    with pytest.raises(StorageError, match="permission denied"):
        bring_up_to_date(empty.replace("postgres:@", "guest:@"))
