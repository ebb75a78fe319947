"""Whose day is it, and which digests are due: pure functions of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUSE_EDITION = "UTC"
"""The edition that is made every day, whoever subscribes; the web pages and the files show it."""
HOUSE_HOUR = 6
LONGEST_CATCH_UP = timedelta(days=7)
"""After an outage the digests of so many days are sent; older ones are no news any more."""


def bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """First moment of a day in a time zone and first moment of the next, in UTC (23 to 25 hours apart)."""
    tz = ZoneInfo(zone)
    first, after = (datetime.combine(each, time(), tz).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return first, after


def due_days(now: datetime, zone: str, hour: int, latest: date | None) -> list[date]:
    """The days whose digest is to go out now, oldest first.

    A day is due from `hour` o'clock of the next morning in `zone`. `latest` is the last day that was taken care of:
    after an outage the days since then follow, at most a week; a new subscriber begins with yesterday.
    """
    local = now.astimezone(ZoneInfo(zone))
    newest = local.date() - timedelta(days=1 if local.hour >= hour else 2)
    oldest = newest if latest is None else max(latest, newest - LONGEST_CATCH_UP) + timedelta(days=1)
    return [oldest + timedelta(days=number) for number in range((newest - oldest).days + 1)]
