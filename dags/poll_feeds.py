"""### Poll the feeds that are due

Every 15 minutes: brings schema, reference tables and the catalogue of feeds up to date (cheap when nothing changed),
asks the feeds that are due, and stores what is new. The hosts are dealt out to at most 16 tasks; one host is asked by
one task only. A feed that fails backs off and fails no task.

When something is new or changed, `announce` emits the asset `items`, and with it starts `code_events`; with nothing new
it is skipped. A run that somebody triggers by hand always announces.

**When it is red**: a task of `poll` fails only where the pipeline itself does, such as a database that is away. Clear
the task: what was stored stays, and nothing is stored twice. The items of the other hosts went on meanwhile.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import TriggerRule, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from assets import ITEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

TASKS_AT_MOST = 16
"""A task costs about a second by itself, and Airflow maps over 1024 at most."""


@dag(
    schedule="*/15 * * * *",
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
def poll_feeds() -> None:
    @task
    def prepare() -> None:
        """Brings schema, reference tables and catalogue up to date."""
        from sanctions_monitor import pipeline, settings

        pipeline.prepare(settings.load())

    @task
    def due_batches() -> list[list[str]]:
        """The ids of the feeds whose time has come, those of one host together."""
        from itertools import chain

        from sanctions_monitor import pipeline, settings

        hosts = pipeline.due_batches(settings.load(), datetime.now(UTC))
        return [list(chain(*hosts[first::TASKS_AT_MOST])) for first in range(min(TASKS_AT_MOST, len(hosts)))]

    @task(multiple_outputs=False)
    def poll(feed_ids: list[str], *, ti: Any = None) -> dict[str, int]:
        """Asks those of these feeds that are still due, a host's one after the other, and stores what is new."""
        from dataclasses import asdict

        from sanctions_monitor import pipeline, settings

        config = settings.load()
        # still due: a task that runs again, or beside a run by hand, leaves what was polled meanwhile
        return asdict(pipeline.poll_feeds(config, datetime.now(UTC), feed_ids, only_due=True)) | {
            "tries": ti.try_number
        }

    @task(multiple_outputs=False, outlets=[ITEMS], trigger_rule=TriggerRule.ALL_DONE)
    def announce(
        batches: list[list[str]] | None,
        polls: Sequence[dict[str, int]] | None,
        *,
        dag_run: Any = None,
        outlet_events: Any = None,
    ) -> dict[str, int]:
        """Emits `items` with the counts of this run, where there is something to tell."""
        done = list(polls or [])
        counts = {name: sum(each[name] for each in done) for name in ("feeds", "new_items", "changed_items", "failed")}
        # a task that failed, or was killed after it had stored items and ran again, does not tell of them
        untold = len(done) < len(batches or ()) or any(each["tries"] > 1 for each in done)
        asked_for = dag_run.run_type == "manual" and batches is not None
        if not (counts["new_items"] or counts["changed_items"] or untold or asked_for):
            raise AirflowSkipException("Nothing new from any feed.")
        outlet_events[ITEMS].extra = counts
        return counts

    # the last task decides how the run ends: `announce` goes on past a failed batch, and a skipped one is no failure
    finish = EmptyOperator(task_id="finish", trigger_rule=TriggerRule.NONE_FAILED)

    batches = due_batches()
    polls = poll.expand(feed_ids=batches)
    prepare() >> batches
    [polls, announce(batches, polls)] >> finish


poll_feeds()
