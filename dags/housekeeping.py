"""### Keep the house

Once a day: lets go of full texts, documents, polls and addresses that are older than the settings keep them
(`SANCTIONS_MONITOR_KEEP_...`). Evidence stays ten years: the text and document of every item with an event; its
sentence stays for good. The counts say what went, and how many dead letters wait for somebody to look at them
(`sanctions-monitor outbox list --state dead`).

**When it is red**: the database is away. Clear the task; what was let go stays so, and nothing is counted twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import dag, task


@dag(
    schedule="30 3 * * *",
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    default_args={
        "owner": "sanctions-monitor",
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "execution_timeout": timedelta(hours=1),
    },
    tags=["sanctions-monitor"],
    doc_md=__doc__,
)
def housekeeping() -> None:
    @task(multiple_outputs=False)
    def let_go() -> dict[str, int]:
        """Lets go of what is old, and counts dead letters."""
        from dataclasses import asdict

        from sanctions_monitor import keeping, pipeline, settings

        config = settings.load()
        pipeline.prepare(config)
        return asdict(keeping.let_go(config, datetime.now(UTC)))

    let_go()


housekeeping()
