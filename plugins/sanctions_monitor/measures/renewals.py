"""The usual days of renewal: "02-28", or "01-31 and 07-31"."""

from __future__ import annotations

from datetime import date


def next_renewal(days: str, after: date) -> date:
    """The first of these days of the year on or after a day. 29 February falls on the 28th where there is none."""
    coming = [_in_year(day, year) for day in days.split(" and ") for year in (after.year, after.year + 1)]
    return min(day for day in coming if day >= after)


def renews_on(days: str | None, day: date) -> bool:
    """Whether a day is one of these."""
    return days is not None and any(_in_year(each, day.year) == day for each in days.split(" and "))


def _in_year(day: str, year: int) -> date:
    month, number = (int(part) for part in day.split("-"))
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, 28)
