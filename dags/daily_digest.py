"""### Mail the daily digest

Every hour, and whenever `raise_alerts` emits the asset `alerts`: sends what is due at each subscriber's own hour. The
digest of a day holds what was published on it in the subscriber's time zone, and goes out the next morning. Nothing due
is nothing done; a digest reaches each subscriber once a date, however often this runs.

Trigger it by hand to have the digest of a day at once:

| parameter | meaning |
|---|---|
| `date` | The day, as YYYY-MM-DD. Empty: what is due now. |
| `dry_run` | Compose and write the files, store nothing, send nothing. |
| `subscriber` | Only the subscriber of this id or address. Empty: all. |

**When it is red**: the mail server or the database is away. Clear the task, or wait for the next hour: mails stay in
the outbox until they are accepted.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, task

from assets import ALERTS


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("0 * * * *", timezone="UTC"), assets=[ALERTS]),
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=1),
    default_args={
        "owner": "sanctions-monitor",
        "retries": 3,
        "retry_delay": timedelta(minutes=1),
        "execution_timeout": timedelta(minutes=20),
    },
    params={
        "date": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Date",
            description="Empty: what is due now.",
        ),
        "dry_run": Param(False, type="boolean", title="Dry run", description="Store nothing and send nothing."),
        "subscriber": Param(
            None, type=["null", "string"], title="Subscriber", description="Only this id or address; empty: all."
        ),
    },
    tags=["sanctions-monitor"],
    doc_md=__doc__,
)
def daily_digest() -> None:
    @task
    def send(*, params: Any = None) -> list[dict[str, Any]]:
        """Composes, stores and mails the digests; says for each what became of its mails."""
        from dataclasses import asdict
        from datetime import date

        from sanctions_monitor import pipeline, settings

        config = settings.load()
        # the first hour may come before the first poll
        pipeline.prepare(config)
        summaries = pipeline.send_digests(
            config,
            datetime.now(UTC),
            date.fromisoformat(params["date"]) if params["date"] else None,
            dry_run=params["dry_run"],
            subscriber=params["subscriber"],
        )
        return [asdict(each) | {"date": each.date.isoformat()} for each in summaries]

    send()


daily_digest()
