"""Every DAG can be read, says what it does, and survives a task that is killed."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from tests.airflow.airflow_home import read_dags

pytestmark = pytest.mark.airflow

CHAIN = ["poll_feeds", "code_events", "raise_alerts", "daily_digest"]


@pytest.fixture(scope="module")
def dag_bag(airflow_home):
    return read_dags()


@pytest.fixture(params=[*CHAIN, "housekeeping", "refresh_reference"])
def dag(request, dag_bag):
    return dag_bag.dags[request.param]


def test_all_files_import(dag_bag):
    assert dag_bag.import_errors == {}
    assert set(CHAIN) <= set(dag_bag.dags)


def test_a_dag_explains_itself_to_operators(dag):
    assert dag.doc_md.startswith("### ")
    assert "When it is red" in dag.doc_md
    assert dag.tags
    assert dag.owner == "sanctions-monitor"


def test_a_dag_runs_once_at_a_time_and_never_for_the_past(dag):
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert dag.dagrun_timeout


def test_every_task_is_retried_after_a_pause_and_ends_in_time(dag):
    for task in dag.tasks:
        assert task.retries >= 2, task.task_id
        assert task.retry_delay.total_seconds() >= 30, task.task_id
        assert task.execution_timeout, task.task_id


@pytest.mark.parametrize(
    ("source", "asset", "woken"),
    [
        ("poll_feeds", "items", "code_events"),
        ("code_events", "events", "raise_alerts"),
        ("raise_alerts", "alerts", "daily_digest"),
    ],
)
def test_a_dag_wakes_the_next_by_an_asset(dag_bag, source, asset, woken):
    outlets = [each.name for task in dag_bag.dags[source].tasks for each in task.outlets]
    assert outlets == [asset]
    assert [each.name for each in dag_bag.dags[woken].timetable.asset_condition.objects] == [asset]


def test_the_digest_is_also_looked_at_every_hour(dag_bag):
    assert dag_bag.dags["daily_digest"].timetable.timetable.expression == "0 * * * *"


def test_a_late_digest_is_an_alert_of_a_deadline(dag_bag):
    (deadline,) = dag_bag.dags["daily_digest"].deadline
    assert deadline.interval.total_seconds() == 30 * 60
    assert deadline.callback.path == "sanctions_monitor.delivery.operators.digest_is_late"


def test_a_digest_that_is_not_whole_makes_its_check_red(dag_bag):
    from airflow.sdk.exceptions import AirflowFailException

    check = dag_bag.dags["daily_digest"].get_task("check").python_callable
    check([{"faults": []}])
    with pytest.raises(AirflowFailException, match="alert s1"):
        check([{"faults": ["alert s1: KeyError: 'x'"]}])


@pytest.mark.parametrize("day", ["2025-12-13", None])
def test_the_digest_takes_a_day_or_none(dag_bag, day):
    assert dag_bag.dags["daily_digest"].params.get_param("date").resolve(day) == day


@pytest.mark.parametrize("day", ["13.12.2025", "2025-13-01", "20251213", "yesterday", 20251213])
def test_the_digest_refuses_what_is_no_day(dag_bag, day):
    from airflow.sdk.exceptions import ParamValidationError

    with pytest.raises(ParamValidationError):
        dag_bag.dags["daily_digest"].params.get_param("date").resolve(day)


def polled(**counts: int) -> dict[str, int]:
    return {"feeds": 3, "new_items": 0, "changed_items": 0, "failed": 0, "tries": 1} | counts


def announce(dag_bag: Any, batches: Any, polls: Any, run_type: str = "scheduled") -> dict[str, int]:
    task = dag_bag.dags["poll_feeds"].get_task("announce")
    events: Any = defaultdict(SimpleNamespace)
    task.python_callable(batches, polls, dag_run=SimpleNamespace(run_type=run_type), outlet_events=events)
    return next(iter(events.values())).extra


@pytest.mark.parametrize("news", [{"new_items": 2}, {"changed_items": 2}])
def test_new_and_changed_items_are_announced_with_their_counts(dag_bag, news):
    counts = announce(dag_bag, [["a"], ["b"]], [polled(), polled(**news)])
    assert counts == {"feeds": 6, "new_items": 0, "changed_items": 0, "failed": 0} | news


@pytest.mark.parametrize(("batches", "polls"), [([], []), (None, None), ([["a"]], [polled(failed=1)])])
def test_a_run_that_brings_nothing_wakes_nobody(dag_bag, batches, polls):
    from airflow.sdk.exceptions import AirflowSkipException

    with pytest.raises(AirflowSkipException):
        announce(dag_bag, batches, polls)


@pytest.mark.parametrize(
    ("batches", "polls"), [([["a"], ["b"]], [polled()]), ([["a"]], [polled(tries=2)])], ids=["failed", "killed"]
)
def test_what_a_broken_task_may_have_stored_is_announced(dag_bag, batches, polls):
    assert announce(dag_bag, batches, polls)["new_items"] == 0


def test_a_run_by_hand_is_always_announced(dag_bag):
    assert announce(dag_bag, [], [], "manual")["feeds"] == 0
