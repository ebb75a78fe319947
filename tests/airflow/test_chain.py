"""The four DAGs one after the other, as Airflow runs them: real PostgreSQL, HTTP and SMTP."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from tests.airflow.airflow_home import DATABASE, read_dags
from tests.journeys.conftest import lasting_rows

from sanctions_monitor.local_stack.environment import as_variables
from sanctions_monitor.settings import load

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

DAY = "2025-12-13"


@pytest.fixture
def dags(airflow_database, sample, monkeypatch):
    """Our DAGs, whose tasks work on the sample edition."""
    for name, value in as_variables(sample).items():
        monkeypatch.setenv(name, value)
    load.cache_clear()
    yield read_dags().dags
    load.cache_clear()


@pytest.fixture
def run_dag(dags):
    """Runs a DAG as by hand, and gives how it ended: the state of the run and those of its tasks."""

    def run(name: str, **conf: Any) -> dict[str, str]:
        # `DAG.test` can't read deadlines, which the DAG processor puts into the database; the local stack has them
        dags[name].deadline = None
        finished = dags[name].test(logical_date=None, run_conf=conf)
        states = {f"{each.task_id}[{each.map_index}]": each.state for each in finished.get_task_instances()}
        return {name.removesuffix("[-1]"): str(state) for name, state in states.items()} | {"run": str(finished.state)}

    return run


def run_chain(run_dag: Any) -> None:
    for name in ("poll_feeds", "code_events", "raise_alerts"):
        assert set(run_dag(name).values()) == {"success"}, name
    assert run_dag("daily_digest", date=DAY)["run"] == "success"


def an_hour_passes(url: str) -> None:
    """Makes every feed due again."""
    with psycopg.connect(url) as conn:
        conn.execute("update feed set next_poll_at = next_poll_at - interval '1 hour'")


def count(url: str, statement: str) -> Any:
    with psycopg.connect(url) as conn:
        return conn.execute(statement).fetchone()[0]


def test_the_chain_leads_from_feeds_to_mails_and_again_to_nothing_new(run_dag, sample, server, mailbox):
    url = sample.database_url.get_secret_value()

    run_chain(run_dag)

    assert count(url, "select count(*) from item") > 0
    assert count(url, "select count(*) from alert where targets = '{BY}' and commodities = '{potash}'") == 1
    assert count(url, "select count(*) from delivery where state = 'sent' and digest_date = '2025-12-13'") == 2
    mails = {path.name: path.read_bytes() for path in mailbox.glob("*.eml")}
    assert len(mails) == 2
    assert all(b"Belarus" in mail for mail in mails.values())
    first = lasting_rows(url)

    an_hour_passes(url)
    run_chain(run_dag)

    assert lasting_rows(url) == first
    assert {path.name: path.read_bytes() for path in mailbox.glob("*.eml")} == mails
    newest = """select asset_event.extra from asset_event join asset on asset.id = asset_id
        where asset.name = '{}' order by timestamp desc"""
    airflow = server.url(DATABASE)
    assert count(airflow, newest.format("items"))["new_items"] == 0
    assert count(airflow, newest.format("alerts"))["new"] == 0


def test_a_poll_with_no_feed_due_is_green_too(run_dag):
    run_dag("poll_feeds")

    again = run_dag("poll_feeds")

    assert (again["poll"], again["announce"], again["run"]) == ("skipped", "success", "success")


def test_a_broken_batch_makes_the_run_red_and_the_items_of_the_others_go_on(dags, run_dag, sample):
    # a host of its own, and a database that takes no poll of it
    catalogue = sample.catalogue.read_text()
    own_host = catalogue.replace("127.0.0.1", "localhost", 1)
    sample.catalogue.write_text(own_host)
    broken = next(line.split(",")[0] for line in own_host.splitlines() if "localhost" in line)
    with psycopg.connect(sample.database_url.get_secret_value()) as conn:
        conn.execute(f"alter table poll add check (feed_id <> '{broken}')")
    dags["poll_feeds"].get_task("poll").partial_kwargs["retries"] = 0

    states = run_dag("poll_feeds")

    assert sorted(state for task, state in states.items() if task.startswith("poll[")) == ["failed", "success"]
    assert (states["announce"], states["finish"], states["run"]) == ("success", "upstream_failed", "failed")


def test_a_run_that_cannot_begin_is_red_and_wakes_nobody(dags, run_dag, sample):
    sample.catalogue.unlink()
    dags["poll_feeds"].get_task("due_batches").retries = 0

    states = run_dag("poll_feeds")

    assert (states["due_batches"], states["run"]) == ("failed", "failed")
    assert states["announce"] != "success"


def test_a_dry_run_of_the_digest_stores_and_sends_nothing(run_dag, sample, mailbox):
    run_dag("poll_feeds")

    run_dag("daily_digest", date=DAY, dry_run=True)

    assert count(sample.database_url.get_secret_value(), "select count(*) from digest") == 0
    assert not list(mailbox.glob("*.eml"))


def test_a_backfill_makes_the_digest_of_the_day_before_and_sends_nothing(dags, run_dag, sample, mailbox):
    run_dag("poll_feeds")
    params = {"date": None, "dry_run": False, "subscriber": None, "edition": None, "deliver": None}
    past = SimpleNamespace(run_type="backfill", logical_date=datetime(2025, 12, 14, 6, tzinfo=UTC))

    made = dags["daily_digest"].get_task("send").python_callable(params=params, dag_run=past)

    assert {each["date"] for each in made} == {DAY}
    assert count(sample.database_url.get_secret_value(), "select count(*) from delivery") == 0
    assert not list(mailbox.glob("*.eml"))


def test_the_mail_server_of_airflows_connection_goes_before_the_environment(run_dag, sample, mailbox, monkeypatch):
    host, port = sample.smtp_url.get_secret_value().removeprefix("smtp://").split(":")
    connection = {"conn_type": "smtp", "host": host, "port": int(port), "extra": {"disable_ssl": True}}
    monkeypatch.setenv("AIRFLOW_CONN_SANCTIONS_MONITOR_SMTP", json.dumps(connection))
    monkeypatch.setenv("SANCTIONS_MONITOR_SMTP_URL", "smtp://127.0.0.1:1")
    load.cache_clear()
    for name in ("poll_feeds", "code_events", "raise_alerts"):
        run_dag(name)

    assert run_dag("daily_digest", date=DAY)["run"] == "success"

    assert len(list(mailbox.glob("*.eml"))) == 2


def test_a_late_digest_is_mailed_to_the_operators(dags, mailbox, monkeypatch):
    from sanctions_monitor.delivery.operators import digest_is_late

    monkeypatch.setenv("SANCTIONS_MONITOR_OPERATORS", "ops@example.org")
    load.cache_clear()

    asyncio.run(digest_is_late(context={"dag_run": {"dag_run_id": "scheduled__1"}}))

    (mail,) = mailbox.glob("*.eml")
    assert b"scheduled__1" in mail.read_bytes()
