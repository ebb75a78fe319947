"""How adopted alerts change the ledger: only what their words cover, and a mark where they leave it open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_monitor.measures import Change, as_of, baseline, fold

BASELINE = baseline()
BEFORE = BASELINE[BASELINE["announced"] < pd.Timestamp(2025, 12, 1)]
"""The baseline as somebody had it who knew nothing of December 2025 and later."""
DAY = date(2026, 4, 20)
COVERS = {"fertilizer": frozenset({"potash"})}


def change(action: str, sender: str, target: str, **facts: Any) -> Change:
    told = {
        "alert_id": "a1",
        "senders": (sender,),
        "targets": (target,),
        "commodities": (),
        "instruments": (),
        "announced": DAY,
        "effective": DAY,
    }
    return Change(action=action, **(told | facts))  # type: ignore[arg-type]


def steps(*changes: Change, since: pd.DataFrame = BASELINE) -> list[dict[str, Any]]:
    """The steps that the changes made or touched."""
    ledger = fold(since, changes, COVERS)
    return ledger[ledger["alert_id"].notna()].astype(object).where(ledger.notna(), None).to_dict("records")


def told(*changes: Change, since: pd.DataFrame = BASELINE) -> list[tuple[str, str, str | None]]:
    rows = steps(*changes, since=since)
    return sorted((row["entry_id"].split("/", 1)[1], row["change"], row["to_review"]) for row in rows)


POTASH = change(
    "ease",
    "US",
    "BY",
    commodities=("potash",),
    instruments=("trade",),
    announced=date(2025, 12, 13),
    effective=date(2025, 12, 15),
    legal_act="General License 13",
    confirmed=True,
)


def test_an_easing_by_licence_narrows_the_entry_of_these_goods_and_no_other():
    (row,) = steps(POTASH, since=BEFORE)
    assert (row["entry_id"], row["status"]) == ("US-BY-1/US-BY/asset_freeze/potash", "eased")
    assert (row["announced"], row["effective"]) == (pd.Timestamp(2025, 12, 13), pd.Timestamp(2025, 12, 15))
    assert (row["legal_act"], row["confirmed"], row["to_review"]) == ("General License 13", True, None)


def test_an_act_that_the_baseline_has_is_noted_with_it_and_not_told_twice():
    (row,) = steps(POTASH)
    assert (row["change"], row["step"], row["alert_id"]) == ("baseline", 2, "a1")
    assert len(fold(BASELINE, [POTASH])) == len(fold(BASELINE, []))


def test_an_official_report_confirms_a_step_from_memory():
    of_memory = change("ease", "US", "BR", instruments=("asset_freeze",), announced=date(2025, 12, 12))
    rows = steps(Change(**{name: getattr(of_memory, name) for name in Change.__slots__} | {"confirmed": True}))
    assert [(row["status"], row["confirmed"]) for row in rows] == [("ended", True)]


def test_an_easing_that_does_not_say_how_far_it_goes_is_marked():
    act = change("ease", "CA", "BY", commodities=("potash",), words="Canada lifted its ban on Belarusian potash.")
    assert told(act) == [
        ("CA-BY/trade/potash", "eased", "eased; whether something of it stays was not told"),
    ]


def test_words_inside_of_other_words_say_nothing():
    act = change("ease", "CA", "BY", commodities=("potash",), words="Belarus releases prisoners, potash is disallowed.")
    assert told(act) == [("CA-BY/trade/potash", "eased", "eased; whether something of it stays was not told")]


def test_the_end_of_all_sanctions_ends_every_entry_of_the_sender():
    act = change("ease", "CA", "NI", words="Canada repealed its regulations on Nicaragua, ending all sanctions.")
    assert told(act) == [("CA-NI/asset_freeze/all", "ended", None)]


def test_delisted_persons_narrow_the_freeze_and_leave_it_in_force():
    act = change("ease", "EU", "BY", instruments=("asset_freeze",), entities=("A. Person",))
    (row,) = steps(act)
    assert (row["change"], row["status"], row["note"]) == ("narrowed", "in_force", "Taken off: A. Person")


def test_of_several_regimes_it_is_not_guessed_which_persons_were_taken_off():
    rows = steps(change("ease", "US", "RU", instruments=("asset_freeze",), entities=("A. Person",)))
    assert len({row["regime_id"] for row in rows}) > 1
    assert {(row["change"], row["status"], row["to_review"]) for row in rows} == {
        ("reviewed", "in_force", "taken off: A. Person; of which of the sender's regimes was not told")
    }


def test_an_easing_that_names_a_firm_leaves_everything_but_the_lists_alone():
    act = change(
        "ease", "US", "RU", words="Buyers of Lukoil's foreign units have until 17 January.", entities=("Lukoil",)
    )
    rows = steps(act)
    assert {row["instrument"] for row in rows} <= {"asset_freeze", "travel_ban"}
    assert all(row["commodity"] is None or row["commodity"] != row["commodity"] for row in rows)
    assert {row["to_review"] for row in rows} == {
        "an easing was decided that names Lukoil; how far it goes was not told"
    }
    assert {row["status"] for row in rows} == {"in_force"}


def test_the_end_of_a_programme_ends_none_of_several_but_all_sanctions_ends_each():
    one = steps(change("ease", "US", "RU", words="Washington terminates the sanctions programme."))
    assert {row["change"] for row in one} == {"reviewed"}
    assert {row["to_review"] for row in one} == {"an end was decided; of which of the sender's regimes was not told"}
    every = steps(change("ease", "US", "RU", words="Washington lifts all sanctions."))
    assert {row["status"] for row in every} == {"ended"}


def test_a_licence_for_a_means_that_several_regimes_have_is_not_guessed():
    rows = steps(change("ease", "US", "RU", instruments=("asset_freeze",), legal_act="General License 1"))
    assert {row["change"] for row in rows} == {"reviewed"}


def test_the_last_day_of_an_easing_that_no_entry_can_take_is_in_the_calendar():
    from sanctions_monitor.measures import ending

    act = change("ease", "US", "RU", words="Buyers of Lukoil have more time.", entities=("Lukoil",), expires=DAY)
    other = change("ease", "US", "RU", alert_id="b", words="Relief.", expires=DAY + timedelta(days=9))
    rows = ending(fold(BASELINE, [act, other]), DAY, 10)
    found = rows[(rows["sender"] == "US") & (rows["target"] == "RU") & (rows["kind"] == "ends")]
    assert found["end"].tolist() == [pd.Timestamp(DAY), pd.Timestamp(DAY) + pd.Timedelta(days=9)]
    assert set(found["status"]) == {"eased"}


def test_firms_listed_for_moving_goods_leave_open_whether_the_goods_are_banned():
    act = change("impose", "US", "PA", commodities=("crude_oil",), instruments=("asset_freeze", "trade"))
    assert told(act) == [
        ("US-PA/asset_freeze/crude_oil", "opened", None),
        (
            "US-PA/trade/crude_oil",
            "opened",
            "whether trade in the goods is restricted, or dealings with those listed alone, was not told",
        ),
    ]


def test_an_easing_of_nothing_in_particular_changes_nothing_and_is_marked():
    rows = steps(change("ease", "GB", "BY", words="London eases its stance."))
    assert {row["change"] for row in rows} == {"reviewed"}
    assert {row["to_review"] for row in rows} == {"an easing was decided; whether it covers this was not told"}
    assert len(rows) > 5


def test_a_suspension_with_its_last_day_is_over_the_day_after():
    act = change(
        "ease", "EU", "BY", commodities=("potash",), words="The EU suspended its ban.", expires=date(2026, 10, 31)
    )
    ledger = fold(BASELINE, [act])
    found = [as_of(ledger, day, target="BY", sender="EU", goods=["potash"]) for day in (DAY, date(2026, 11, 1))]
    assert [set(rows.loc[rows["covers"] == "named", "status"]) for rows in found] == [{"suspended"}, {"in_force"}]


def test_easing_a_part_of_wider_goods_marks_the_wider_measure():
    wide = BASELINE[(BASELINE["commodity"] == "fertilizer") & (BASELINE["sender"] == "EU")]
    act = change("ease", "EU", "RU", commodities=("potash",), legal_act="General License 1")
    rows = steps(act, since=wide)
    assert [(row["change"], row["to_review"]) for row in rows] == [
        ("reviewed", "its part potash was eased; the rest was not told")
    ]


def test_easing_what_the_ledger_does_not_hold_opens_a_marked_entry():
    assert told(change("ease", "JP", "BY", commodities=("potash",), instruments=("trade",))) == [
        ("JP-BY/trade/potash", "eased", "it was eased, but the ledger had no such measure")
    ]


def test_imposing_opens_an_entry():
    act = change("impose", "JP", "BY", commodities=("potash",), instruments=("trade",), legal_act="Notice 7")
    (row,) = steps(act)
    assert (row["change"], row["status"], row["legal_act"]) == ("opened", "in_force", "Notice 7")
    assert row["effective"] == pd.Timestamp(DAY)


def test_imposing_on_a_measure_that_stands_widens_it():
    (row,) = steps(change("impose", "GB", "SD", instruments=("asset_freeze",)))
    assert (row["entry_id"], row["change"], row["status"]) == ("GB-SD-1/GB-SD/asset_freeze/all", "widened", "in_force")


def test_imposing_on_an_eased_measure_brings_it_back():
    act = change("impose", "US", "BY", commodities=("potash",), instruments=("asset_freeze",))
    ledger = fold(BASELINE, [act])
    assert list(as_of(ledger, DAY, target="BY", sender="US", goods=["potash"])["status"]) == ["in_force"]


def test_which_of_several_regimes_is_widened_is_not_guessed():
    assert told(change("impose", "EU", "RU", instruments=("asset_freeze",))) == [
        ("EU-RU/asset_freeze/all", "opened", "which of the sender's regimes it widens was not told")
    ]


def test_the_legal_act_says_which_regime_is_widened():
    act = change("impose", "EU", "RU", instruments=("asset_freeze",), legal_act="Decision (CFSP) 2024/2643")
    (row,) = steps(act)
    assert row["entry_id"] == "EU-RU-3/EU-RU/asset_freeze/all"


def test_an_extension_moves_the_last_day_of_the_regime_that_renews_on_it():
    act = change(
        "extend", "EU", "RU", announced=date(2025, 12, 22), effective=date(2025, 12, 22), expires=date(2026, 7, 31)
    )
    rows = steps(act)
    assert {row["regime_id"] for row in rows} == {"EU-RU-1"}
    assert {row["ends"] for row in rows} == {pd.Timestamp(2026, 7, 31)}
    ledger = fold(BASELINE, [act])
    oil = {
        day: as_of(ledger, day, target="RU", sender="EU", goods=["crude_oil"])["end"].iloc[0]
        for day in (date(2025, 12, 21), date(2025, 12, 22))
    }
    assert list(oil.values()) == [pd.Timestamp(2026, 1, 31), pd.Timestamp(2026, 7, 31)]


def test_an_extension_without_a_day_is_marked():
    rows = steps(change("extend", "UN", "SS"))
    assert {(row["change"], row["to_review"]) for row in rows} == {
        ("extended", "it was extended; until when was not told")
    }


def test_an_extension_of_one_of_several_regimes_is_not_guessed():
    rows = steps(change("extend", "EU", "RU"))
    assert {row["change"] for row in rows} == {"reviewed"}


def test_a_licence_in_expiry_is_seen_by_the_calendar():
    from sanctions_monitor.measures import ending

    act = change(
        "ease", "US", "RU", commodities=("crude_oil",), legal_act="General License 128B", expires=date(2026, 4, 29)
    )
    soon = ending(fold(BASELINE, [act]), DAY, 30)
    assert ("US", "RU", "eased", "ends") in set(
        zip(soon["sender"], soon["target"], soon["status"], soon["kind"], strict=True)
    )


@pytest.mark.parametrize("facts", [{"action": "enforce"}, {"senders": ()}, {"targets": ()}])
def test_what_has_no_place_in_the_ledger_leaves_it_as_it_was(facts: dict[str, Any]):
    act = change("impose", "US", "BY", instruments=("trade",))
    made = Change(**{name: getattr(act, name) for name in Change.__slots__} | facts)
    pd.testing.assert_frame_equal(fold(BASELINE, [made]), fold(BASELINE, []))


ACTS = st.builds(
    Change,
    alert_id=st.uuids().map(str),
    action=st.sampled_from(["impose", "extend", "ease", "enforce"]),
    senders=st.lists(st.sampled_from(["US", "EU", "GB"]), max_size=2, unique=True).map(tuple),
    targets=st.lists(st.sampled_from(["BY", "RU", "SY"]), max_size=2, unique=True).map(tuple),
    commodities=st.lists(st.sampled_from(["potash", "crude_oil", "gold"]), max_size=2, unique=True).map(tuple),
    instruments=st.lists(st.sampled_from(["trade", "asset_freeze"]), max_size=2, unique=True).map(tuple),
    announced=st.dates(date(2020, 1, 1), date(2026, 6, 1)),
    effective=st.dates(date(2026, 6, 1), date(2026, 8, 1)),
    words=st.sampled_from(["", "suspended", "all sanctions", "a licence"]),
)
SMALL = BASELINE[BASELINE["sender"].isin(["US", "EU", "GB"]) & BASELINE["target"].isin(["BY", "RU", "SY"])]


@settings(max_examples=25, deadline=None)
@given(acts=st.lists(ACTS, max_size=6, unique_by=lambda act: act.alert_id), order=st.randoms(use_true_random=False))
def test_the_ledger_is_the_same_for_any_order_of_the_alerts(acts: list[Change], order: Any):
    before = fold(SMALL, acts, COVERS)
    order.shuffle(acts)
    pd.testing.assert_frame_equal(fold(SMALL, acts, COVERS), before)


@settings(max_examples=25, deadline=None)
@given(acts=st.lists(ACTS, max_size=6, unique_by=lambda act: act.alert_id))
def test_steps_follow_each_other_in_time_and_none_of_the_baseline_is_lost(acts: list[Change]):
    ledger = fold(SMALL, acts, COVERS)
    ordered = ledger.sort_values(["entry_id", "step"])
    gap = ordered.groupby("entry_id")["effective"].diff().dropna()
    assert (gap >= pd.Timedelta(0)).all()
    following = ordered.groupby("entry_id")["effective"].shift(-1)
    assert ((ordered["superseded"] == following) | (ordered["superseded"].isna() & following.isna())).all()
    assert (ledger["change"] == "baseline").sum() == len(SMALL)
