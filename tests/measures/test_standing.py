"""What still stands when one sender has moved, and how sure that is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_monitor.measures import from_files, standing, standing_sentence
from sanctions_monitor.measures.sentences import NOTHING

LEDGER = from_files()
MINSK = date(2025, 12, 13)


def stands(target: str, *goods: str, without: str | None = None, on: date = MINSK) -> pd.DataFrame:
    return standing(LEDGER, on=on, target=target, commodities=goods, without_senders=[without] if without else [])


def said(target: str, *goods: str, without: str | None = None, on: date = MINSK) -> str:
    return standing_sentence(stands(target, *goods, without=without, on=on), on)


def test_potash_of_belarus_without_the_us():
    rows = stands("BY", "potash", without="US")
    assert rows[["sender", "covers"]].values.tolist() == [  # noqa: PD011 - of two columns
        ["CA", "named"],
        ["CH", "named"],
        ["EU", "named"],
        ["GB", "named"],
        ["EU", "wider"],
        ["UA", "no goods named"],
    ]


def test_potash_of_belarus_as_a_sentence():
    assert said("BY", "potash", without="US") == (
        "Still in force on Belarus potash: Canada (SOR/2020-214), Switzerland (Ordinance SR 946.231.116.9), "
        "EU (Regulation (EC) 765/2006), UK (SI 2019/600); trade measures that name no goods: Ukraine (unconfirmed). "
        "As of 13 December 2025."
    )


def test_without_goods_every_measure_counts():
    assert "CA" in set(stands("VE")["sender"])
    assert "CA" not in set(stands("VE", "crude_oil")["sender"])


def test_a_measure_on_wider_goods_is_told_as_that_where_its_sender_names_these_nowhere():
    assert said("RU", "potash", on=date(2025, 12, 13)).startswith(
        "No other sender's measure on Russia names these goods; measures on wider goods: EU (Regulation (EU) 833/2014"
    )
    assert "wider" not in said("BY", "potash")


def test_a_measure_begins_with_its_effective_day():
    assert "EU" not in set(stands("BY", "potash", on=date(2021, 6, 24))["sender"])
    assert "EU" in set(stands("BY", "potash", on=date(2021, 6, 25))["sender"])


def test_ended_measures_are_left_out_from_the_day_on_which_they_end():
    assert "US-ZW-1" not in set(stands("ZW")["entry_id"].str.split("/").str[0])
    assert "US-ZW-1" in set(stands("ZW", on=date(2024, 3, 3))["entry_id"].str.split("/").str[0])


def test_an_eased_measure_is_not_called_in_force():
    assert "eased in part: US (General License 13)" in said("BY", "potash", on=date(2025, 12, 15))
    assert "US (EO 14038)" in said("BY", "potash", on=date(2025, 12, 14))


def test_a_regime_against_several_states_counts_for_each():
    for target in ("IR", "RU", "KP"):
        assert "US-IR-RU-KP-1" in set(stands(target)["entry_id"].str.split("/").str[0])


def test_a_body_counts_once_in_the_sentence_with_its_widest_regime():
    rows = stands("RU", without="US")
    assert (rows["sender"] == "EU").sum() > 1
    sentence = standing_sentence(rows, MINSK)
    assert "EU (Decision 2014/512/CFSP and " in sentence or "EU (Regulation (EU) 833/2014 and " in sentence
    assert sentence.count("EU (") == 1


def test_a_sender_that_is_confirmed_is_not_told_again_as_unconfirmed():
    assert said("CN").count("US") == 1


def test_an_act_that_nobody_has_confirmed_is_told_as_unconfirmed():
    assert said("LT") == "Unconfirmed on Lithuania: China. As of 13 December 2025."


def test_after_the_baselines_month_the_sentence_says_what_it_rests_on():
    assert said("LT", on=date(2026, 6, 1)).endswith("As of 1 June 2026, by the baseline of 2026-03 and later alerts.")


def test_nothing_known_says_so():
    assert said("FR", "potash") == NOTHING


@pytest.mark.parametrize("column", ["legal_act", "cited_as", "regime", "checked", "dates"])
def test_every_step_names_its_act(column: str):
    assert LEDGER[column].notna().all()


@settings(deadline=None)
@given(
    target=st.sampled_from(sorted(set(LEDGER["target"].dropna()))),
    without=st.sampled_from([None, "US", "EU", "GB"]),
    on=st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1)),
)
def test_what_stands_began_before_is_not_ended_and_is_of_other_senders(target: str, without: str | None, on: date):
    rows = stands(target, without=without, on=on)
    assert (rows["effective"] <= pd.Timestamp(on)).all()
    assert "ended" not in set(rows["status"])
    assert without not in set(rows["sender"])
    assert not rows.duplicated(["entry_id"]).any()
    assert standing_sentence(rows, on).endswith(".")


def test_an_empty_ledger_says_that_it_holds_nothing():
    rows = standing(LEDGER.iloc[:0], on=MINSK, target="BY", commodities=["potash"], without_senders=["US"])
    assert list(rows.columns) == list(stands("BY").columns)
    assert standing_sentence(rows, MINSK) == NOTHING
