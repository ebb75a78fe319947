"""What a publisher asks for, by its headers and in the document itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.feeds.cache_lifetime import cache_lifetime, http_date
from sanctions_monitor.feeds.document_wishes import Wishes, wishes_of
from sanctions_monitor.feeds.retry_after import not_before

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)

LIFETIMES = {
    "max-age": ({"cache-control": "public, max-age=9000"}, 9000),
    "in quotes": ({"cache-control": 'max-age="9000"'}, 9000),
    "in capitals, with spaces": ({"cache-control": "Public, Max-Age = 9000"}, 9000),
    "what a cache on the way has kept it for counts": ({"cache-control": "max-age=9000", "age": "1000"}, 8000),
    "older than its lifetime": ({"cache-control": "max-age=60", "age": "1000"}, 0),
    "the first of two": ({"cache-control": "max-age=60, max-age=9000"}, 60),
    "no-cache beside it": ({"cache-control": "no-cache, max-age=9000"}, 0),
    "no-store beside it": ({"cache-control": "max-age=9000, no-store"}, 0),
    "what is for shared caches is not for us": ({"cache-control": "s-maxage=9000"}, 0),
    "no number": ({"cache-control": "max-age=1h"}, 0),
    "a negative number": ({"cache-control": "max-age=-1"}, 0),
    "max-age before Expires": (
        {"cache-control": "max-age=60", "expires": "Mon, 02 Mar 2026 19:00:00 GMT"},
        60,
    ),
    "Expires": ({"expires": "Mon, 02 Mar 2026 11:30:00 GMT"}, 9000),
    "Expires beside a Cache-Control that says nothing of age": (
        {"cache-control": "public", "expires": "Mon, 02 Mar 2026 11:30:00 GMT"},
        9000,
    ),
    "Expires by the publisher's own clock, which is a day ahead": (
        {"expires": "Tue, 03 Mar 2026 11:30:00 GMT", "date": "Tue, 03 Mar 2026 09:00:00 GMT"},
        9000,
    ),
    "Expires: 0": ({"expires": "0"}, 0),
    "Expires in the past": ({"expires": "Mon, 02 Mar 2026 08:00:00 GMT"}, 0),
    "nothing": ({}, 0),
}


@pytest.mark.parametrize(("headers", "seconds"), LIFETIMES.values(), ids=LIFETIMES)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: int) -> None:
    assert cache_lifetime(headers, NOW) == seconds * SECOND


@given(st.text(), st.text(), st.text())
def test_no_header_is_too_strange(control: str, expires: str, age: str) -> None:
    headers = {"cache-control": f"max-age={control}", "expires": expires, "age": age, "date": expires}

    assert timedelta(0) <= cache_lifetime(headers, NOW) <= timedelta(days=366)


@pytest.mark.parametrize("digits", ["9" * 10, "9" * 5000])
def test_a_lifetime_beyond_all_dates_is_a_year(digits: str) -> None:
    assert cache_lifetime({"cache-control": f"max-age={digits}"}, NOW) == timedelta(days=366)


@pytest.mark.parametrize("text", ["Mon, 02 Mar 2026 09:00:00 GMT", "Mon, 02 Mar 2026 09:00:00 -0000"])
def test_a_date_of_http_is_in_utc(text: str) -> None:
    assert http_date(text) == NOW


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("text", ["9000", "Mon, 02 Mar 2026 11:30:00 GMT"], ids=["in seconds", "as a date"])
def test_a_publisher_that_is_busy_says_when_to_come_back(status: int, text: str) -> None:
    assert not_before(status, {"retry-after": text}, NOW) == NOW + 9000 * SECOND


def test_a_date_to_come_back_is_by_the_publishers_own_clock() -> None:
    headers = {"retry-after": "Tue, 03 Mar 2026 11:30:00 GMT", "date": "Tue, 03 Mar 2026 09:00:00 GMT"}

    assert not_before(429, headers, NOW) == NOW + 9000 * SECOND


@pytest.mark.parametrize("status", [200, 301, 404, 500])
def test_other_answers_don_t_say_when_to_come_back(status: int) -> None:
    assert not_before(status, {"retry-after": "9000"}, NOW) is None


@pytest.mark.parametrize("text", ["", "soon", "-1", "1.5"])
def test_what_is_no_time_to_come_back_is_none(text: str) -> None:
    assert not_before(429, {"retry-after": text}, NOW) is None


def rss(channel: str, after: str = "", encoding: str = "utf-8") -> bytes:
    item = "<item><title>One</title><ttl>1</ttl></item>"
    return f'<rss version="2.0"><channel><title>T</title>{channel}{item}{item}{after}</channel></rss>'.encode(encoding)


PAUSES = {
    "ttl": ("<ttl>150</ttl>", timedelta(minutes=150)),
    "ttl with spaces": ("<ttl> 150 </ttl>", timedelta(minutes=150)),
    "a ttl of nothing": ("<ttl>0</ttl>", None),
    "a ttl in words": ("<ttl>an hour</ttl>", None),
    "sy:updatePeriod": ("<sy:updatePeriod>daily</sy:updatePeriod>", timedelta(days=1)),
    "sy:updateFrequency": (
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>8</sy:updateFrequency>",
        timedelta(hours=3),
    ),
    "line ends within, as WordPress has them": (
        "<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>\n\t1\t</sy:updateFrequency>",
        timedelta(hours=1),
    ),
    "a frequency of zero": (
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
        timedelta(days=1),
    ),
    "an unknown period": ("<sy:updatePeriod>always</sy:updatePeriod>", None),
    "the longer of both": ("<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>", timedelta(days=1)),
    "in a comment": ("<!-- <ttl>150</ttl> -->", None),
    "in text": ("<description><![CDATA[<ttl>150</ttl>]]></description>", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("channel", "asked"), PAUSES.values(), ids=PAUSES)
def test_the_pause_that_a_document_asks_for(channel: str, asked: timedelta | None) -> None:
    assert wishes_of(rss(channel)).pause == asked


def test_wishes_may_stand_behind_the_items() -> None:
    assert wishes_of(rss("", "<ttl>150</ttl>")).pause == timedelta(minutes=150)


def test_wishes_are_found_in_utf_16_too() -> None:
    assert wishes_of(rss("<ttl>150</ttl>", encoding="utf-16")).pause == timedelta(minutes=150)


def test_hours_and_days_to_leave_out() -> None:
    channel = (
        "<skipHours><hour>3</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day><day>No day</day></skipDays>"
    )

    assert wishes_of(rss(channel)) == Wishes(skip_hours=frozenset({0, 3}), skip_days=frozenset({6}))


def test_a_document_that_leaves_out_every_hour_leaves_out_none() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))

    assert wishes_of(rss(f"<skipHours>{hours}</skipHours>")).skip_hours == frozenset()


def test_an_item_s_own_elements_are_no_wish_of_the_feed() -> None:
    assert wishes_of(rss("")) == Wishes()


@given(st.binary())
def test_no_document_is_too_strange(body: bytes) -> None:
    wishes_of(body)
