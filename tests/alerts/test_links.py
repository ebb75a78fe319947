"""Which acts belong together, and within how many days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sanctions_monitor.alerts.links import Act, links

NOW = datetime(2025, 12, 13, 12, 0, tzinfo=UTC)


def act(name: str, days: float = 0, **facts: Any) -> Act:
    """An act, first told so many days before the 13th."""
    told = {
        "family": "sanctions",
        "action": "ease",
        "status": "adopted",
        "senders": ("US",),
        "targets": ("BY",),
        "commodities": ("potash",),
        "instruments": ("trade",),
        "dated_at": NOW - timedelta(days=days),
        "headline": f"headline of {name}",
    }
    return Act(story_id=name, **(told | facts))


EASING = act("easing")


def kinds(one: Act, *others: Act) -> list[str]:
    return [link.kind for link in links(one, others)]


def test_a_release_by_the_target_on_the_same_day_is_a_possible_quid_pro_quo():
    release = act("r", family="diplomacy", action="release", senders=("BY",), targets=(), commodities=())
    (link,) = links(EASING, [release])
    assert link.kind == "quid_pro_quo"
    assert link.note == "Possible quid pro quo: headline of r, on the same day."


@pytest.mark.parametrize(("days", "found"), [(14, True), (14.1, False), (-14, True), (-14.1, False)])
def test_a_release_counts_for_fourteen_days_before_and_after(days: float, found: bool):
    release = act("r", days, family="diplomacy", action="release", senders=("BY",), targets=("US",), commodities=())
    assert bool(kinds(EASING, release)) is found


def test_talks_count_for_the_same_pair_only():
    talks = {"family": "diplomacy", "action": "talks", "commodities": ()}
    assert kinds(EASING, act("t", 1, senders=("BY",), targets=("US",), **talks)) == ["quid_pro_quo"]
    assert kinds(EASING, act("t", 1, senders=("BY",), targets=("CN",), **talks)) == []


def test_a_new_restriction_is_no_quid_pro_quo():
    release = act("r", family="diplomacy", action="release", senders=("BY",), targets=(), commodities=())
    assert kinds(act("x", action="impose"), release) == []


def test_a_proposal_that_is_adopted():
    proposal = act("p", 40, status="proposed", commodities=())
    (link,) = links(EASING, [proposal])
    assert (link.kind, link.days) == ("adopts", 40)
    assert link.note == "It was proposed 40 days before: headline of p."


def test_a_proposal_of_other_goods_or_of_another_action_is_none():
    assert kinds(EASING, act("p", 4, status="proposed", commodities=("gold",))) == []
    assert kinds(EASING, act("p", 4, status="proposed", action="impose")) == []


@pytest.mark.parametrize(("days", "found"), [(90, ["reverses"]), (90.1, []), (-1, [])])
def test_a_reversal_within_ninety_days(days: float, found: list[str]):
    assert kinds(EASING, act("i", days, action="impose")) == found


def test_a_reversal_is_of_the_same_goods():
    assert kinds(EASING, act("i", 5, action="impose", commodities=("gold",))) == []
    assert kinds(EASING, act("i", 5, action="impose", commodities=())) == []


@pytest.mark.parametrize(("days", "found"), [(30, ["retaliates"]), (30.1, [])])
def test_a_retaliation_within_thirty_days(days: float, found: list[str]):
    answer = act("a", action="impose", senders=("CN",), targets=("US",), commodities=("gallium",))
    assert kinds(answer, act("i", days, action="impose", senders=("US",), targets=("CN",))) == found


def test_a_retaliation_is_worded_as_a_possibility():
    answer = act("a", action="impose", senders=("CN",), targets=("US",))
    (link,) = links(answer, [act("i", 1, action="impose", senders=("US",), targets=("CN",))])
    assert link.note == "It may answer what came 1 day before: headline of i."


def test_an_act_is_not_linked_with_itself():
    assert kinds(EASING, EASING) == []
