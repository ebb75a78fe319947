"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.feeds.document_wishes import Wishes
from sanctions_monitor.feeds.schedule import (
    JITTER,
    LONGEST_PAUSE,
    Ask,
    Rhythm,
    after_good_poll,
    interval,
    leave_out,
    next_poll,
    publishing_rate,
)
from sanctions_monitor.settings import Settings

# a Monday
NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
SETTINGS = Settings(poll_minutes=60, poll_minutes_official=15, poll_minutes_quiet=120)
HOUR = timedelta(hours=1)


def pause(
    kind: str = "news", failures: int = 0, settings: Settings = SETTINGS, rhythm: Rhythm | None = None, **ask: Any
) -> timedelta:
    asked = Ask(**({"asked_at": NOW} | ask))
    return next_poll("post", kind, rhythm or Rhythm(), failures, asked, NOW, settings) - NOW


def about(span: timedelta) -> Any:
    """A little less than a time span: feeds come early, and never late."""
    return pytest.approx(span * (1 - JITTER / 2), abs=span * JITTER / 2)


def rhythm(items_per_hour: float, polls: int = 100) -> Rhythm:
    """A feed that has been watched for long, and brings so much."""
    return Rhythm(polls, NOW - timedelta(days=60), items_per_hour)


@pytest.mark.parametrize("kind", ["news", "trade", "rights"])
def test_outlets_are_asked_at_the_usual_interval(kind: str) -> None:
    assert pause(kind) == about(HOUR)


def test_official_bodies_are_asked_more_often() -> None:
    assert pause("official") == about(HOUR / 4)


def test_feeds_come_early_each_in_its_own_measure_and_never_late() -> None:
    asked = Ask(NOW)
    times = [next_poll(f"feed{n}", "news", Rhythm(), 0, asked, NOW, SETTINGS) - NOW for n in range(50)]

    assert len(set(times)) == 50
    assert all(HOUR * (1 - JITTER) <= each <= HOUR for each in times)


def test_the_interval_counts_from_the_start_of_the_run() -> None:
    # a feed that is asked late in a run would else be passed over by the next
    assert pause(asked_at=NOW + timedelta(minutes=5)) <= HOUR


@pytest.mark.parametrize(("failures", "hours"), [(1, 2), (2, 4), (3, 8), (4, 16)])
def test_every_failure_in_a_row_doubles_the_pause(failures: int, hours: int) -> None:
    assert pause(failures=failures) == about(hours * HOUR)


@pytest.mark.parametrize("failures", [5, 6, 1000])
def test_a_feed_that_fails_for_long_is_asked_once_a_day(failures: int) -> None:
    assert pause(failures=failures) == about(timedelta(days=1))


def test_a_feed_that_is_asked_less_than_daily_keeps_its_interval_when_it_fails() -> None:
    weekly = Settings(poll_minutes=7 * 24 * 60)

    assert pause(failures=3, settings=weekly) == about(timedelta(days=7))


@given(failures=st.integers(0, 10_000), minutes=st.integers(1, 100_000))
def test_the_pause_never_shrinks_with_more_failures_but_for_coming_early(failures: int, minutes: int) -> None:
    settings = Settings(poll_minutes=minutes)

    assert pause(failures=failures + 1, settings=settings) >= pause(failures=failures, settings=settings) * (1 - JITTER)


@pytest.mark.parametrize("wish", ["fresh_until", "not_before"])
def test_a_publisher_that_asks_for_a_longer_pause_gets_it_from_its_answer_on(wish: str) -> None:
    answered = NOW + timedelta(minutes=2)

    assert pause(asked_at=answered, **{wish: answered + 2.5 * HOUR}) == timedelta(minutes=2) + 2.5 * HOUR


def test_a_document_that_asks_for_a_longer_pause_gets_it() -> None:
    assert pause(wishes=Wishes(pause=2.5 * HOUR)) == 2.5 * HOUR


def test_a_publisher_that_allows_more_polls_is_not_asked_more_often() -> None:
    assert pause(fresh_until=NOW + timedelta(minutes=5), wishes=Wishes(pause=timedelta(minutes=5))) == about(HOUR)


@pytest.mark.parametrize("wish", ["fresh_until", "not_before"])
def test_nobody_keeps_us_away_for_more_than_a_day(wish: str) -> None:
    # max-age=31536000 is what servers are told for pictures
    assert pause(**{wish: NOW + timedelta(days=365)}) == LONGEST_PAUSE


def test_a_failure_and_a_wish_of_the_publisher_wait_for_the_later_of_both() -> None:
    assert pause(failures=3, not_before=NOW + HOUR) == about(8 * HOUR)
    assert pause(failures=1, not_before=NOW + 5 * HOUR) == 5 * HOUR


def test_an_hour_that_the_document_leaves_out_is_waited_for() -> None:
    # hours of GMT: 7 and 8 are left out
    assert leave_out(NOW + HOUR, Wishes(skip_hours=frozenset({7, 8}))) == NOW + 3 * HOUR


def test_a_day_that_the_document_leaves_out_is_waited_for() -> None:
    saturday = NOW + timedelta(days=5)

    assert leave_out(saturday, Wishes(skip_days=frozenset({5, 6}))) == datetime(2026, 3, 9, tzinfo=UTC)


def test_hours_in_which_it_may_be_asked_change_nothing() -> None:
    assert leave_out(NOW, Wishes(skip_hours=frozenset({1, 2}), skip_days=frozenset({6}))) == NOW


@pytest.mark.parametrize("rate", [0.0, 0.01, 100.0])
def test_a_feed_keeps_its_interval_for_ten_polls_whatever_it_brings(rate: float) -> None:
    assert interval("news", rhythm(rate, polls=9), NOW, SETTINGS) == HOUR


def test_a_feed_is_asked_twice_in_the_usual_gap_of_its_items() -> None:
    assert interval("news", rhythm(1 / 3), NOW, SETTINGS) == pytest.approx(1.5 * HOUR, abs=timedelta(minutes=1))


def test_a_feed_that_brings_little_is_still_asked_every_other_hour() -> None:
    assert interval("news", rhythm(0.001), NOW, SETTINGS) == 2 * HOUR


def test_an_official_body_that_brings_little_is_still_asked_every_half_hour() -> None:
    assert interval("official", rhythm(0.001), NOW, SETTINGS) == HOUR / 2


def test_a_feed_that_brings_more_than_four_items_an_hour_is_asked_like_an_official_one() -> None:
    assert interval("news", rhythm(4.5), NOW, SETTINGS) == HOUR / 4


def test_a_busy_feed_that_is_not_very_busy_keeps_the_usual_interval() -> None:
    assert interval("news", rhythm(3.9), NOW, SETTINGS) == HOUR


def test_the_items_of_the_first_poll_are_no_rate() -> None:
    assert after_good_poll(Rhythm(), 50, None, NOW) == Rhythm(1, NOW, 0.0)


def test_a_steady_feed_has_the_rate_of_its_items() -> None:
    seen = Rhythm(1, NOW, 0.0)
    now = NOW
    for _ in range(24 * 3):
        last, now = now, now + HOUR
        seen = after_good_poll(seen, 2, last, now)

    assert publishing_rate(seen, now) == pytest.approx(2, rel=0.02)


def test_a_feed_that_falls_silent_is_forgotten_within_weeks() -> None:
    busy = rhythm(5)

    later = after_good_poll(busy, 0, NOW, NOW + timedelta(days=28))

    assert later.items_per_hour < 0.1
