"""Whose day is it, and which digests are due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.digests import bounds, due_days


def hours(day: date, zone: str) -> float:
    first, after = bounds(day, zone)
    return (after - first).total_seconds() / 3600


def test_a_day_in_utc_has_24_hours() -> None:
    assert bounds(date(2025, 12, 13), "UTC") == (
        datetime(2025, 12, 13, tzinfo=UTC),
        datetime(2025, 12, 14, tzinfo=UTC),
    )


def test_a_day_begins_at_the_zones_own_midnight() -> None:
    assert bounds(date(2025, 12, 13), "Europe/Minsk")[0] == datetime(2025, 12, 12, 21, tzinfo=UTC)


def test_the_day_of_summer_time_has_23_hours_and_that_of_its_end_25() -> None:
    assert hours(date(2025, 3, 30), "Europe/Warsaw") == 23
    assert hours(date(2025, 10, 26), "Europe/Warsaw") == 25


ZONES = ["UTC", "Europe/Warsaw", "America/Havana", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia"]


@given(day=st.dates(date(2000, 1, 1), date(2035, 1, 1)), zone=st.sampled_from(ZONES))
def test_days_join_without_gap_and_overlap(day: date, zone: str) -> None:
    assert bounds(day, zone)[1] == bounds(day + timedelta(days=1), zone)[0]


YESTERDAY = date(2025, 12, 13)


def due(hour: int, latest: date | None, zone: str = "UTC", at: int = 6) -> list[date]:
    return due_days(datetime(2025, 12, 14, hour, tzinfo=UTC), zone, at, latest)


def test_a_new_subscriber_begins_with_yesterday() -> None:
    assert due(6, None) == [YESTERDAY]


def test_before_the_hour_yesterday_is_not_due() -> None:
    assert due(5, date(2025, 12, 12)) == []


def test_before_the_hour_a_new_subscriber_gets_the_day_before() -> None:
    assert due(5, None) == [date(2025, 12, 12)]


def test_what_was_taken_care_of_is_not_due_again() -> None:
    assert due(6, YESTERDAY) == []


def test_a_day_from_the_future_makes_nothing_due() -> None:
    assert due(6, date(2026, 1, 1)) == []


def test_after_an_outage_the_missed_days_follow_oldest_first() -> None:
    assert due(6, date(2025, 12, 10)) == [date(2025, 12, 11), date(2025, 12, 12), YESTERDAY]


def test_after_a_long_outage_a_week_is_sent() -> None:
    late = due(6, date(2025, 10, 1))

    assert (len(late), late[-1]) == (7, YESTERDAY)


def test_the_hour_is_that_of_the_subscribers_zone() -> None:
    assert due(5, None, "Europe/Warsaw") == [YESTERDAY]
    assert due(4, date(2025, 12, 12), "Europe/Warsaw") == []


@pytest.mark.parametrize("day", [date(2025, 3, 30), date(2025, 10, 26)])
def test_an_hour_that_the_clock_leaps_over_or_repeats_sends_once(day: date) -> None:
    latest, sent = day - timedelta(days=2), []
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=3)
    for step in range(30):
        for each in due_days(start + timedelta(hours=step), "Europe/Warsaw", 2, latest):
            sent.append(each)
            latest = each

    assert sent == [day - timedelta(days=1), day][: len(sent)]
    assert day - timedelta(days=1) in sent
