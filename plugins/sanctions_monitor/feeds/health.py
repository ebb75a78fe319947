"""How feeds fare, in words: what an operator looks at in the morning. Pure, but for the reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from sanctions_monitor.storage.connection import Connection

Verdict = Literal["off", "gone", "merged", "failing", "stale", "quiet", "waiting", "good"]
WEEK = timedelta(days=7)
QUIET = 0.25
"""A feed that brings less than this share of what is expected has changed, or our expectation was wrong."""


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """One feed: how it fares (`verdict`), why (`reason`, in words), and the figures behind it.

    `failures` counts failed polls in a row; `seconds` is the median of last week's polls, `items` what they brought;
    `newest_item_at` the date of its newest item.
    """

    feed_id: str
    title: str
    kind: str
    verdict: Verdict
    reason: str
    last_success_at: datetime | None
    next_poll_at: datetime | None
    failures: int
    seconds: float | None
    items: int
    expected: int | None
    newest_item_at: datetime | None
    stale_after_days: int | None


def read_health(conn: Connection, now: datetime) -> list[FeedHealth]:
    """Every listed feed as it fares at `now`, the worst first."""
    found = [health_of(row, now) for row in queries("feeds").health(conn, now=now)]
    return sorted(found, key=lambda each: (_WORST_FIRST.index(each.verdict), -each.failures, each.feed_id))


_WORST_FIRST: tuple[Verdict, ...] = ("gone", "failing", "stale", "quiet", "merged", "off", "waiting", "good")


def health_of(row: dict[str, Any], now: datetime) -> FeedHealth:
    """The health of a feed from its row (the statement `health`)."""
    verdict, reason = _verdict(row, now)
    notes = [reason, row["note"] or "", f"moved to {row['asked_url']}" if row["asked_url"] else ""]
    return FeedHealth(
        feed_id=row["feed_id"],
        title=row["title"],
        kind=row["kind"],
        verdict=verdict,
        reason="; ".join(note for note in notes if note),
        last_success_at=row["last_success_at"],
        next_poll_at=row["next_poll_at"],
        failures=row["failures"],
        seconds=row["seconds"],
        items=int(row["items"]),
        expected=row["items_per_week"],
        newest_item_at=row["newest_item_at"],
        stale_after_days=row["stale_after_days"],
    )


def _verdict(row: dict[str, Any], now: datetime) -> tuple[Verdict, str]:
    if row["disabled"]:
        return "off", "switched off"
    if row["gone_at"]:
        return "gone", f"the publisher ended it (410), seen {row['gone_at']:%Y-%m-%d}: look for another on its site"
    if row["merged_into"]:
        return "merged", f"it has moved to where {row['merged_into']} is asked"
    if row["failures"]:
        return "failing", row["last_error"] or ""
    if row["last_success_at"] is None:
        return "waiting", "not polled yet"
    newest, limit = row["newest_item_at"], row["stale_after_days"]
    since = newest or row["watched_since"]
    if limit and since and now - since > timedelta(days=limit):
        return "stale", f"nothing new for {(now - since).days} days, {limit} were expected at most"
    watched = row["watched_since"] and now - row["watched_since"] >= WEEK
    if watched and row["items_per_week"] and row["items"] < QUIET * row["items_per_week"]:
        return "quiet", f"{int(row['items'])} items in a week, {row['items_per_week']} were expected"
    return "good", ""
