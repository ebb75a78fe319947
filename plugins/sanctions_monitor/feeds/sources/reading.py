"""A fetched document becomes rows, and a document that is not what the description expects becomes a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.sources.description import HtmlList, Row
from sanctions_monitor.feeds.sources.html_list import html_values
from sanctions_monitor.feeds.sources.json_api import json_values
from sanctions_monitor.logs import get_logger

if TYPE_CHECKING:
    from sanctions_monitor.feeds.sources.description import DateFormat, JsonApi
    from sanctions_monitor.feeds.sources.values import Values

log = get_logger("feeds")
NOON = time(12)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
REMEDY = "The page has changed, or another came instead: compare it with its description."


@dataclass(frozen=True, slots=True)
class _Misfit:
    """Why a row can't be read."""

    reason: str


def read_rows(body: bytes, content_type: str, description: HtmlList | JsonApi, now: datetime) -> tuple[Row, ...]:
    """The rows of a list, in its order. A row or two that can't be read are left out and logged.

    Raises FetchError with the reason where the document does not meet the description's expectations.
    """
    if isinstance(description, HtmlList):
        found = html_values(body, content_type, description)
    else:
        found = json_values(body, description)
    expect = description.expect
    if len(found) < expect.rows:
        raise FetchError(f"{len(found)} rows in the list, at least {expect.rows} were expected. {REMEDY}")
    read = [(values, _row(values, description.date, now + timedelta(days=expect.ahead_days))) for values in found]
    misfits = [row for _, row in read if isinstance(row, _Misfit)]
    if len(misfits) > (1 - expect.readable) * len(read):
        raise FetchError(f"{len(misfits)} of {len(read)} rows can't be read ({misfits[0].reason}). {REMEDY}")
    for each in misfits:
        log.warning("row_left_out", reason=each.reason)
    newest = max((row.published for _, row in read if isinstance(row, Row)), default=now)
    if newest < now - timedelta(days=expect.newest_within_days):
        days = expect.newest_within_days
        raise FetchError(f"the newest row is of {newest:%Y-%m-%d}, at most {days} days were expected. {REMEDY}")
    return tuple(row for values, row in read if isinstance(row, Row) and values.wanted)


def _row(values: Values, how: DateFormat, latest: datetime) -> Row | _Misfit:
    for name in ("title", "link"):
        if not getattr(values, name):
            return _Misfit(f"no {name}")
    published = _moment(values.date, how)
    if published is None:
        return _Misfit(f"no date in {values.date[:40]!r}" if values.date else "no date")
    if not EARLIEST <= published <= latest:
        return _Misfit(f"a date out of reason, {published:%Y-%m-%d}")
    return Row(
        guid=values.guid or values.link,
        link=values.link,
        title=values.title,
        summary=values.summary,
        published=published,
    )


def _moment(text: str, how: DateFormat) -> datetime | None:
    """The time that a text tells, in UTC; noon of its day where it tells no hour."""
    zone = ZoneInfo(how.zone)
    for format_ in how.format:
        try:
            read = datetime.fromisoformat(text) if format_ == "iso" else datetime.strptime(text, format_)  # noqa: DTZ007
        except ValueError:
            continue
        if not (_ISO_HOUR.search(text) if format_ == "iso" else _HOUR.search(format_)):
            read = datetime.combine(read, NOON)
        try:
            return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
        except OverflowError:
            continue
    return None


_HOUR = re.compile(r"%[HIcXs]")
_ISO_HOUR = re.compile(r"\d[T ]\d")
