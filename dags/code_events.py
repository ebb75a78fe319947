"""### Code what is new

Starts when `poll_feeds` emits the asset `items`. `read_pages` asks for the page of each new item that may tell an event
and comes with a short summary: once, within robots.txt, ten minutes at most, the rest next time. `code` codes each item
that the present coder has not coded yet (who sanctions, eases, extends or enforces against whom, decided or only
proposed), joins what tells the same act into stories, and emits the asset `events`.

**When it is red**: clear the task. An item is coded once a version of the coder, however often this runs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import TriggerRule, dag, task

from assets import EVENTS, ITEMS


@dag(
    schedule=[ITEMS],
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=3),
    default_args={
        "owner": "sanctions-monitor",
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "execution_timeout": timedelta(hours=1),
    },
    tags=["sanctions-monitor"],
    doc_md=__doc__,
)
def code_events() -> None:
    @task(multiple_outputs=False)
    def read_pages() -> dict[str, int]:
        """Fetches the full texts of new items; a page that can't be had leaves its item with its summary."""
        from dataclasses import asdict

        from sanctions_monitor import pipeline, settings

        return asdict(pipeline.fetch_full_texts(settings.load(), datetime.now(UTC)))

    # a publisher's page must never keep what is known from being coded
    @task(multiple_outputs=False, outlets=[EVENTS], trigger_rule=TriggerRule.ALL_DONE)
    def code(*, outlet_events: Any = None) -> dict[str, int]:
        """Codes and groups into stories; emits `events` with the counts."""
        from dataclasses import asdict

        from sanctions_monitor import pipeline, settings

        counts = asdict(pipeline.code_items(settings.load(), datetime.now(UTC)))
        outlet_events[EVENTS].extra = counts
        return counts

    read_pages() >> code()


code_events()
