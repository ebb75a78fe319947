"""What a digest was made from, and whether that is all: pure values, and the reading of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sanctions_monitor.storage.connection import Connection

LONGEST_SILENCE = timedelta(hours=3)
"""The slowest feed is asked every two hours: with no answer of any feed for longer, polling was broken."""
FEEDS_NAMED = 5
"""Failing feeds that are named; the rest is counted, so that their list stays a line."""
MANY = 0.5
"""The part of all feeds that may fail before the whole counts as broken."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without an answer of any feed. `since` None: nothing was read before; `until` None: to the day's end."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Items of the day and the sources they came from; feeds that are polled, and those that fail now.

    `failing_since` is when the last of the failing ones gave an answer, where more than half of all feeds fail.
    `ended` are the feeds that their publishers have ended, each with the reason.
    """

    items: int
    sources: int
    failing: tuple[str, ...] = ()
    feeds: int = 0
    gaps: tuple[Gap, ...] = ()
    failing_since: datetime | None = None
    ended: tuple[str, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Whether polling was broken on this day."""
        return bool(self.gaps) or self.most_fail

    @property
    def most_fail(self) -> bool:
        """Whether most feeds fail."""
        return self.feeds > 0 and len(self.failing) > MANY * self.feeds


def read_coverage(conn: Connection, span: tuple[datetime, datetime], now: datetime) -> Coverage:
    """What was read for a day (its first moment and the next day's); a gap ends at `now` at the latest."""
    sql = queries("digests")
    first, after = span
    counts = sql.coverage(conn, first=first, after=after)
    failing = list(sql.failing_feeds(conn))
    answered = [row["last_success_at"] for row in failing if row["last_success_at"] is not None]
    until = min(after, now)
    gaps = [
        Gap(row["since"], None if row["until"] >= until else row["until"])
        for row in sql.silences(conn, first=first, until=until, longest=LONGEST_SILENCE)
    ]
    return Coverage(
        items=counts["items"],
        sources=counts["sources"],
        failing=tuple(row["title"] for row in failing),
        feeds=counts["feeds"],
        gaps=tuple(gaps),
        failing_since=max(answered, default=None),
        ended=tuple(f"{row['title']} ({_reason(row['last_error'])})" for row in sql.ended_feeds(conn)),
    )


def _reason(error: str | None) -> str:
    """What happened, without what to do about it."""
    return (error or "it is gone").partition(". ")[0].rstrip(".")


def incomplete_words(coverage: Coverage, clock: Callable[[datetime], str]) -> str:
    """When polling was broken, as a clause; empty where it was not."""
    parts = [_gap_words(gap, clock) for gap in coverage.gaps]
    if coverage.most_fail:
        since = f", all of them since {clock(coverage.failing_since)}" if coverage.failing_since else ""
        parts.append(f"{len(coverage.failing)} of {coverage.feeds} feeds fail{since}")
    return "; ".join(parts)


def health_words(coverage: Coverage) -> str:
    """How the feeds fare, in one line: failing and ended ones are named up to `FEEDS_NAMED` each."""
    told = f"Feed health: {_answers(coverage)}."
    if not coverage.ended:
        return told
    by, it = ("its publisher", "it") if len(coverage.ended) == 1 else ("their publishers", "them")
    return f"{told} Ended by {by}: {_named(coverage.ended)}. Look for another address, or disable {it}."


def _answers(coverage: Coverage) -> str:
    if not coverage.failing:
        told = f"all {coverage.feeds} feeds" if coverage.feeds > 1 else "all feeds"
        return f"{told} answered at their last poll"
    feeds = max(coverage.feeds, len(coverage.failing))
    told = f"{feeds - len(coverage.failing)} of {feeds} feeds answered at their last poll"
    return f"{told}; these did not: {_named(coverage.failing)}"


def _named(titles: Sequence[str]) -> str:
    named = ", ".join(" ".join(title.split()) for title in titles[:FEEDS_NAMED])
    return f"{named} and {len(titles) - FEEDS_NAMED} more" if len(titles) > FEEDS_NAMED else named


def _gap_words(gap: Gap, clock: Callable[[datetime], str]) -> str:
    if gap.since is None:
        if gap.until is None:
            return "no feed was read on this day, and what is told was found afterwards"
        return f"no feed was read before {clock(gap.until)}"
    if gap.until is None:
        # polling may be well again when the digest is made: only the day itself is spoken of
        return f"no feed answered from {clock(gap.since)} to the end of the day"
    return f"no feed answered from {clock(gap.since)} to {clock(gap.until)}"
