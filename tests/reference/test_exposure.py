"""What share of the world's goods a target makes: figures with their source, or an honest "unknown"."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_monitor.reference import Reference, exposure, exposure_sentence, from_files, trade_sentence
from sanctions_monitor.reference.exposures import COLUMNS
from sanctions_monitor.reference.sentences import per_cent, quantity

REFERENCE = from_files()
CODES = sorted(REFERENCE.countries["alpha2"])
GOODS = sorted(REFERENCE.commodities["commodity_id"])


def exposed(*alerts: tuple[str | None, str | None]) -> pd.DataFrame:
    rows = [(f"a{number}", *alert) for number, alert in enumerate(alerts)]
    return exposure(pd.DataFrame(rows, columns=["alert_id", "target", "commodity_id"]), REFERENCE)


def sentences(*alerts: tuple[str | None, str | None]) -> list[str]:
    return [exposure_sentence(row) for _, row in exposed(*alerts).iterrows()]


def test_potash_of_belarus_has_share_rank_year_and_source():
    row = exposed(("BY", "potash")).iloc[0]
    assert row["measure"] == "production"
    assert (row["world_share"], row["rank"], row["ranked"], row["year"]) == (0.1232, 4, 12, 2025)
    assert (row["value"], row["unit"]) == (6000, "thousand metric tons K2O")
    assert row["source"].startswith("USGS Mineral Commodity Summaries 2026")


def test_potash_of_belarus_as_a_sentence():
    assert sentences(("BY", "potash")) == [
        "Belarus produced 12.3 % of the world's potash in 2025 (rank 4 of 12 listed, 6,000 thousand metric tons K2O): "
        "USGS Mineral Commodity Summaries 2026 (potash chapter)"
    ]


def test_production_and_exports_are_two_rows_of_one_alert():
    assert list(exposed(("QA", "natural_gas"))["measure"]) == ["production", "exports"]


def test_a_mean_of_years_names_them_all():
    assert sentences(("RU", "wheat")) == [
        "Russia made 22.0 % of the world's wheat exports in 2018-2020: CEPII BACI HS17 V202201, mean of 2018-2020, "
        "as aggregated by ONE Campaign DataDive_Ukraine"
    ]


def test_unknown_is_missing_and_never_zero():
    row = exposed(("NA", "uranium")).iloc[0]
    assert not row["known"]
    assert row[["measure", "value", "unit", "world_share", "rank", "year", "source"]].isna().all()
    assert row["target_name"] == "Namibia"


def test_unknown_says_so():
    assert sentences(("NA", "uranium"), ("EU", "potash"), ("BY", None)) == [
        "No open production or export figure for uranium in Namibia.",
        "No open production or export figure for potash in the EU.",
        "The measure names no goods.",
    ]


def test_no_alert_gives_an_empty_frame_with_all_columns():
    assert list(exposed().columns) == COLUMNS


@given(
    st.lists(st.tuples(st.sampled_from([*CODES, "EU", "ZZ", None]), st.sampled_from([*GOODS, "zz", None])), max_size=12)
)
@settings(max_examples=25, deadline=None)
def test_every_alert_comes_back_in_order_and_every_figure_has_its_source(alerts: list[tuple[str | None, str | None]]):
    rows = exposed(*alerts)
    assert list(dict.fromkeys(rows["alert_id"])) == [f"a{number}" for number in range(len(alerts))]
    known = rows[rows["known"]]
    assert known[["source", "year", "licence", "world_share"]].notna().all(axis=None)
    assert rows.loc[~rows["known"], ["value", "world_share"]].isna().all(axis=None)


@pytest.mark.parametrize("goods", ["potash", "crude_oil", "cobalt"])
def test_every_country_survives_the_left_join(goods: str):
    rows = exposed(*[(code, goods) for code in CODES])
    assert sorted(set(rows["target"])) == CODES
    assert rows["target_name"].notna().all()


def test_a_measure_without_goods_tells_what_the_country_trades():
    assert trade_sentence("NA", REFERENCE).startswith(
        "Namibia: main exports in 2023: gold, diamonds, radioactive chemicals, fish, refined petroleum "
        "(CIA World Factbook); exports to South Africa 27 %, China 12 %"
    )


@pytest.mark.parametrize("code", ["BY", "RU"])
def test_partners_of_belarus_and_russia_are_withheld(code: str):
    assert "China" not in trade_sentence(code, REFERENCE)


def test_a_body_has_no_trade_figure_of_its_own():
    assert trade_sentence("EU", REFERENCE) == "No open trade figure for the EU."


def test_a_share_rounded_to_nothing_by_the_source_is_not_called_zero():
    assert "India less than 1 %" in trade_sentence("KP", REFERENCE)


@pytest.mark.parametrize(
    ("share", "said"), [(0.1232, "12.3 %"), (0.0004, "less than 0.1 %"), (0.0005, "0.1 %"), (1.0, "100.0 %")]
)
def test_shares_as_per_cents(share: float, said: str):
    assert per_cent(share) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(6000.0, "6,000"), (0.35, "0.35"), (10_879_000.0, "10.88 million"), (171_805e6, "171.8 billion")],
)
def test_quantities_for_people(value: float, said: str):
    assert quantity(value) == said


def test_tables_that_were_never_loaded_leave_everything_unknown():
    nothing = Reference(**{each.name: getattr(REFERENCE, each.name).iloc[:0] for each in fields(Reference)})
    rows = exposure(pd.DataFrame({"alert_id": ["a"], "target": ["BY"], "commodity_id": ["potash"]}), nothing)
    assert not rows["known"].any()
    assert exposure_sentence(rows.iloc[0]) == "No open production or export figure for potash in Belarus."
    assert trade_sentence("BY", nothing) == "No open trade figure for Belarus."
