"""### Raise alerts

Starts when `code_events` emits the asset `events`: joins the stories with reference tables and the ledger of standing
measures, scores them, writes one alert a story with its evidence, updates those that are known, and emits the asset
`alerts`.

**When it is red**: clear the task. A story has one alert, however often this runs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import dag, task

from assets import ALERTS, EVENTS


@dag(
    schedule=[EVENTS],
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=1),
    default_args={
        "owner": "sanctions-monitor",
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "execution_timeout": timedelta(minutes=20),
    },
    tags=["sanctions-monitor"],
    doc_md=__doc__,
)
def raise_alerts() -> None:
    @task(multiple_outputs=False, outlets=[ALERTS])
    def raise_new(*, outlet_events: Any = None) -> dict[str, int]:
        """Writes alerts; emits `alerts` with the counts."""
        from dataclasses import asdict

        from sanctions_monitor import pipeline, settings

        counts = asdict(pipeline.raise_alerts(settings.load(), datetime.now(UTC)))
        outlet_events[ALERTS].extra = counts
        return counts

    raise_new()


raise_alerts()
