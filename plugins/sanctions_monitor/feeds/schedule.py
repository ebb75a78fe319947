"""When a feed is asked again: pure functions of how polls went, what the publisher asks for, and the clock."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sanctions_monitor.feeds.document_wishes import Wishes

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

LONGEST_PAUSE = timedelta(hours=24)
"""A feed that fails for weeks, or asks for a year's pause (max-age=31536000 is common), is still asked once a day."""
POLLS_BEFORE_ADAPTING = 10
BUSY = 4.0
"""Items an hour above which a feed is asked as often as official ones."""
QUIET_OFFICIAL = timedelta(minutes=30)
"""Official acts are what the house is for: a body that publishes once a month is still asked every half hour."""
JITTER = 0.05
MEMORY = timedelta(days=7)
"""How fast the publishing rate forgets: items this old count a third."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a feed brings news: good polls so far, since when, and items an hour, the last days counting most."""

    polls: int = 0
    watched_since: datetime | None = None
    items_per_hour: float = 0.0


@dataclass(frozen=True, slots=True)
class Ask:
    """What the publisher asks for: by its headers (`fresh_until`, `not_before`) and by the document (`wishes`)."""

    asked_at: datetime
    fresh_until: datetime | None = None
    not_before: datetime | None = None
    wishes: Wishes = field(default_factory=Wishes)


def after_good_poll(rhythm: Rhythm, new_items: int, last_good: datetime | None, now: datetime) -> Rhythm:
    """The rhythm with one more good poll. The items of the first poll are its backlog, and tell nothing of a rate."""
    if rhythm.watched_since is None or last_good is None:
        return Rhythm(1, now, 0.0)
    passed = max(timedelta(0), now - last_good)
    faded = rhythm.items_per_hour * math.exp(-passed / MEMORY)
    return Rhythm(rhythm.polls + 1, rhythm.watched_since, faded + new_items / _hours(MEMORY))


def publishing_rate(rhythm: Rhythm, now: datetime) -> float:
    """Items an hour. A young feed has not had time to fill its memory, which would make it look quiet."""
    if rhythm.watched_since is None:
        return 0.0
    filled = 1 - math.exp(-max(timedelta(hours=1), now - rhythm.watched_since) / MEMORY)
    return rhythm.items_per_hour / filled


def interval(kind: str, rhythm: Rhythm, now: datetime, settings: Settings) -> timedelta:
    """The pause between two polls that go well: half the usual gap between items, within the bounds of its kind."""
    usual = timedelta(minutes=settings.poll_minutes)
    often = timedelta(minutes=settings.poll_minutes_official)
    shortest = often if kind == "official" else usual
    if rhythm.polls < POLLS_BEFORE_ADAPTING:
        return shortest
    rate = publishing_rate(rhythm, now)
    if rate > BUSY:
        return min(shortest, often)
    longest = timedelta(minutes=settings.poll_minutes_quiet)
    if kind == "official":
        longest = min(longest, QUIET_OFFICIAL)
    half_gap = timedelta(hours=0.5 / rate) if rate > 0.5 / _hours(LONGEST_PAUSE) else LONGEST_PAUSE
    return max(shortest, min(half_gap, longest))


def next_poll(
    feed_id: str, kind: str, rhythm: Rhythm, failures: int, ask: Ask, now: datetime, settings: Settings
) -> datetime:
    """The time of the next poll: our interval, longer after failures, and never before the publisher wants us.

    Our own interval counts from `now`, the start of the run, so that a feed asked late in a run is not passed over by
    the next one (miniflux #2201: 60 minutes became 120). What the publisher asks for counts from its answer.
    """
    pause = interval(kind, rhythm, now, settings)
    if failures:
        # a human's choice of a longer interval stands above our cap
        pause = min(pause * 2 ** min(failures, 16), max(LONGEST_PAUSE, pause))
    chosen = now + pause * (1 - JITTER * _share(feed_id, rhythm.polls + failures))
    return leave_out(max(chosen, _wished(ask)), ask.wishes)


def _wished(ask: Ask) -> datetime:
    latest = ask.asked_at + LONGEST_PAUSE
    times = [each for each in (ask.fresh_until, ask.not_before) if each is not None]
    if ask.wishes.pause is not None:
        times.append(ask.asked_at + min(ask.wishes.pause, LONGEST_PAUSE))
    return min(max(times, default=ask.asked_at), latest)


def leave_out(moment: datetime, wishes: Wishes) -> datetime:
    """The moment, or the first full hour after it that the document does not ask to leave out (hours and days GMT)."""
    at = moment.astimezone(UTC)
    # a week holds every hour of every day, and not all hours nor all days are left out
    for _ in range(8 * 24):
        if at.hour not in wishes.skip_hours and at.weekday() not in wishes.skip_days:
            break
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def _share(feed_id: str, turn: int) -> float:
    """Between 0 and 1, another for each feed and turn, the same on every machine: feeds don't all come at :00."""
    return int.from_bytes(hashlib.sha256(f"{feed_id} {turn}".encode()).digest()[:4], "big") / 2**32


def _hours(span: timedelta) -> float:
    return span / timedelta(hours=1)
