"""When a feed is asked again: pure functions of how the last poll went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

LONGEST_PAUSE = timedelta(hours=24)
"""A feed that fails for weeks is still asked once a day, so that it comes back by itself."""

SLOT = timedelta(minutes=5)
"""Polls of one slot count from its beginning. A feed of 15 minutes that a run of every 15 minutes polls some seconds
after its start would else be due some seconds after the start of the next, and wait for the one after that."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def next_poll(kind: str, failures: int, now: datetime, settings: Settings) -> datetime:
    """The time of the next poll: the interval of its kind, doubled with every failure in a row, at most a day.

    It counts from the beginning of the slot that `now` lies in.
    """
    minutes = settings.poll_minutes_official if kind == "official" else settings.poll_minutes
    interval = timedelta(minutes=minutes)
    doubled: timedelta = interval * 2 ** min(failures, 16)
    begun = now - (now - _EPOCH) % min(SLOT, interval / 3)
    return begun + min(doubled, max(LONGEST_PAUSE, interval))
