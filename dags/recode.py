"""### Code stored items again

By hand, after the coder or its lexicons were updated: codes the items of a span with the present coder, keeps what the
older one said beside it, and logs each item of which the two differ (`-` only the older said, `+` only the present
says). Run twice, it says the same.

| parameter | meaning |
|---|---|
| `since` | First day, as YYYY-MM-DD. |
| `until` | The day after the last. Empty: now. |

**When it is red**: clear the task; what was coded stays coded.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Param, dag, task


@dag(
    schedule=None,
    start_date=datetime(2025, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    default_args={
        "owner": "sanctions-monitor",
        "retries": 1,
        "retry_delay": timedelta(minutes=1),
        "execution_timeout": timedelta(hours=6),
    },
    params={
        "since": Param("2025-01-01", type="string", format="date", title="Since", description="First day."),
        "until": Param(
            None, type=["null", "string"], format="date", title="Until", description="The day after the last."
        ),
    },
    tags=["sanctions-monitor"],
    doc_md=__doc__,
)
def recode() -> None:
    @task(multiple_outputs=False)
    def compare(*, params: Any = None) -> dict[str, int]:
        """Codes, logs the differences, counts them."""
        from sanctions_monitor import pipeline, settings

        return pipeline.recode_and_log(settings.load(), params["since"], params["until"], datetime.now(UTC))

    compare()


recode()
