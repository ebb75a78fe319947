"""### Refresh the reference tables

Once a month: fetches newer tables from public services (World Bank, USGS, FAOSTAT, UN Comtrade), checks them against
their declarations and expectations, shows what changes in the task's log, and swaps them in by one transaction a
service.

| parameter | meaning |
|---|---|
| `services` | Which ones; by default those with open terms. |
| `dry_run` | Show the difference and change nothing. |

FAOSTAT's terms are unsettled and Comtrade's restrict re-publication: their tables are used only where
`SANCTIONS_MONITOR_LICENCES` names them. Keys and other addresses come from the Airflow connections `worldbank`, `usgs`,
`faostat`, `comtrade` (password: the key; host: another address), all of which may be missing.

**When it is red**: the old tables are still there. The log names the service, the answer, or the line and value that
was refused. Clear the task when the service is well again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, task

OPEN = ["worldbank", "usgs"]
KNOWN = [*OPEN, "faostat", "comtrade"]


@dag(
    schedule=CronTriggerTimetable("0 4 2 * *", timezone="UTC"),
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=4),
    default_args={
        "owner": "sanctions-monitor",
        "retries": 2,
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=1),
    },
    params={
        "services": Param(
            OPEN, type="array", items={"enum": KNOWN}, title="Services", description="Where newer tables come from."
        ),
        "dry_run": Param(False, type="boolean", title="Dry run", description="Show the difference, change nothing."),
    },
    tags=["sanctions-monitor"],
    doc_md=__doc__,
)
def refresh_reference() -> None:
    @task
    def chosen(*, params: Any = None) -> list[str]:
        """The services of this run."""
        return list(params["services"])

    @task(max_active_tis_per_dag=1, multiple_outputs=False)
    def refresh(service: str, *, params: Any = None) -> dict[str, int]:
        """Fetches, checks, shows and swaps the tables of one service; returns how many rows and cells changed."""
        from airflow.exceptions import AirflowNotFoundException
        from airflow.sdk import Connection
        from airflow.sdk.exceptions import AirflowRuntimeError

        from sanctions_monitor import pipeline, reference, settings
        from sanctions_monitor.logs import get_logger

        try:
            connection = Connection.get(service)
        except (AirflowNotFoundException, AirflowRuntimeError):
            connection = None
        config = settings.load()
        pipeline.prepare(config)
        found = pipeline.refresh_reference(
            config,
            service,
            datetime.now(UTC),
            base_url=connection.host if connection and connection.host else None,
            key=connection.password if connection else None,
            dry_run=params["dry_run"],
        )
        log = get_logger("refresh_reference")
        for line in reference.told_differences(found):
            log.warning("difference", service=service, line=line)
        return {name: len(each.added) + len(each.removed) + len(each.changed) for name, each in found.items()}

    refresh.expand(service=chosen())


refresh_reference()
