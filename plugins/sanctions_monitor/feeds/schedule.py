"""When a feed is asked again: pure functions of how the last poll went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

LONGEST_PAUSE = timedelta(hours=24)
"""A feed that fails for weeks is still asked once a day, so that it comes back by itself."""


def next_poll(kind: str, failures: int, now: datetime, settings: Settings) -> datetime:
    """The time of the next poll: the interval of its kind, doubled with every failure in a row, at most a day."""
    minutes = settings.poll_minutes_official if kind == "official" else settings.poll_minutes
    interval = timedelta(minutes=minutes)
    doubled: timedelta = interval * 2 ** min(failures, 16)
    return now + min(doubled, max(LONGEST_PAUSE, interval))
