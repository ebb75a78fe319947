"""The little of Airflow's REST API that the local stack needs."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from sanctions_monitor.errors import SanctionsMonitorError

TIMEOUT = 10.0
PARTS = ("metadatabase", "scheduler", "dag_processor", "triggerer")
# Looking again does no harm. A busy machine may keep Airflow from answering in time; and Airflow 3.3 answers 500 to who
# asks for a run's asset events while a run that they woke waits to start (its API wants a start_date).
LOOK_AGAIN = Retry(
    total=None,
    connect=5,
    read=5,
    status=10,
    status_forcelist=[500],
    backoff_factor=0.5,
    backoff_max=8.0,
    allowed_methods=["GET"],
)


def is_ready(address: str) -> bool:
    """Whether the web server answers and says that all parts of Airflow are healthy."""
    try:
        answer = requests.get(f"{address}/api/v2/monitor/health", timeout=TIMEOUT).json()
    except (requests.RequestException, ValueError):
        return False
    return all((answer.get(part) or {}).get("status") == "healthy" for part in PARTS)


class AirflowApi:
    """Airflow at `address`, as a logged-in user. Every call raises SanctionsMonitorError where Airflow refuses."""

    def __init__(self, address: str, user: str, password: str) -> None:
        """Logs in."""
        self.address = address
        self._session = requests.Session()
        self._session.mount(address, HTTPAdapter(max_retries=LOOK_AGAIN))
        token = self._ask("POST", "/auth/token", json={"username": user, "password": password})["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"

    def knows(self, dag: str) -> bool:
        """Whether a DAG of this name has been read and takes runs."""
        found = self._ask("GET", "/api/v2/dags", params={"dag_id_pattern": dag, "paused": "false"})
        return dag in {each["dag_id"] for each in found["dags"]}

    def trigger(self, dag: str, **conf: str) -> str:
        """Starts a run and gives its id."""
        run = self._ask("POST", f"/api/v2/dags/{dag}/dagRuns", json={"logical_date": None, "conf": conf})
        return str(run["dag_run_id"])

    def state(self, dag: str, run: str) -> str:
        """How far a run is: queued, running, success or failed."""
        return str(self._ask("GET", f"/api/v2/dags/{dag}/dagRuns/{quote(run, safe='')}")["state"])

    def woken_by(self, dag: str, run: str) -> dict[str, str]:
        """The runs that this run's assets have started so far, by their DAG."""
        found = self._ask("GET", "/api/v2/assets/events", params={"source_dag_id": dag, "source_run_id": run})
        return {each["dag_id"]: each["run_id"] for event in found["asset_events"] for each in event["created_dagruns"]}

    def page(self, dag: str, run: str) -> str:
        """Where a person sees this run."""
        return f"{self.address}/dags/{dag}/runs/{quote(run, safe='')}"

    def _ask(self, method: str, path: str, **arguments: Any) -> Any:
        try:
            answer = self._session.request(method, f"{self.address}{path}", timeout=TIMEOUT, **arguments)
            answer.raise_for_status()
        except requests.RequestException as problem:
            raise SanctionsMonitorError(f"Airflow did not do what it was asked: {problem}. Look at its logs.") from None
        return answer.json()
