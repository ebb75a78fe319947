"""The moment that a publisher's date means, in UTC.

RFC 822 as RSS asks for it (with and without weekday, two-digit years, zones by name or none at all, which is UTC) and
ISO 8601 as Atom and JSON Feed ask for it. feedparser 6.0.14 loses dates without a zone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

# An entry without a usable date is news when it is first seen; one dated centuries away is a publisher's typing error.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{1,2})(?:[.,]\d*)?)?"
_ZONE = r"(?:UTC|GMT|Etc/)?(?P<zone>[+-]\d{1,2}:?(?:\d{2})?|[A-Za-z]{1,5})?(?:\s*\([^)]*\))?"
_RFC_822 = re.compile(
    r"(?:[^\W\d]+\.?\s*,?\s+|[^\W\d]+,)?(?P<day>\d{1,2})[\s-]+(?P<month>[A-Za-z]{3})[a-z]*\.?[\s,-]+(?P<year>\d{4}|\d{2})"
    rf"(?:,?\s+{_CLOCK}\s*{_ZONE})?"
)
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+,?\s+)?(?P<month>[A-Za-z]{3})[a-z]*\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})"
    rf"(?:,?\s+{_CLOCK}\s*{_ZONE})?"
)
_ISO_8601 = re.compile(
    rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?:(?:\s*T\s*|\s+){_CLOCK}\s*{_ZONE})?",
    re.IGNORECASE,
)
_MONTHS = {name: number + 1 for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
# RFC 822, section 5.1, and those that European publishers write. A zone nobody knows is taken for UTC.
_ZONES = {
    "adt": -3, "ast": -4, "edt": -4, "est": -5, "et": -5, "cdt": -5, "cst": -6, "ct": -6, "mdt": -6, "mst": -7,
    "mt": -7, "pdt": -7, "pst": -8, "pt": -8, "wet": 0, "west": 1, "bst": 1, "met": 1, "cet": 1, "mest": 2, "cest": 2,
    "eet": 2, "eest": 3, "msk": 3,
}  # fmt: skip


def moment(text: str) -> datetime | None:
    """The date in UTC; None where it is none of these forms, impossible, or before 1990."""
    text = text.strip()
    found = _RFC_822.fullmatch(text) or _ISO_8601.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    try:
        month = int(part["month"]) if part["month"].isdigit() else _MONTHS[part["month"].lower()]
        local = datetime(
            _full_year(part["year"]),
            month,
            int(part["day"]),
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            # RFC 822 allows leap seconds, and Python does not
            min(int(part["second"] or 0), 59),
            tzinfo=UTC,
        )
        return since_1990(local - _offset(part["zone"] or ""))
    except (KeyError, ValueError, OverflowError):
        return None


def since_1990(found: datetime) -> datetime | None:
    """The moment itself, or None where it can only be an error."""
    return found if found >= EARLIEST else None


def _full_year(digits: str) -> int:
    # RFC 2822, section 4.3
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _offset(zone: str) -> timedelta:
    if zone[:1] not in ("+", "-"):
        return timedelta(hours=_ZONES.get(zone.lower(), 0))
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return -offset if zone[0] == "-" else offset
