"""The files of a day, by the sample edition: polled, coded, raised and exported for real."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr

from sanctions_monitor import pipeline
from sanctions_monitor.exports import export_tables
from sanctions_monitor.recorded import publish, recorded_settings
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from sanctions_monitor.storage import EmbeddedServer

SAMPLE = Path(__file__).parents[1] / "sample_edition"
MORNING = datetime(2025, 12, 14, 6, 30, tzinfo=UTC)
DAY = date(2025, 12, 13)


@pytest.fixture(scope="module")
def edition(server: EmbeddedServer, template: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a database that holds the sample edition, with the files of its day."""
    home = tmp_path_factory.mktemp("home")
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute(f"create database exported template {template}")
    ours = Settings(home=home, database_url=SecretStr(server.url("exported")))
    with publish(SAMPLE) as base_url:
        settings = recorded_settings(ours, base_url, "smtp://127.0.0.1:1", home / "out", SAMPLE)
        pipeline.prepare(settings)
        pipeline.poll_feeds(settings, MORNING)
    pipeline.code_items(settings, MORNING)
    pipeline.raise_alerts(settings, MORNING)
    pipeline.send_digests(settings, MORNING, DAY, dry_run=True)
    return settings


def rows(settings: Settings, name: str) -> list[dict[str, str]]:
    with (settings.out / "2025-12-13" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_columns_that_analysts_load_come_first_and_stay() -> None:
    assert (
        export_tables()["alerts"].names[:14]
        == (
            "alert_id date action status senders targets commodities instruments severity headline outlets official "
            "evidence url"
        ).split()
    )


COLUMNS = {f"{name}.csv": table.names for name, table in export_tables().items()}
SUMMARY_LENGTH = 500


@pytest.mark.parametrize("name", COLUMNS)
def test_a_file_has_its_columns(name: str, edition: Settings) -> None:
    header = (edition.out / "2025-12-13" / name).read_text(encoding="utf-8").split("\n")[0]

    assert header.strip().split(",") == COLUMNS[name]


def test_the_alert_of_the_day(edition: Settings) -> None:
    (alert,) = rows(edition, "alerts.csv")

    codes = {name: alert[name] for name in ("date", "action", "status", "senders", "targets", "commodities")}
    assert codes == {
        "date": "2025-12-13",
        "action": "ease",
        "status": "adopted",
        "senders": "US",
        "targets": "BY",
        "commodities": "potash",
    }
    assert alert["evidence"]
    assert alert["url"].startswith("https://")


def test_every_evidence_stands_where_its_offsets_say(edition: Settings) -> None:
    with connect(edition) as conn:
        texts = {row["item_id"]: row for row in conn.execute("select * from item_revision where revision = 1")}

    events = rows(edition, "events.csv")
    assert events
    for event in events:
        field = {"text": "body"}.get(event["evidence_field"], event["evidence_field"])
        text = texts[event["item_id"]][field]
        assert text[int(event["evidence_start"]) : int(event["evidence_end"])] == event["evidence"]


def test_every_item_of_the_day_is_there_and_none_of_another(edition: Settings) -> None:
    days = {item["dated_at"][:10] for item in rows(edition, "items.csv")}

    assert days == {"2025-12-13"}


def test_no_full_text_of_others_is_exported(edition: Settings) -> None:
    with connect(edition) as conn:
        (harbour,) = conn.execute("select body from item_revision where body like '%Bialiatski%'")

    items = (edition.out / "2025-12-13" / "items.csv").read_text(encoding="utf-8")
    assert [line for line in harbour["body"].split("\n") if line in items] == []


def test_a_summary_that_is_a_whole_article_is_cut(edition: Settings) -> None:
    with connect(edition) as conn:
        conn.execute("update item_revision set summary = repeat('word ', 1000) where title like 'Football%'")
        conn.commit()
        pipeline.send_digests(edition, MORNING, DAY, dry_run=True)

    (football,) = [item for item in rows(edition, "items.csv") if item["title"].startswith("Football")]
    assert len(football["summary"]) == SUMMARY_LENGTH
    assert football["summary"].endswith("…")


def test_the_same_day_gives_the_same_bytes(edition: Settings) -> None:
    before = [(edition.out / "2025-12-13" / name).read_bytes() for name in COLUMNS]

    pipeline.send_digests(edition, MORNING, DAY, dry_run=True)

    assert [(edition.out / "2025-12-13" / name).read_bytes() for name in COLUMNS] == before
