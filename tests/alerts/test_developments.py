"""What came after the first report: each outlet, official word and legal act once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.alerts.developments import developments, lead_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.alerts import Report

    Tell = Callable[..., Report]


def steps(*reports: Report) -> list[tuple[str, str]]:
    return [(step.kind, step.note) for step in developments(reports, reports)]


def test_the_first_report_is_no_development(tell: Tell) -> None:
    assert steps(tell("Post")) == []


def test_one_more_outlet(tell: Tell) -> None:
    assert steps(tell("Post"), tell("Gazette", 30)) == [("outlet", "Gazette reports it too")]


def test_an_official_word_says_how_long_it_came_after_the_first_report(tell: Tell) -> None:
    official = tell("OFAC", 45, outlet_kind="official")

    assert steps(tell("Post"), official) == [("official", "OFAC tells it itself, 45 min after the first report")]


def test_a_legal_act_is_named_with_its_lead_time(tell: Tell) -> None:
    act = tell("OFAC", 2 * 24 * 60, outlet_kind="official", legal_act="General License 13")

    assert steps(tell("Post"), act) == [("legal_act", "OFAC: General License 13, 2 d after the first report")]


def test_a_legal_act_that_the_first_report_names_is_no_development(tell: Tell) -> None:
    reports = [tell("Post", legal_act="General License 13"), tell("Post", 30, legal_act="General License 13")]

    assert steps(*reports) == []


def test_an_outlet_is_new_once(tell: Tell) -> None:
    assert len(steps(tell("Post"), tell("Gazette", 30), tell("Gazette", 60), tell("Post", 90))) == 1


def test_a_copy_is_no_development(tell: Tell) -> None:
    first, copy = tell("Post"), tell("Gazette", 30)

    assert developments([first, copy], [first]) == ()


def test_they_stand_in_the_order_of_time_whatever_order_they_came_in(tell: Tell) -> None:
    reports = [tell("C", 60), tell("A"), tell("B", 30)]

    assert [note for _, note in steps(*reports)] == ["B reports it too", "C reports it too"]


WAITS = [
    (timedelta(0), "less than a minute"),
    (timedelta(seconds=59), "less than a minute"),
    (timedelta(minutes=1), "1 min"),
    (timedelta(hours=3, minutes=5), "3 h 5 min"),
    (timedelta(days=2, hours=3, minutes=5), "2 d 3 h"),
    (timedelta(days=2, minutes=5), "2 d 5 min"),
]


@pytest.mark.parametrize(("wait", "text"), WAITS)
def test_a_duration_is_told_in_its_two_largest_units(wait: timedelta, text: str) -> None:
    assert lead_time(wait) == text
