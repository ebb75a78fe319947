"""The schema explains itself, and every statement of ours is valid on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import psycopg
import pytest

from sanctions_monitor.storage import queries
from sanctions_monitor.storage.queries import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.storage import EmbeddedServer

PARAMETER = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def schema(server: EmbeddedServer, template: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to our schema; nothing is changed on it."""
    with psycopg.connect(server.url(template)) as conn:
        conn.autocommit = True
        yield conn


def statements() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.sql")):
        room = queries(file.stem)
        for name in sorted(room.available_queries):
            # aiosql adds a cursor for every query
            if not name.endswith("_cursor"):
                yield pytest.param(getattr(room, name).sql, id=f"{file.stem}.{name}")


@pytest.mark.parametrize("statement", list(statements()))
def test_every_named_statement_is_valid_on_the_schema(schema: psycopg.Connection[Any], statement: str) -> None:
    numbers: dict[str, str] = {}
    numbered = PARAMETER.sub(lambda match: numbers.setdefault(match[1], f"${len(numbers) + 1}"), statement)

    if statement.lower().startswith("lock "):
        # a lock is no statement that can be prepared
        with schema.transaction():
            schema.execute(statement)
    else:
        schema.execute(f"prepare checked as {numbered.replace('%%', '%')}")
        schema.execute("deallocate checked")


def test_every_table_has_a_comment(schema: psycopg.Connection[Any]) -> None:
    silent = schema.execute(
        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace "
        "and relname not like '%yoyo%' and obj_description(oid, 'pg_class') is null order by relname"
    ).fetchall()

    assert silent == []


def test_the_database_knows_the_time_zones_that_subscribers_may_name(schema: psycopg.Connection[Any]) -> None:
    known = {name for (name,) in schema.execute("select name from pg_timezone_names")}

    assert {zone for zone in available_timezones() if "/" in zone} <= known
