"""When an entry was published, whatever a publisher takes for a date."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from sanctions_monitor.items import parse

RSS = "<rss version='2.0'><channel><item><title>One</title><pubDate>{}</pubDate></item></channel></rss>"


def published(document: str) -> datetime | None:
    (entry,) = parse(document.encode()).entries
    return entry.published


DATES = {
    "usual": ("Sat, 13 Dec 2025 15:10:00 GMT", datetime(2025, 12, 13, 15, 10, tzinfo=UTC)),
    "another zone": ("Sat, 13 Dec 2025 15:10:00 +0300", datetime(2025, 12, 13, 12, 10, tzinfo=UTC)),
    "a zone by name": ("Sat, 13 Dec 2025 10:10:00 EST", datetime(2025, 12, 13, 15, 10, tzinfo=UTC)),
    "ISO 8601": ("2025-12-13T15:10:00Z", datetime(2025, 12, 13, 15, 10, tzinfo=UTC)),
    "nonsense": ("yesterday evening", None),
    "the beginning of time": ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    "year nought": ("0000-00-00", None),
    "no such day": ("Sat, 31 Feb 2025 15:10:00 GMT", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("given_date", "moment"), DATES.values(), ids=DATES)
def test_a_date_is_utc_or_unknown(given_date: str, moment: datetime | None) -> None:
    assert published(RSS.format(given_date)) == moment


JSON_DATES = {
    "with a zone": ("2025-12-13T15:10:00+03:00", datetime(2025, 12, 13, 12, 10, tzinfo=UTC)),
    "without one": ("2025-12-13T15:10:00", datetime(2025, 12, 13, 15, 10, tzinfo=UTC)),
    "beyond the calendar": ("9999-12-31T23:59:59-05:00", None),
    "before it": ("0001-01-01T00:00:00+05:00", None),
    "nonsense": ("soon", None),
    "a number": (5, None),
}


@pytest.mark.parametrize(("given_date", "moment"), JSON_DATES.values(), ids=JSON_DATES)
def test_a_date_of_json_feed_is_utc_or_unknown(given_date: object, moment: datetime | None) -> None:
    document = {"items": [{"id": "1", "title": "One", "date_published": given_date}]}

    assert published(json.dumps(document)) == moment
