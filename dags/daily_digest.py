"""### Mail the daily digest

Every hour, and whenever `raise_alerts` emits the asset `alerts`: sends what is due at each subscriber's own hour. The
digest of a day holds what was published on it in the subscriber's time zone, and goes out the next morning. Nothing due
is nothing done; a digest reaches each subscriber once a date, however often this runs, and a stored one is never made
anew. `check` is red where a digest went out, but not whole: an alert that could not be rendered, a file that could not
be written.

Trigger it by hand to have the digest of a day at once:

| parameter | meaning |
|---|---|
| `date` | The day, as YYYY-MM-DD. Empty: what is due now. |
| `edition` | The time zone of one edition, such as Europe/Warsaw. Empty: all. |
| `dry_run` | Compose and write the files, store nothing, send nothing. |
| `subscriber` | Only the subscriber of this id or address. Empty: all. |
| `deliver` | Send the mails. Empty: yes, but not in a backfill. |

A backfill makes the digest of the day before each of its dates and sends nothing, unless `deliver` is true.

**When it is red**: the mail server or the database is away. Clear the task, or wait for the next hour: mails stay in
the outbox until they are accepted. **When it is late**: a run that is not done half an hour after it was queued tells
the address in `SANCTIONS_MONITOR_OPERATORS` through the connection `sanctions_monitor_smtp`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import (
    AssetOrTimeSchedule,
    AsyncCallback,
    CronTriggerTimetable,
    DeadlineAlert,
    DeadlineReference,
    Param,
    dag,
    task,
)
from airflow.sdk.exceptions import AirflowFailException

from assets import ALERTS

LATE_AFTER = timedelta(minutes=30)
TEXT = {"type": ["null", "string"]}


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
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=LATE_AFTER,
        callback=AsyncCallback("sanctions_monitor.delivery.operators.digest_is_late"),
    ),
    params={
        "date": Param(None, **TEXT, format="date", title="Date", description="Empty: what is due now."),
        "edition": Param(None, **TEXT, title="Edition", description="A time zone; empty: all."),
        "dry_run": Param(False, type="boolean", title="Dry run", description="Store nothing and send nothing."),
        "subscriber": Param(None, **TEXT, title="Subscriber", description="Only this id or address; empty: all."),
        "deliver": Param(
            None, type=["null", "boolean"], title="Deliver", description="Send mails; empty: yes, but in a backfill no."
        ),
    },
    tags=["sanctions-monitor"],
    doc_md=__doc__,
)
def daily_digest() -> None:
    @task
    def send(*, params: Any = None, dag_run: Any = None) -> list[dict[str, Any]]:
        """Composes, stores and mails the digests; says for each what became of its mails."""
        from dataclasses import asdict
        from datetime import date

        from sanctions_monitor import pipeline, settings
        from sanctions_monitor.delivery.airflow_connections import with_airflow_mail_server

        config = with_airflow_mail_server(settings.load())
        # the first hour may come before the first poll
        pipeline.prepare(config)
        past = dag_run.run_type == "backfill"
        day = date.fromisoformat(params["date"]) if params["date"] else None
        if past and day is None:
            day = dag_run.logical_date.date() - timedelta(days=1)
        now = datetime.now(UTC)
        summaries = pipeline.send_digests(
            config,
            now,
            day,
            dry_run=params["dry_run"],
            subscriber=params["subscriber"],
            edition=params["edition"],
            deliver=not past if params["deliver"] is None else params["deliver"],
        )
        if day is None and not params["dry_run"]:
            # what a burst held back, where no news has started `raise_alerts` since
            pipeline.send_notices(config, now)
        return [asdict(each) | {"date": each.date.isoformat(), "faults": list(each.faults)} for each in summaries]

    @task
    def check(summaries: list[dict[str, Any]]) -> None:
        """Fails where a digest was sent, but not whole, so that operators see it."""
        if faults := [fault for each in summaries for fault in each["faults"]]:
            raise AirflowFailException(f"The digests went out, but not whole: {'; '.join(faults)}")

    check(send())


daily_digest()
