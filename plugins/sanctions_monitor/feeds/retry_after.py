"""When a publisher that refuses us wants to be asked again (RFC 9110, section 10.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.feeds.cache_lifetime import FOREVER, http_date, whole_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

STATUSES = (429, 503)
"""Too Many Requests and Service Unavailable; elsewhere the header tells of redirects (RFC 9110) or nothing."""


def not_before(status: int, headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The moment before which the publisher asks not to be asked; None where it names none.

    `headers` are looked up by lower-case names; `now` is when the answer came, by our clock.
    """
    text = headers.get("retry-after")
    if status not in STATUSES or not text:
        return None
    seconds = whole_seconds(text)
    if seconds is not None:
        return now + seconds
    date = http_date(text)
    if date is None:
        return None
    # by the publisher's clock, where it tells its time: a pause is a pause, however wrong that clock is
    return now + min(FOREVER, date - (http_date(headers.get("date")) or now))
