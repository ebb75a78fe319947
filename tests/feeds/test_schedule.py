"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.feeds.schedule import next_poll
from sanctions_monitor.settings import Settings

NOW = datetime(2025, 12, 13, 6, tzinfo=UTC)
SETTINGS = Settings(poll_minutes=60, poll_minutes_official=15)


def pause(kind: str, failures: int, settings: Settings = SETTINGS) -> timedelta:
    return next_poll(kind, failures, NOW, settings) - NOW


@pytest.mark.parametrize("kind", ["news", "trade", "rights"])
def test_outlets_are_asked_at_the_usual_interval(kind: str) -> None:
    assert pause(kind, 0) == timedelta(minutes=60)


def test_official_bodies_are_asked_more_often() -> None:
    assert pause("official", 0) == timedelta(minutes=15)


@pytest.mark.parametrize(("failures", "hours"), [(1, 2), (2, 4), (3, 8), (4, 16)])
def test_every_failure_in_a_row_doubles_the_pause(failures: int, hours: int) -> None:
    assert pause("news", failures) == timedelta(hours=hours)


@pytest.mark.parametrize("failures", [5, 6, 1000])
def test_a_feed_that_fails_for_long_is_asked_once_a_day(failures: int) -> None:
    assert pause("news", failures) == timedelta(days=1)


def test_a_feed_that_is_asked_less_than_daily_keeps_its_interval_when_it_fails() -> None:
    weekly = Settings(poll_minutes=7 * 24 * 60)

    assert pause("news", 3, weekly) == timedelta(days=7)


@pytest.mark.parametrize("late", [timedelta(seconds=1), timedelta(seconds=40), timedelta(minutes=4)])
def test_a_run_every_quarter_of_an_hour_polls_official_feeds_every_time(late: timedelta) -> None:
    polled = NOW + late

    assert next_poll("official", 0, polled, SETTINGS) <= NOW + timedelta(minutes=15)


@given(seconds=st.integers(0, 3600), minutes=st.integers(1, 120))
def test_no_pause_is_much_shorter_than_its_interval(seconds: int, minutes: int) -> None:
    now, settings = NOW + timedelta(seconds=seconds), Settings(poll_minutes=minutes)

    assert next_poll("news", 0, now, settings) - now >= timedelta(minutes=minutes) * 2 / 3


@given(failures=st.integers(0, 10_000), minutes=st.integers(1, 100_000))
def test_the_pause_never_shrinks_with_more_failures(failures: int, minutes: int) -> None:
    settings = Settings(poll_minutes=minutes)

    assert pause("news", failures + 1, settings) >= pause("news", failures, settings) >= timedelta(minutes=1)
