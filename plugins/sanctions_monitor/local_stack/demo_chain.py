"""Drives the chain of DAGs once over the recorded edition, and tells when each is green."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.errors import SanctionsMonitorError
from sanctions_monitor.recorded import EDITION_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.local_stack.airflow_api import AirflowApi

DRIVEN_BY_ASSETS = ("code_events", "raise_alerts", "daily_digest")


class ChainError(SanctionsMonitorError):
    """A run of the chain failed; Airflow itself is well."""


def drive(airflow: AirflowApi, pause: Callable[[], None], tell: Callable[[str, str], None]) -> None:
    """Polls, follows what the assets start one after the other, then asks for the digest of the edition's day.

    `pause` waits a moment between two looks and raises where the stack is to stop. Raises ChainError where a run
    fails.
    """
    while not all(airflow.knows(dag) for dag in ("poll_feeds", *DRIVEN_BY_ASSETS)):
        pause()
    # a run by hand emits its asset also when the feeds bring nothing new, as they do when the demo is started again
    before, run = "poll_feeds", airflow.trigger("poll_feeds")
    _wait(airflow, before, run, pause)
    tell(before, "green")
    for dag in DRIVEN_BY_ASSETS:
        while (woken := airflow.woken_by(before, run).get(dag)) is None:
            pause()
        before, run = dag, woken
        _wait(airflow, before, run, pause)
        tell(before, "green, woken by the asset of the DAG before it")
    _wait(airflow, "daily_digest", airflow.trigger("daily_digest", date=EDITION_DAY), pause)
    tell("daily_digest", f"green, for {EDITION_DAY}")


def _wait(airflow: AirflowApi, dag: str, run: str, pause: Callable[[], None]) -> None:
    """Returns once the run is green. Raises ChainError, naming its page, where it fails."""
    while (state := airflow.state(dag, run)) != "success":
        if state == "failed":
            raise ChainError(f"{dag} failed. Its log: {airflow.page(dag, run)}")
        pause()
