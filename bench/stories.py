"""What a new item costs the grouping of stories, with few and with many stories open: `python bench/stories.py`.

Fills a throw-away database with stories (one event each, a hundred a day back from 2026), adds one new item, and times
`join_stories` for it: the median of several new items, for each number of stories.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sanctions_monitor.events import CODER_VERSION
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import connect, migrated
from sanctions_monitor.stories.store import join_stories

if TYPE_CHECKING:
    from sanctions_monitor.storage.connection import Connection

TARGETS = "RU IR BY SY VE CN KP MM CU SD ML NI".split()
ACTIONS = ("impose", "extend", "ease", "enforce")
END = datetime(2026, 1, 1, tzinfo=UTC)
A_DAY = 100


FILL = (Path(__file__).parent / "stories.sql").read_text(encoding="utf-8")
CHECKS = "alter table {} {} trigger all"


def fill(conn: Connection, first: int, last: int, *, grouped: bool) -> None:
    """Items, events and stories number `first` to `last`, the later numbers further back; 0 and below are newer."""
    conn.execute(
        """insert into feed (feed_id, title, url, home, format, kind, country, language, tier)
        values ('bench', 'Bench', 'https://example.org/f', 'https://example.org/', 'rss', 'news', 'GB', 'en', 2)
        on conflict do nothing"""
    )
    poll = conn.execute(
        "insert into poll (feed_id, polled_at, url, outcome, seconds) values ('bench', now(), 'x', 'new', 0)"
        " returning poll_id"
    ).fetchone()
    tables = ("item", "item_revision", "coding", "event", "story_event")
    # The rows are made to fit: looking each reference up would only cost time.
    for table in tables:
        conn.execute(CHECKS.format(table, "disable"))
    conn.execute(
        FILL,
        {
            "first": first, "last": last, "end": END, "step": timedelta(days=1) / A_DAY, "poll": poll["poll_id"],
            "coder": CODER_VERSION, "actions": list(ACTIONS), "targets": TARGETS, "grouped": grouped,
        },
    )  # fmt: skip
    for table in tables:
        conn.execute(CHECKS.format(table, "enable"))


def cost_of_one(settings: Settings, runs: int) -> list[float]:
    """Seconds of grouping one new event, run by run."""
    seconds = []
    for run in range(runs):
        with connect(settings) as conn:
            fill(conn, -run, -run, grouped=False)
        with connect(settings) as conn:
            began = time.perf_counter()
            join_stories(conn)
            seconds.append(time.perf_counter() - began)
    return seconds


def main() -> None:
    """Prints a line for each number of stories."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, nargs="+", default=[1_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    for stories in options.stories:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            settings = Settings(home=Path(folder))
            migrated(settings)
            with connect(settings) as conn:
                fill(conn, 1, stories, grouped=True)
            with connect(settings) as conn:
                conn.execute("analyze")
            costs = cost_of_one(settings, options.runs)
            median = 1000 * statistics.median(costs)
            print(f"{stories:>9,} stories: one new item {median:.1f} ms (median of {len(costs)})", flush=True)


if __name__ == "__main__":
    main()
