"""How severe: a sum of points whose reasons add up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.alerts.severity import Facts, level, scheme, score

LEAST: dict[str, Any] = {
    "action": "ease",
    "goods_named": False,
    "world_share": None,
    "outlets": 2,
    "by_sender": False,
    "by_other": False,
}


def points(**facts: Any) -> int:
    return score(Facts(**(LEAST | facts)))[0]


@given(
    action=st.sampled_from(["impose", "extend", "ease", "enforce"]),
    goods_named=st.booleans(),
    world_share=st.none() | st.floats(0, 1),
    outlets=st.integers(1, 500),
    by_sender=st.booleans(),
    by_other=st.booleans(),
    status=st.sampled_from(["adopted", "proposed", "rejected"]),
    legal_act=st.none() | st.just("General License 13"),
    watched=st.sampled_from([(), ("target BY",), ("target BY", "sender US", "commodity potash")]),
)
def test_the_reasons_add_up_to_the_score(**facts: Any) -> None:
    total, reasons = score(Facts(**facts))

    assert total == sum(reason.points for reason in reasons)
    assert 0 <= total <= 100


def test_a_share_that_is_not_known_is_said_and_adds_nothing() -> None:
    total, reasons = score(Facts(**(LEAST | {"goods_named": True})))

    assert ("the target's world share is not known", 0) in [(each.reason, each.points) for each in reasons]
    assert total == points() + scheme().goods_named


def test_a_share_is_said_with_its_figure() -> None:
    _, reasons = score(Facts(**(LEAST | {"goods_named": True, "world_share": 0.123})))

    assert "12.3%" in " ".join(reason.reason for reason in reasons)


@pytest.mark.parametrize(("less", "more"), [(0.0, 0.03), (0.0299, 0.03), (0.0999, 0.1), (0.1999, 0.2)])
def test_a_larger_share_weighs_more(less: float, more: float) -> None:
    assert points(goods_named=True, world_share=less) < points(goods_named=True, world_share=more)


def test_a_change_weighs_more_than_the_same_for_longer() -> None:
    assert points(action="extend") < points(action="enforce") < points(action="impose") == points(action="ease")


def test_outlets_weigh_up_to_a_limit() -> None:
    assert points(outlets=2) < points(outlets=3) == points(outlets=300)


def test_one_outlet_alone_is_unsure_until_an_official_source_tells_it() -> None:
    total, reasons = score(Facts(**(LEAST | {"outlets": 1})))

    assert reasons[-1].reason == "one outlet alone, no official source"
    assert total < points(outlets=1, by_other=True) < points(outlets=2, by_sender=True)


def test_the_deciding_sides_own_word_weighs_more_than_anothers() -> None:
    assert points() < points(by_other=True) < points(by_sender=True)


@pytest.mark.parametrize(("total", "name"), [(100, "high"), (60, "high"), (59, "medium"), (40, "medium"), (39, "low")])
def test_levels_begin_at_their_least_score(total: int, name: str) -> None:
    assert level(total) == name
