"""How feeds fare, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sanctions_monitor.feeds.health import health_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "feed_id": "post",
    "title": "Post",
    "kind": "news",
    "url": "https://post.example/feed",
    "asked_url": None,
    "disabled": False,
    "gone_at": None,
    "merged_into": None,
    "last_success_at": NOW - timedelta(hours=1),
    "next_poll_at": NOW,
    "failures": 0,
    "last_error": None,
    "note": None,
    "items_per_week": 40,
    "stale_after_days": 2,
    "watched_since": NOW - timedelta(days=30),
    "seconds": 0.2,
    "items": 38,
    "newest_item_at": NOW - timedelta(hours=5),
}

FARES: dict[str, tuple[dict[str, Any], str, str]] = {
    "as expected": ({}, "good", ""),
    "switched off": ({"disabled": True, "failures": 3}, "off", "switched off"),
    "gone": ({"gone_at": NOW, "failures": 1}, "gone", "the publisher ended it (410), seen 2026-03-02"),
    "merged": ({"merged_into": "gazette"}, "merged", "it has moved to where gazette is asked"),
    "failing": ({"failures": 2, "last_error": "HTTP 500"}, "failing", "HTTP 500"),
    "never polled": ({"last_success_at": None}, "waiting", "not polled yet"),
    "stale": ({"newest_item_at": NOW - timedelta(days=3)}, "stale", "nothing new for 3 days, 2 were expected at most"),
    "without any item": ({"newest_item_at": None}, "stale", "nothing new for 30 days"),
    "quiet": ({"items": 9}, "quiet", "9 items in a week, 40 were expected"),
    "quiet, but watched for less than a week": ({"items": 0, "watched_since": NOW - timedelta(days=6)}, "good", ""),
    "nobody knows what to expect": ({"items": 0, "items_per_week": None}, "good", ""),
    "a note": ({"note": "a web page stands there"}, "good", "a web page stands there"),
    "moved": ({"asked_url": "https://post.example/new"}, "good", "moved to https://post.example/new"),
}


@pytest.mark.parametrize(("facts", "verdict", "reason"), FARES.values(), ids=FARES)
def test_how_a_feed_fares(facts: dict[str, Any], verdict: str, reason: str) -> None:
    health = health_of(GOOD | facts, NOW)

    assert health.verdict == verdict
    assert health.reason.startswith(reason)
    assert bool(health.reason) == bool(reason)
