"""Dates that a sentence gives, resolved against the day of the item."""

from __future__ import annotations

from datetime import date

import pytest

from sanctions_monitor.events.said_dates import SaidDates, said_dates

SATURDAY = date(2025, 12, 13)


@pytest.mark.parametrize(
    ("sentence", "expires"),
    [
        ("The Council extended its measures until 28 February 2026.", date(2026, 2, 28)),
        ("The licence is valid until January 29.", date(2026, 1, 29)),
        ("The waiver runs to March 2026.", date(2026, 3, 31)),
        ("Relief lasts till the end of the year.", date(2025, 12, 31)),
        ("Trade is allowed through Friday.", date(2025, 12, 19)),
        ("The measures were extended for another six months.", None),
    ],
)
def test_when_a_measure_ends(sentence: str, expires: date | None):
    assert said_dates(sentence, SATURDAY).expires == expires


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("General License 13 takes effect on Monday.", date(2025, 12, 15)),
        ("The ban applies from 1 January 2026.", date(2026, 1, 1)),
        ("Effective immediately, all trade stops.", None),
    ],
)
def test_from_when_it_holds(sentence: str, effective: date | None):
    assert said_dates(sentence, SATURDAY).effective == effective


def test_a_weekday_of_the_announcement_looks_back():
    assert said_dates("The Treasury said on Friday that it lifts the ban.", SATURDAY).announced == date(2025, 12, 12)


def test_the_day_of_an_older_act_is_not_that_of_the_announcement():
    assert said_dates("Sanctions imposed on 2 June were lifted.", SATURDAY).announced is None


def test_without_a_date_of_the_item_only_full_dates_count():
    said = said_dates("On Friday the ban was extended until 28 February 2026, from Monday.", None)
    assert said == SaidDates(None, None, date(2026, 2, 28))
