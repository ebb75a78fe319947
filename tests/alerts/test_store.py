"""Alerts and their reports in the database, by the sample edition: polled, coded, grouped and raised for real."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from pydantic import SecretStr

from sanctions_monitor import measures, pipeline, reference
from sanctions_monitor.alerts import Picture, picture, read_reports, store
from sanctions_monitor.recorded import publish, recorded_settings
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from sanctions_monitor.storage import EmbeddedServer

EVENING = datetime(2025, 12, 13, 23, 0, tzinfo=UTC)
TWO_DAYS_ON = datetime(2025, 12, 15, 23, 0, tzinfo=UTC)
SAMPLE = Path(__file__).parents[1] / "sample_edition"
POTASH = "US eases potash sanctions on Belarus"


@pytest.fixture(scope="module")
def raised(server: EmbeddedServer, template: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a database that holds the sample edition, with its alerts; the tests leave it as it is."""
    home = tmp_path_factory.mktemp("home")
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute(f"create database raised template {template}")
    ours = Settings(home=home, database_url=SecretStr(server.url("raised")))
    with publish(SAMPLE) as base_url:
        sample = recorded_settings(ours, base_url, "smtp://127.0.0.1:1", home, SAMPLE)
        pipeline.prepare(sample)
        pipeline.poll_feeds(sample, TWO_DAYS_ON)
    pipeline.code_items(sample, TWO_DAYS_ON)
    pipeline.raise_alerts(sample, TWO_DAYS_ON)
    return sample


def seen(settings: Settings, until: datetime) -> Picture:
    with connect(settings) as conn:
        reports = read_reports(conn, until - timedelta(days=14), until)
        return picture(reports, reference.read(conn), measures.read(conn), until)


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    with connect(settings) as conn:
        return conn.execute(f"select * from {table}").fetchall()  # noqa: S608


def test_the_sample_edition_holds_one_alert(raised: Settings) -> None:
    (alert,) = rows(raised, "alert")

    assert (alert["headline"], alert["status"]) == (POTASH, "adopted")
    assert (alert["senders"], alert["targets"], alert["commodities"]) == (["US"], ["BY"], ["potash"])


def test_an_outlet_with_two_feeds_is_one_outlet_under_its_shortest_title(raised: Settings) -> None:
    (alert,) = seen(raised, EVENING).alerts

    assert [report.outlet for report in alert.reports].count("Harbour Post") == 1
    assert "Harbour Post Business" not in {report.outlet for report in alert.reports}


def test_every_alert_has_evidence_that_stands_in_its_item(raised: Settings) -> None:
    (alert,) = seen(raised, EVENING).alerts

    for report in alert.reports:
        assert report.quote in report.wording
        assert report.url.startswith("https://")
        assert report.rule
        assert report.coder_version


def test_the_legal_act_of_monday_is_a_development_of_saturdays_alert(raised: Settings) -> None:
    (before,), (after,) = seen(raised, EVENING).alerts, seen(raised, TWO_DAYS_ON).alerts

    assert before.legal_act is None
    assert after.alert_id == before.alert_id
    assert [step.kind for step in after.developments if step.report.outlet == "OFAC"] == ["legal_act"]


def test_the_release_is_context_and_the_refusal_is_watched(raised: Settings) -> None:
    saturday = seen(raised, EVENING)

    assert any("frees prisoners" in entry.headline for entry in saturday.alerts[0].context)
    assert "Refused: EU to ease sanctions on Belarus" in [entry.headline for entry in saturday.watch]


def test_a_picture_read_again_is_the_same(raised: Settings) -> None:
    assert seen(raised, EVENING) == seen(raised, EVENING)


def stored_again(settings: Settings, now: datetime) -> tuple[list[str], dict[str, Any]]:
    """What a second storing calls new, and the alert as it then stands; nothing of it is kept."""
    alerts = seen(settings, TWO_DAYS_ON + timedelta(seconds=1)).alerts
    with connect(settings) as conn:
        new = store(conn, alerts, now)
        alert = conn.execute("select * from alert").fetchone()
        conn.rollback()
    return new, alert


def test_alerts_that_are_stored_again_are_not_new_and_change_nothing(raised: Settings) -> None:
    new, alert = stored_again(raised, TWO_DAYS_ON)

    assert new == []
    assert [alert] == rows(raised, "alert")


def test_a_later_look_keeps_when_the_alert_was_raised(raised: Settings) -> None:
    _, alert = stored_again(raised, TWO_DAYS_ON + timedelta(hours=5))

    assert (alert["raised_at"], alert["looked_at"]) == (TWO_DAYS_ON, TWO_DAYS_ON + timedelta(hours=5))


def test_two_processes_that_look_at_once_call_an_alert_new_once(raised: Settings) -> None:
    (alert,) = seen(raised, TWO_DAYS_ON + timedelta(seconds=1)).alerts
    with connect(raised) as conn:
        conn.execute("delete from alert_development")
        conn.execute("delete from alert")
    with connect(raised) as first, connect(raised) as second, ThreadPoolExecutor(1) as pool:
        assert store(first, [alert], TWO_DAYS_ON) == [alert.alert_id]
        late = pool.submit(store, second, [alert], TWO_DAYS_ON)
        # the second waits for the first by now
        with pytest.raises(TimeoutError):
            late.result(0.2)
        first.commit()
        assert late.result(5) == []


def test_stored_reasons_add_up_to_the_stored_score(raised: Settings) -> None:
    (alert,) = rows(raised, "alert")

    assert sum(reason["points"] for reason in alert["reasons"]) == alert["score"]


def test_nothing_is_raised_twice(raised: Settings) -> None:
    again = pipeline.raise_alerts(raised, TWO_DAYS_ON + timedelta(hours=1))

    assert (again.new, again.known) == (0, 0)
