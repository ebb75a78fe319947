"""The CSV files keep what tables.yaml declares, and a broken one says where it is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from sanctions_monitor.errors import DataError
from sanctions_monitor.reference import check, read_table, table
from sanctions_monitor.reference.tables import FOLDER, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = list[dict[str, str]]


def frames(folder: Path = FOLDER) -> dict[str, pd.DataFrame]:
    return {name: read_table(name, folder) for name in tables()}


def test_every_file_of_the_folder_is_declared_and_every_declared_one_is_there():
    there = {path.name for path in FOLDER.glob("*.csv")}
    assert there == {declared.file for declared in tables().values() if not declared.optional}


def test_the_files_keep_their_declarations():
    check(frames())


def test_the_code_of_namibia_is_no_missing_value():
    countries = read_table("country").set_index("alpha2")
    assert countries.loc["NA", "name"] == "Namibia"


def test_codes_keep_their_leading_zeros():
    countries = read_table("country").set_index("alpha2")
    assert countries.loc["AF", "numeric"] == "004"


def test_an_empty_number_is_unknown_and_not_zero():
    shares = read_table("country_commodity_share").set_index(["commodity_id", "measure", "alpha2"])
    wheat = shares.loc["wheat", "exports", "RU"]
    assert pd.isna(wheat["value"])
    assert pd.isna(wheat["rank"])
    assert wheat["world_share"] == 0.22


def test_lists_are_lists():
    goods = read_table("commodity").set_index("commodity_id")
    assert goods.loc["potash", "hs2022"] == ["3104", "310420", "310430", "310490"]
    assert goods.loc["crypto", "hs2022"] == []


def test_no_body_has_the_code_of_a_state():
    assert set(read_table("organisation")["code"]).isdisjoint(read_table("country")["alpha2"])


def test_an_undeclared_table_is_refused_with_the_known_ones():
    with pytest.raises(DataError, match=r"'tariff' is not declared. Known: country, "):
        table("tariff")


def set_cell(column: str, value: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[2][column] = value

    return change


def repeat_first(rows: Rows) -> None:
    rows.append(dict(rows[0]))


def drop_most(rows: Rows) -> None:
    del rows[5:]


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("country", repeat_first, r"countries.csv, line 252, column alpha2: 'AD': is there twice"),
        ("organisation", set_cell("id", "KP"), r"organisations.csv, line 4, column code: 'KP': is the code of a state"),
        (
            "country_commodity_share",
            set_cell("alpha2", "ZZ"),
            r"shares.csv, line 4, column alpha2: 'ZZ': is none of the codes",
        ),
        (
            "country_commodity_share",
            set_cell("world_share", "1.2"),
            r"shares.csv, line 4, column world_share: 1.2: is above 1[.]",
        ),
        (
            "country_commodity_share",
            set_cell("world_share", "0.9"),
            r"column world_share: 0.5915: the group \(alumina, produc",
        ),
        (
            "country_commodity_share",
            set_cell("source", "Another yearbook"),
            r"shares.csv, line 4, column source: 'Another yearbook': the group \(alumina, production\) has 'USGS Min",
        ),
        (
            "country_commodity_share",
            set_cell("year", "2023"),
            r"shares.csv, line 4, column year: 2023: the group .* a ranking is of one source and year",
        ),
        (
            "country_commodity_share",
            set_cell("rank", "1"),
            r"shares.csv, line 4, column commodity_id\+measure\+rank: \('alumina', 'production', 1\): is there twice",
        ),
        (
            "country_commodity_share",
            set_cell("value", "lots"),
            r"shares.csv, line 4, column value: 'lots': is not a number",
        ),
        ("country_commodity_share", set_cell("year", "2024.5"), r"column year: '2024.5': is not a whole number"),
        ("country_commodity_share", set_cell("source", " "), r"column source: '': is empty"),
        (
            "country_commodity_share",
            set_cell("measure", "smuggling"),
            r"column measure: 'smuggling': is none of the production",
        ),
        ("country_commodity_share", set_cell("year", ""), r"shares.csv, line 4, column year: '': is empty"),
        (
            "country_commodity_share",
            set_cell("licence", "mine"),
            r"column licence: 'mine': is none of the codes of lic",
        ),
        (
            "measure_period",
            set_cell("target", "ZZ"),
            r"measures.csv, line 4, column target: 'ZZ': is none of the codes",
        ),
        ("measure_period", set_cell("sender", ""), r"measures.csv, line 4, column sender: '': is empty"),
        (
            "measure_period",
            set_cell("commodity", "kryptonite"),
            r"column commodity: 'kryptonite': is none of the codes",
        ),
        ("measure_period", set_cell("effective", "2011-02-30"), r"column effective: '2011-02-30': is not a date"),
        ("measure_period", set_cell("effective", "2011-3-1"), r"column effective: '2011-3-1': is not a date"),
        ("commodity", set_cell("hs2022", "3104||310420"), r"column hs2022: '3104\|\|310420': is not a list"),
        (
            "commodity",
            set_cell("hs2022", "310499"),
            r"commodities.csv, line 4, column hs2022: '310499': is none of the",
        ),
        (
            "commodity_hs",
            set_cell("hs2022", "31043"),
            r"commodity_hs.csv, line 4, column hs2022: '31043': is none of the codes of hs2022",
        ),
        ("place_alias", set_cell("ambiguous", "perhaps"), r"column ambiguous: 'perhaps': is not 0 or 1"),
        ("leader", drop_most, r"leaders.csv: 5 rows, at least 450 expected"),
    ],
)
def test_a_broken_file_is_refused_with_place_value_and_remedy(
    folder: Path, edit: Callable[..., None], name: str, change: Callable[[Rows], None], message: str
):
    edit(name, change)
    with pytest.raises(DataError, match=message):
        check(frames(folder))


def test_a_missing_file_and_a_missing_column_are_named(folder: Path):
    (folder / "countries.csv").unlink()
    with pytest.raises(DataError, match=r"countries.csv: no such file"):
        read_table("country", folder)
    (folder / "organisations.csv").write_text("id,name\nEU,European Union\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"organisations.csv, line 1: no column 'kind'"):
        read_table("organisation", folder)


@pytest.mark.parametrize("name", list(tables()))
def test_the_readme_tells_each_table_with_its_rows(name: str):
    line = f"| {name} | {table(name).file} | {len(read_table(name)):,} |"
    assert line in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_netherlands_are_not_the_caribbean_ones():
    assert "BQ" not in set(read_table("country_trade_partner")["partner_alpha2"])
    assert "NL" in set(read_table("country_trade_partner")["partner_alpha2"])
