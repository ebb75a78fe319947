"""What stood on a day: each date is answered as it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_monitor.measures import STANDING, as_of, from_files
from sanctions_monitor.measures.renewals import next_renewal

LEDGER = from_files()


def naming(on: date, **asked: Any) -> pd.DataFrame:
    """Of what covers the goods only what names them."""
    rows = as_of(LEDGER, on, **asked)
    return rows[rows["covers"] == "named"]


def potash_of(sender: str, on: date) -> list[tuple[str, bool]]:
    rows = naming(on, target="BY", sender=sender, goods=["potash"])
    return list(zip(rows["status"], rows["pending"], strict=True))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2021, 8, 8), []),
        (date(2021, 8, 9), [("in_force", False)]),
        (date(2025, 12, 12), [("in_force", False)]),
        (date(2025, 12, 13), [("in_force", False), ("eased", True)]),
        (date(2025, 12, 14), [("in_force", False), ("eased", True)]),
        (date(2025, 12, 15), [("eased", False)]),
    ],
)
def test_us_potash_measures_stood_from_2021_until_december_2025(on: date, expected: list[tuple[str, bool]]):
    assert potash_of("US", on) == expected


def test_the_easing_says_when_it_was_announced_and_when_it_began():
    (row,) = naming(date(2025, 12, 16), target="BY", sender="US", goods=["potash"]).to_dict("records")
    assert (row["announced"], row["effective"]) == (pd.Timestamp(2025, 12, 13), pd.Timestamp(2025, 12, 15))
    assert "General License 13" in row["legal_act"]


def statuses(sender: str, target: str, goods: str, *days: date) -> list[list[str]]:
    found = (naming(day, sender=sender, target=target, goods=[goods]) for day in days)
    return [sorted(set(rows.loc[~rows["pending"], "status"])) for rows in found]


def test_syrian_oil_of_the_eu_was_suspended_and_then_ended():
    days = [date(2025, 2, 24), date(2025, 2, 25), date(2025, 5, 27), date(2025, 5, 28)]
    assert statuses("EU", "SY", "crude_oil", *days) == [["in_force"], ["suspended"], ["suspended"], []]


def test_iranian_oil_of_the_eu_came_back_with_the_snapback():
    days = [date(2015, 6, 1), date(2016, 1, 16), date(2025, 9, 29), date(2025, 9, 30)]
    assert statuses("EU", "IR", "crude_oil", *days) == [["in_force"], [], [], ["in_force"]]


def test_venezuelan_oil_of_the_us_was_eased_twice():
    days = [date(2022, 11, 25), date(2022, 11, 26), date(2025, 5, 27), date(2026, 1, 29)]
    assert statuses("US", "VE", "crude_oil", *days) == [["in_force"], ["eased"], ["in_force"], ["eased"]]


def test_ended_measures_are_there_for_whoever_asks():
    asked = {"target": "SY", "sender": "US", "goods": ["crude_oil"]}
    assert naming(date(2025, 7, 1), **asked).empty
    assert set(naming(date(2025, 7, 1), **asked, statuses=["ended"])["cited_as"]) == {"EO 14312"}


def test_a_suspension_whose_day_is_over_is_in_force_again_and_to_be_reviewed():
    asked = {"target": "US", "sender": "CN", "goods": ["gallium"]}
    (before,) = naming(date(2026, 11, 27), **asked).to_dict("records")
    (after,) = naming(date(2026, 11, 28), **asked).to_dict("records")
    assert (before["status"], before["end"]) == ("suspended", pd.Timestamp(2026, 11, 27))
    assert after["status"] == "in_force"
    assert after["to_review"] == "suspended until 2026-11-27; nothing newer was seen"


def test_without_a_known_end_the_next_usual_renewal_is_given_as_a_review():
    (row,) = naming(date(2025, 12, 14), target="BY", sender="EU", goods=["potash"]).to_dict("records")
    assert (row["end"], row["end_kind"]) == (pd.Timestamp(2026, 2, 28), "review")


def test_wider_and_narrower_goods_and_trade_as_such_are_in_the_answer_and_marked():
    def ways(*goods: str, target: str = "BY", sender: str | None = None) -> set[tuple[str, str, str]]:
        rows = as_of(LEDGER, date(2025, 12, 12), target=target, sender=sender, goods=goods).fillna({"commodity": ""})
        return set(rows[["sender", "commodity", "covers"]].itertuples(index=False, name=None))

    assert {("EU", "potash", "named"), ("EU", "fertilizer", "wider"), ("UA", "", "no goods named")} <= ways("potash")
    assert {("EU", "fertilizer", "named"), ("EU", "potash", "narrower")} <= ways("fertilizer")
    assert ("EU", "potash", "named") in ways("fertilizer", "potash")
    assert ways("potash", target="CU", sender="US") == {("US", "", "no goods named")}
    assert ("EU", "fertilizer", "wider") not in ways("wheat")


def test_what_names_the_goods_comes_first():
    covers = as_of(LEDGER, date(2025, 12, 12), target="BY", goods=["potash"])["covers"].tolist()
    assert covers == sorted(covers, key=["named", "wider", "narrower", "no goods named"].index)
    assert as_of(LEDGER, date(2025, 12, 12), target="BY")["covers"].isna().all()


def test_a_freeze_of_persons_is_no_ban_on_goods():
    rows = as_of(LEDGER, date(2025, 12, 12), target="BY", goods=["potash"])
    assert set(rows.loc[rows["commodity"].isna(), "instrument"]) == {"trade"}


def test_a_regime_by_theme_has_no_target():
    rows = as_of(LEDGER, date(2026, 1, 1), sender="EU")
    assert "cyber" in set(rows.loc[rows["target"].isna(), "theme"])


@settings(deadline=None)
@given(
    on=st.dates(date(1960, 1, 1), date(2035, 1, 1)),
    target=st.sampled_from(sorted(set(LEDGER["target"].dropna()))),
)
def test_of_each_entry_one_step_stands_at_most(on: date, target: str):
    rows = as_of(LEDGER, on, target=target)
    assert set(rows["status"]) <= set(STANDING)
    assert (rows["announced"] <= pd.Timestamp(on)).all()
    assert not rows[~rows["pending"]].duplicated("entry_id").any()
    assert (rows.loc[rows["pending"], "effective"] > pd.Timestamp(on)).all()


@settings(deadline=None)
@given(after=st.dates(date(1990, 1, 1), date(2090, 1, 1)), days=st.sampled_from(["02-28", "01-31 and 07-31", "02-29"]))
def test_the_next_renewal_is_within_a_year(after: date, days: str):
    assert after <= next_renewal(days, after) <= after + timedelta(days=366)
