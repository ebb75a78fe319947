"""When an act was announced, is effective and expires."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sanctions_monitor.alerts.confirming import confirmation
from sanctions_monitor.alerts.dating import days_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.alerts import Report

    Tell = Callable[..., Report]

DAY = 24 * 60


def days(*reports: Report) -> tuple[date, date, date | None]:
    return tuple(days_of(reports, reports))


def test_without_any_day_it_is_that_of_the_first_report(tell: Tell) -> None:
    assert days(tell("Post"), tell("Gazette", DAY)) == (date(2025, 12, 13), date(2025, 12, 13), None)


def test_the_first_report_that_names_the_legal_act_makes_it_effective(tell: Tell) -> None:
    licence = tell("OFAC", 2 * DAY, legal_act="General License 13")

    assert days(tell("Post"), licence)[:2] == (date(2025, 12, 13), date(2025, 12, 15))


def test_days_that_the_reports_name_win(tell: Tell) -> None:
    told = tell("Post", announced=date(2025, 12, 12), effective=date(2026, 1, 1), expires=date(2026, 2, 28))

    assert days(told) == (date(2025, 12, 12), date(2026, 1, 1), date(2026, 2, 28))


def test_a_day_long_before_is_that_of_another_act(tell: Tell) -> None:
    assert days(tell("Post", announced=date(2021, 8, 9)))[0] == date(2025, 12, 13)


def test_nothing_is_effective_before_it_is_announced_or_over_before_it_began(tell: Tell) -> None:
    told = tell("Post", effective=date(2025, 1, 1), expires=date(2025, 2, 1))

    assert days(told) == (date(2025, 12, 13), date(2025, 12, 13), None)


def test_the_deciding_sides_first_word_confirms_with_its_lead_time_in_minutes(tell: Tell) -> None:
    reports = [
        tell("Post"),
        tell("President of Belarus", 70, outlet_kind="official", outlet_country="BY"),
        tell("OFAC", 3345, outlet_kind="official", outlet_country="US"),
    ]

    found = confirmation(reports, ("US",))

    assert found is not None
    assert (found.outlet, found.lead_minutes) == ("OFAC", 3345)
    assert confirmation(reports[:2], ("US",)) is None
