"""Connections: a transaction a block, read only where asked for, and a reason where the server is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from sanctions_monitor.errors import StorageError
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from sanctions_monitor.storage.connection import Connection

NEW_STORY = "insert into story (story_id, family, opened_at) values ('s', 'sanctions', now())"


def stories(settings: Settings) -> int:
    with connect(settings) as conn:
        return count(conn)


def count(conn: Connection) -> int:
    return int(conn.execute("select count(*) as rows from story").fetchone()["rows"])


def test_a_block_that_ends_is_committed(settings: Settings) -> None:
    with connect(settings) as conn:
        conn.execute(NEW_STORY)

    assert stories(settings) == 1


def test_a_block_that_raises_is_rolled_back(settings: Settings) -> None:
    def killed() -> None:
        with connect(settings) as conn:
            conn.execute(NEW_STORY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert stories(settings) == 0


def test_a_read_only_connection_refuses_to_write(settings: Settings) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), connect(settings, read_only=True) as conn:
        conn.execute(NEW_STORY)


def test_times_are_utc_whatever_the_server_thinks(settings: Settings) -> None:
    with connect(settings) as conn:
        moment = conn.execute("select now() as moment").fetchone()["moment"]

    assert moment.utcoffset().total_seconds() == 0


UNREACHABLE = {
    "a server that is away": "postgresql://monitor:s3cr3t-word@127.0.0.1:1/sanctions",
    "a name that nobody has": "postgresql://monitor:s3cr3t-word@nowhere.invalid:5432/sanctions",
    "the password in the query": "postgresql://127.0.0.1:1/sanctions?user=monitor&password=s3cr3t-word",
    "the password in libpq's own words": "host=127.0.0.1 port=1 dbname=sanctions password=s3cr3t-word",
    "a password with a slash": "postgresql://monitor:s3cr3t-word/x@127.0.0.1:1/sanctions",
    "a password with an at sign": "postgresql://monitor:x@s3cr3t-word@127.0.0.1:1/sanctions",
    "a password with a per cent sign": "postgresql://monitor:%zzs3cr3t-word@127.0.0.1:1/sanctions",
    "no address at all": "s3cr3t-word",
}


@pytest.mark.parametrize("url", UNREACHABLE.values(), ids=UNREACHABLE)
def test_a_database_that_can_not_be_reached_gives_the_remedy_and_no_password(url: str) -> None:
    with (
        pytest.raises(StorageError, match="Check SANCTIONS_MONITOR_DATABASE_URL") as error,
        connect(Settings(database_url=SecretStr(url))),
    ):
        pass

    assert "s3cr3t" not in str(error.value)


def test_a_server_that_is_away_is_named_with_the_reason() -> None:
    url = SecretStr("postgresql://monitor:word@127.0.0.1:1/sanctions")

    with pytest.raises(StorageError, match=r"127\.0\.0\.1:1/sanctions: .*Connection refused"):
        connect(Settings(database_url=url)).__enter__()


def test_a_database_that_does_not_exist_is_named(database_url: str) -> None:
    url = database_url.replace("/test_", "/nobody_")

    with pytest.raises(StorageError, match=r'database "nobody_\d+" does not exist'):
        connect(Settings(database_url=SecretStr(url))).__enter__()
