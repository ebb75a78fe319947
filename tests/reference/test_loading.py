"""Loading replaces every table in one transaction, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import psycopg
import pytest

from sanctions_monitor import measures, reference
from sanctions_monitor.errors import DataError
from sanctions_monitor.reference.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Connection = psycopg.Connection[dict[str, Any]]


def rows(conn: Connection, name: str) -> int:
    found = conn.execute(
        psycopg.sql.SQL("select count(*) as rows from {}").format(psycopg.sql.Identifier(name))
    ).fetchone()
    assert found is not None
    return int(found["rows"])


def test_load_fills_every_stored_table(conn: Connection):
    loaded = reference.load(conn)
    assert set(loaded) == {name for name, declared in tables().items() if declared.stored}
    assert loaded == {name: rows(conn, name) for name in loaded}


def test_unchanged_files_are_not_loaded_again(conn: Connection):
    reference.load(conn)
    assert reference.load(conn) == {}


def test_a_changed_file_is_loaded(conn: Connection, folder: Path, edit: Callable[..., None]):
    reference.load(conn)
    edit("organisation", lambda all_rows: all_rows[0].update(name="The European Union"))
    assert reference.load(conn, folder)["organisation"] == 43
    changed = conn.execute("select name from organisation where code = 'EU'").fetchone()
    assert changed == {"name": "The European Union"}


def test_a_broken_file_leaves_the_old_tables(conn: Connection, folder: Path, edit: Callable[..., None]):
    reference.load(conn)
    edit("country_top_good", lambda all_rows: all_rows[0].update(alpha2="ZZ"))
    with pytest.raises(DataError, match="'ZZ'"):
        reference.load(conn, folder)
    assert rows(conn, "country") == 250
    assert reference.load(conn) == {}


def test_the_database_gives_the_frames_that_the_files_give(conn: Connection):
    reference.load(conn)
    stored, files = reference.read(conn), reference.from_files()
    for field, keys in {
        "countries": ["alpha2"],
        "organisations": ["code"],
        "commodities": ["commodity_id"],
        "shares": ["commodity_id", "measure", "alpha2"],
        "memberships": ["body", "alpha2"],
        "reliance": ["alpha2", "commodity_id"],
        "bilateral": ["commodity_id", "exporter", "importer"],
        "top_goods": ["alpha2", "flow", "rank"],
        "partners": ["alpha2", "flow", "rank"],
    }.items():
        pd.testing.assert_frame_equal(
            getattr(stored, field).sort_values(keys, ignore_index=True),
            getattr(files, field).sort_values(keys, ignore_index=True),
        )


def test_the_ledger_of_the_database_is_that_of_the_file(conn: Connection):
    reference.load(conn)
    measures.store(conn, measures.fold(measures.stored_baseline(conn), ()))
    stored, file = measures.read(conn), measures.from_files()
    keys = ["entry_id", "step"]
    pd.testing.assert_frame_equal(
        stored.sort_values(keys, ignore_index=True), file.sort_values(keys, ignore_index=True)
    )


def test_an_empty_database_gives_empty_frames_with_their_columns(conn: Connection):
    empty = reference.read(conn)
    assert empty.countries.empty
    pd.testing.assert_series_equal(empty.shares.dtypes, reference.from_files().shares.dtypes)


def test_a_refreshed_table_stays_until_its_own_file_changes(conn: Connection, folder: Path, edit: Callable[..., None]):
    reference.load(conn)
    newer = reference.current(conn)["country"]
    newer.loc[newer["alpha2"] == "BY", "gdp_year"] = 2031
    reference.swap(conn, {"country": newer}, "worldbank")
    edit("organisation", lambda all_rows: all_rows[0].update(name="The European Union"))
    reference.load(conn, folder)
    asked = "select gdp_year from country where alpha2 = 'BY'"
    assert conn.execute(asked).fetchone() == {"gdp_year": 2031}
    edit("country", lambda all_rows: all_rows[0].update(official_name="Andorra"))
    reference.load(conn, folder)
    assert conn.execute(asked).fetchone() != {"gdp_year": 2031}


def test_a_newer_table_that_breaks_its_declaration_changes_nothing(conn: Connection):
    reference.load(conn)
    newer = reference.current(conn)["country_commodity_share"]
    newer.loc[0, "world_share"] = 1.4
    with pytest.raises(DataError, match=r"column world_share: 1.4: is above 1"):
        reference.swap(conn, {"country_commodity_share": newer}, "usgs")
    assert rows(conn, "country_commodity_share") == 1033


def test_every_column_of_the_schema_is_declared(conn: Connection):
    for name, declared in tables().items():
        if not declared.stored:
            continue
        found = conn.execute("select column_name from information_schema.columns where table_name = %s", (name,))
        assert {row["column_name"] for row in found} == set(declared.column_names)


def test_every_table_has_its_comment(conn: Connection):
    for name, declared in tables().items():
        if declared.stored:
            found = conn.execute("select obj_description(%s::regclass) as comment", (name,)).fetchone()
            assert found is not None
            assert found["comment"]


def test_loading_commits_by_itself_where_no_transaction_is_open(fresh_database: str):
    with psycopg.connect(fresh_database) as first:
        reference.load(first)
        first.rollback()
    with psycopg.connect(fresh_database) as second:
        assert reference.load(second) == {}


def test_readers_see_the_old_tables_until_the_commit(fresh_database: str, folder: Path, edit: Callable[..., None]):
    with psycopg.connect(fresh_database) as writer, psycopg.connect(fresh_database, autocommit=True) as reader:
        reference.load(writer)
        edit("organisation", lambda all_rows: all_rows[0].update(name="The European Union"))
        with writer.transaction():
            reference.load(writer, folder)
            assert reader.execute("select name from organisation where code = 'EU'").fetchone() == ("European Union",)
        assert reader.execute("select name from organisation where code = 'EU'").fetchone() == ("The European Union",)
