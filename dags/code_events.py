"""### Code what is new

Starts when `poll_feeds` emits the asset `items`: codes each item that the present coder has not coded yet (who
sanctions, eases, extends or enforces against whom, decided or only proposed), joins what tells the same act into
stories, and emits the asset `events`.

**When it is red**: clear the task. An item is coded once a version of the coder, however often this runs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import dag, task

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
    @task(multiple_outputs=False, outlets=[EVENTS])
    def code(*, outlet_events: Any = None) -> dict[str, int]:
        """Codes and groups into stories; emits `events` with the counts."""
        from dataclasses import asdict

        from sanctions_monitor import pipeline, settings

        counts = asdict(pipeline.code_items(settings.load(), datetime.now(UTC)))
        outlet_events[EVENTS].extra = counts
        return counts

    code()


code_events()
