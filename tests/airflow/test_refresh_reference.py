"""The DAG that refreshes reference tables, against a service on loopback named by an Airflow connection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tests.airflow.airflow_home import read_dags

from sanctions_monitor.local_stack.environment import as_variables
from sanctions_monitor.settings import load

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

    from sanctions_monitor.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

ANSWERS = Path(__file__).parents[1] / "reference" / "answers" / "worldbank"
INDICATORS = ("NY.GDP.MKTP.CD", "SP.POP.TOTL")


@pytest.fixture
def dag(airflow_database: Any, settings: Settings, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The DAG, with a connection `worldbank` that leads to the test's own server."""
    for name, value in as_variables(settings).items():
        monkeypatch.setenv(name, value)
    where = {"conn_type": "http", "host": httpserver.url_for(""), "password": "s3cr3t"}
    monkeypatch.setenv("AIRFLOW_CONN_WORLDBANK", json.dumps(where))
    load.cache_clear()
    yield read_dags().dags["refresh_reference"]
    load.cache_clear()


def serve(httpserver: HTTPServer, body: dict[str, bytes]) -> None:
    for indicator in INDICATORS:
        path = f"/v2/country/all/indicator/{indicator}"
        httpserver.expect_request(path).respond_with_data(body[indicator], content_type="application/json")


def state(dag: Any, **conf: Any) -> str:
    return str(dag.test(logical_date=None, run_conf={"services": ["worldbank"], "dry_run": False} | conf).state)


def years(settings: Settings) -> set[int]:
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as conn:
        return {row[0] for row in conn.execute("select distinct gdp_year from country where alpha2 = 'BY'").fetchall()}


def test_newer_figures_are_swapped_in_with_the_key_of_the_connection(
    dag: Any, settings: Settings, httpserver: HTTPServer
):
    serve(httpserver, {each: (ANSWERS / f"{each}.json").read_bytes() for each in INDICATORS})
    assert state(dag) == "success"
    assert years(settings) == {2024}
    assert httpserver.log[0][0].headers["Ocp-Apim-Subscription-Key"] == "s3cr3t"


def test_a_cut_off_answer_makes_the_run_red_and_keeps_the_tables(dag: Any, settings: Settings, httpserver: HTTPServer):
    whole = {each: (ANSWERS / f"{each}.json").read_bytes() for each in INDICATORS}
    serve(httpserver, whole | {"SP.POP.TOTL": whole["SP.POP.TOTL"][:5000]})
    for task in dag.tasks:
        task.retries = 0
    assert state(dag) == "failed"
    assert years(settings) == {2023}
