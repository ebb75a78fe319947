"""What still stands when one sender has moved, and how sure that is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.measures import from_files, standing, standing_sentence
from sanctions_monitor.measures.sentences import NOTHING

LEDGER = from_files()
MINSK = date(2025, 12, 13)


def stands(target: str, *goods: str, without: str | None = None, on: date = MINSK) -> pd.DataFrame:
    return standing(LEDGER, on=on, target=target, commodities=goods, without_sender=without)


def test_potash_of_belarus_without_the_us():
    rows = stands("BY", "potash", without="US")
    assert list(zip(rows["sender"], rows["confirmed"], strict=True)) == [
        ("EU", True),
        ("GB", True),
        ("CA", False),
        ("CH", False),
    ]


def test_potash_of_belarus_as_a_sentence():
    assert standing_sentence(stands("BY", "potash", without="US")) == (
        "Still in force on Belarus potash: EU (Decision 2012/642/CFSP), UK (SI 2019/600); "
        "unconfirmed: Canada, Switzerland. As listed in March 2026."
    )


def test_without_goods_every_measure_counts():
    assert "UA" in set(stands("BY")["sender"])
    assert "UA" not in set(stands("BY", "potash")["sender"])


def test_a_measure_begins_with_its_start_date():
    assert "GB" not in set(stands("BY", "potash", on=date(2020, 12, 30))["sender"])
    assert "GB" in set(stands("BY", "potash", on=date(2020, 12, 31))["sender"])


def test_ended_measures_are_left_out():
    assert "US-ZW-1" not in set(stands("ZW")["measure_id"])


def test_an_eased_regime_is_not_called_in_force():
    said = standing_sentence(stands("BY", "potash"))
    assert "eased in part: US (EO 13405)" in said
    assert "in force on Belarus potash: EU (Decision 2012/642/CFSP), UK (SI 2019/600);" in said


def test_a_regime_against_several_states_counts_for_each():
    for target in ("IR", "RU", "KP"):
        assert "US-IR-RU-KP-1" in set(stands(target)["measure_id"])


def test_a_body_counts_once_in_the_sentence_with_its_widest_regime():
    rows = stands("RU", without="US")
    assert (rows["sender"] == "EU").sum() > 1
    assert "EU (Decision 2014/512/CFSP and " in standing_sentence(rows)
    assert standing_sentence(rows).count("EU (") == 1


def test_a_sender_that_is_confirmed_is_not_told_again_as_unconfirmed():
    assert standing_sentence(stands("CN")).count("US") == 1


def test_a_status_that_nobody_knows_is_told_as_unconfirmed():
    assert standing_sentence(stands("LT")) == "Unconfirmed on Lithuania: China. As listed in March 2026."


def test_nothing_known_says_so():
    assert standing_sentence(stands("FR", "potash")) == NOTHING


@pytest.mark.parametrize("column", ["legal_act", "cited_as", "regime", "checked"])
def test_every_measure_names_its_act(column: str):
    assert LEDGER[column].notna().all()


@given(
    target=st.sampled_from(sorted(set(LEDGER["targets"].explode().dropna()))),
    without=st.sampled_from([None, "US", "EU", "GB"]),
    on=st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1)),
)
def test_what_stands_began_before_is_not_ended_and_is_of_other_senders(target: str, without: str | None, on: date):
    rows = stands(target, without=without, on=on)
    assert (rows["start_date"] <= pd.Timestamp(on)).all()
    assert "ended" not in set(rows["status"])
    assert without not in set(rows["sender"])
    assert not rows.duplicated(["measure_id", "sender"]).any()
    assert standing_sentence(rows).endswith(".")


def test_an_empty_ledger_says_that_it_holds_nothing():
    rows = standing(LEDGER.iloc[:0], on=MINSK, target="BY", commodities=["potash"], without_sender="US")
    assert list(rows.columns) == list(stands("BY").columns)
    assert standing_sentence(rows) == NOTHING
