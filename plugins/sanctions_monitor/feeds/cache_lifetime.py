"""How long a publisher's caches may keep an answer (RFC 9111, section 4.2), which is how long we stay away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIRECTIVE = re.compile(r'([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;]*)))?')
FOREVER = timedelta(days=366)
"""More than any lifetime that makes sense; numbers beyond it would overflow a date."""


def cache_lifetime(headers: Mapping[str, str], now: datetime) -> timedelta:
    """The time from `now` for which the answer counts as fresh; zero where its headers ask for nothing.

    `headers` are looked up by lower-case names; `now` is when the answer came, by our clock.
    """
    directives = _directives(headers.get("cache-control", ""))
    if "no-cache" in directives or "no-store" in directives:
        # sent beside a max-age by many content systems, and then meant: lemon24/reader ignores the max-age too
        return timedelta(0)
    if (seconds := whole_seconds(directives.get("max-age"))) is not None:
        # what a cache on the way has kept it for already counts (section 4.2.3)
        return max(timedelta(0), seconds - (whole_seconds(headers.get("age")) or timedelta(0)))
    expires = http_date(headers.get("expires"))
    if expires is None:
        # "0" and "-1" are common and mean: expired already
        return timedelta(0)
    # against the publisher's own clock, which may be hours away from ours (section 4.2.1)
    return min(FOREVER, max(timedelta(0), expires - (http_date(headers.get("date")) or now)))


def http_date(text: str | None) -> datetime | None:
    """A date of HTTP in UTC, or None where there is none that can be read."""
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text.strip())
        # "-0000" and a missing zone give a naive date; HTTP knows no other zone than GMT
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _directives(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(text):
        # a directive that stands twice: the first counts (section 4.2.1)
        found.setdefault(name.lower(), quoted or plain)
    return found


def whole_seconds(text: str | None) -> timedelta | None:
    """Seconds written in digits; None for anything else, such as "max-age=1h"."""
    text = (text or "").strip()
    if not text.isascii() or not text.isdigit():
        return None
    return min(FOREVER, timedelta(seconds=int(text[:12])))
