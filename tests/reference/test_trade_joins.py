"""The sender's dependence, the buyers, and which sources may be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sanctions_monitor import reference
from sanctions_monitor.errors import UserError
from sanctions_monitor.reference import (
    Reference,
    buyers,
    dependence,
    exposure,
    from_files,
    main_goods,
    narrower_goods,
    read_table,
)
from sanctions_monitor.reference.csv_tables import typed
from sanctions_monitor.reference.licences import one_source_each

REF = from_files()
SHARED = Path(__file__).parents[3] / "shared" / "reference"
DOCS = Path(__file__).parents[2] / "docs"


def asked(**facts: Any) -> pd.DataFrame:
    told = {"alert_id": "a", "sender": "US", "target": "BY", "commodity_id": "potash", "on": "2025-12-13"} | facts
    frame = pd.DataFrame([told])
    return frame.assign(on=pd.to_datetime(frame["on"]).astype("datetime64[us]"))


def with_bilateral(*rows: tuple[Any, ...]) -> Reference:
    columns = ["commodity_id", "exporter", "importer", "year", "value_usd", "share", "source", "licence"]
    table = typed([dict(zip(columns, row, strict=True)) for row in rows], "bilateral_trade")
    fields = {name: getattr(REF, name) for name in Reference.__slots__}
    return Reference(**(fields | {"bilateral": table}))


def test_the_us_imports_nearly_all_of_its_potash():
    reliance, production = dependence(asked(), REF).to_dict("records")
    assert (reliance["kind"], reliance["share"], reliance["suppliers"]) == (
        "net_import_reliance",
        0.93,
        ["CA", "RU", "BY", "IL"],
    )
    assert (reliance["year"], reliance["licence"]) == (2024, "public domain (US Government work)")
    assert production["kind"] == "production"


def test_a_dependence_that_nobody_knows_is_said_once():
    (row,) = dependence(asked(sender="JP", commodity_id="arms"), REF).to_dict("records")
    assert not row["known"]
    assert pd.isna(row["share"])


def test_a_body_as_target_stands_for_its_members_of_the_day():
    rows = exposure(asked(target="EU", commodity_id="copper"), REF)
    assert set(rows["body"]) == {"EU"}
    assert "PL" in set(rows["target"])
    assert "GB" not in set(rows["target"])


def test_a_body_without_a_day_has_no_figures():
    (row,) = exposure(asked(target="EU", commodity_id="copper").drop(columns="on"), REF).to_dict("records")
    assert (row["target"], row["known"]) == ("EU", False)


def test_a_body_of_which_nothing_is_known_stays_one_row():
    (row,) = exposure(asked(target="G7", commodity_id="arms"), REF).to_dict("records")
    assert (row["target"], row["known"]) == ("G7", False)


def test_buyers_of_the_very_goods_where_a_bilateral_table_is_loaded():
    ref = with_bilateral(
        ("potash", "BY", "CN", 2024, 9e8, 0.5, "CEPII BACI", "Etalab 2.0"),
        ("potash", "BY", "BR", 2024, 7e8, 0.4, "CEPII BACI", "Etalab 2.0"),
        ("potash", "BY", "IN", 2022, 9e8, 1.0, "CEPII BACI", "Etalab 2.0"),
    )
    rows = buyers(asked(), ref)
    assert list(zip(rows["kind"], rows["buyer"], rows["year"], strict=True)) == [
        ("buyers", "CN", 2024),
        ("buyers", "BR", 2024),
    ]


def test_else_the_main_partners_said_to_be_that():
    rows = buyers(asked(target="QA", commodity_id="lng"), REF)
    assert set(rows["kind"]) == {"partners"}
    assert rows["value_usd"].isna().all()
    said = reference.buyers_sentence("QA", "lng", rows)
    assert said.startswith("Who buys LNG from Qatar is not in the tables. Its main partners for all")


@pytest.mark.parametrize("target", ["BY", "RU"])
def test_partners_that_are_mirror_data_are_left_out_and_the_reason_is_said(target: str):
    assert buyers(asked(target=target), REF).empty
    said = reference.buyers_sentence(target, "potash", buyers(asked(target=target), REF))
    assert "Its main partners are not shown: neither Belarus nor Russia has reported its trade since 2022" in said


def test_a_measure_on_the_whole_country_is_told_by_its_main_goods():
    rows = main_goods(asked(target="NA", commodity_id=None), REF)
    assert set(rows["flow"]) == {"exports", "imports"}
    assert set(rows["licence"]) == {"CC0 / public domain"}


def test_every_country_comes_through_every_join():
    codes = REF.countries["alpha2"]
    frame = pd.concat([asked(alert_id=code, target=code, sender=code) for code in codes], ignore_index=True)
    assert set(exposure(frame, REF)["alert_id"]) == set(codes)
    assert set(dependence(frame, REF)["alert_id"]) == set(codes)
    assert "NA" in set(exposure(frame, REF)["target"])


def test_sources_are_never_mixed_in_one_ranking():
    of_each = REF.shares[["commodity_id", "measure", "source", "year"]].drop_duplicates()
    assert not of_each.duplicated(["commodity_id", "measure"]).any()


def test_a_licence_that_nobody_knows_is_refused_with_the_known_ones():
    with pytest.raises(
        UserError, match=r"SANCTIONS_MONITOR_LICENCES names 'gpl', which is none of open, public-domain"
    ):
        reference.allowed_texts("open,gpl")


def test_without_an_allowed_licence_there_are_no_figures():
    ref = from_files(licences="etalab-2.0")
    assert set(ref.shares["licence"]) == {"Etalab 2.0 (BACI); aggregation without a licence"}
    assert ref.partners.empty


@pytest.mark.skipif(
    not SHARED.exists(), reason="the table with unsettled terms is not shipped; it lies beside the clone"
)
def test_the_opted_in_table_gives_belarus_rank_in_exports_and_leaves_production_to_usgs():
    frame = pd.read_csv(SHARED / "country_commodity_shares_optin.csv", keep_default_na=False, na_values=[""])
    optin = typed(frame.astype(object).where(frame.notna(), None).to_dict("records"), "country_commodity_share_optin")
    shares = one_source_each(read_table("country_commodity_share"), optin, reference.allowed_texts("open,faostat"))
    potash = shares[(shares["commodity_id"] == "potash") & (shares["alpha2"] == "BY")].set_index("measure")
    assert (potash.loc["exports", "rank"], potash.loc["exports", "world_share"]) == (3, 0.0755)
    assert (potash.loc["production", "rank"], potash.loc["production", "world_share"]) == (4, 0.1232)
    assert potash.loc["production", "source"].startswith("USGS")


def test_fertilizers_hold_potash_by_their_hs_codes():
    assert "potash" in narrower_goods(REF.commodities)["fertilizer"]
    assert "fertilizer" not in narrower_goods(REF.commodities).get("potash", ())


def test_codes_of_states_and_bodies_win_over_names():
    assert reference.code_of("AU") == "AU"
    assert reference.code_of("african union") == "AFU"
    assert reference.code_of("belarus") == "BY"
    assert reference.code_of("atlantis") is None
    assert reference.goods_of("MOP") == "potash"


def test_the_data_dictionary_in_docs_is_the_one_that_the_declarations_make():
    assert (DOCS / "data_dictionary.md").read_text(encoding="utf-8") == reference.data_dictionary()
