"""### Raise alerts

Starts when `code_events` emits the asset `events`: joins the stories with reference tables and the ledger of standing
measures, scores them, writes one alert a story with its evidence, updates those that are known, and emits the asset
`alerts`. `notify` then sends urgent notices: an alert at or over a subscriber's threshold goes out at once, once.

**When it is red**: clear the task. A story has one alert, and a subscriber one notice of it, however often this runs.
Where `notify` is red, a mail server or a webhook is away: the notices wait in the outbox for the next run.
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

    @task(multiple_outputs=False)
    def notify() -> dict[str, int]:
        """Tells at once what is at or over a subscriber's threshold, by mail and webhook, each alert once."""
        from dataclasses import asdict

        from sanctions_monitor import pipeline, settings
        from sanctions_monitor.delivery.airflow_connections import with_airflow_mail_server

        return asdict(pipeline.send_notices(with_airflow_mail_server(settings.load()), datetime.now(UTC)))

    raise_new() >> notify()


raise_alerts()
