"""What a document itself asks of those who poll it: ttl, sy:updatePeriod, skipHours, skipDays.

feedparser gives some of these and loses others; they are few and stand outside the entries, so a search finds them in
any RSS, well-formed or not. Atom and JSON Feed have nothing of the kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

_ENTRIES = re.compile(rb"<(?:\w+:)?item[\s>]")
_HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TTL = re.compile(rb"<ttl>\s*(\d{1,9})\D", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:\w+:)?updatePeriod>\s*(\w+)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w+:)?updateFrequency>\s*(\d{1,9})\s*<", re.IGNORECASE)
_SKIP_HOURS = re.compile(rb"<skipHours>(.*?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays>(.*?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*<", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*(\w+)\s*<", re.IGNORECASE)
# web.resource.org/rss/1.0/modules/syndication
_PERIODS = {
    b"hourly": timedelta(hours=1),
    b"daily": timedelta(days=1),
    b"weekly": timedelta(days=7),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}
_DAYS = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")


@dataclass(frozen=True, slots=True)
class Wishes:
    """`pause`: how long to stay away after a poll; hours (0 to 23) and days (0 is Monday) of GMT to leave out."""

    pause: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


def wishes_of(body: bytes) -> Wishes:
    """What the document asks for; nothing where it asks for nothing, or for what nobody could keep."""
    channel = _outside_entries(body)
    pauses = [each for each in (_ttl(channel), _period(channel)) if each]
    return Wishes(
        pause=max(pauses, default=None),
        skip_hours=_hours(channel),
        skip_days=_days(channel),
    )


def _outside_entries(body: bytes) -> bytes:
    """The channel's own elements: RSS 2.0 lets them stand before the items and behind them."""
    if b"\x00" in body[:64]:
        # UTF-16, where every other byte of these names is zero; nothing but ASCII is looked for
        body = body.replace(b"\x00", b"")
    first = _ENTRIES.search(body)
    if first is None:
        return _HIDDEN.sub(b"", body)
    end = max(body.rfind(b"</item"), body.rfind(b":item>"))
    return _HIDDEN.sub(b"", body[: first.start()] + body[max(end, first.start()) :])


def _ttl(channel: bytes) -> timedelta | None:
    found = _TTL.search(channel)
    return timedelta(minutes=int(found[1])) if found else None


def _period(channel: bytes) -> timedelta | None:
    named = _PERIOD.search(channel)
    period = _PERIODS.get(named[1].lower()) if named else None
    if period is None:
        return None
    often = _FREQUENCY.search(channel)
    # a frequency of 0 is a typing error: the module's default is 1
    return period / max(1, int(often[1])) if often else period


def _hours(channel: bytes) -> frozenset[int]:
    named = _SKIP_HOURS.search(channel)
    # RSS 0.91 counts them from 1 to 24
    hours = frozenset(int(text) % 24 for text in _HOUR.findall(named[1])) if named else frozenset()
    # all of them skipped would mean never
    return hours if len(hours) < 24 else frozenset()


def _days(channel: bytes) -> frozenset[int]:
    named = _SKIP_DAYS.search(channel)
    found = (text.lower() for text in _DAY.findall(named[1])) if named else ()
    days = frozenset(_DAYS.index(text) for text in found if text in _DAYS)
    return days if len(days) < 7 else frozenset()
