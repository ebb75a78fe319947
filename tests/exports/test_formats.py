"""Tables in every kind of file, their descriptor, and places that can't be written."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import feedparser
import fsspec
import icalendar
import openpyxl
import pandas as pd
import pytest
from frictionless import Package

from sanctions_monitor import exports, mailing, pipeline
from sanctions_monitor.digests import Expiry
from sanctions_monitor.errors import UserError
from sanctions_monitor.exports.csv_text import cell, copy_rows
from sanctions_monitor.exports.tables import Column, ExportTable
from sanctions_monitor.storage import connect
from sanctions_monitor.subscriptions import Codes

if TYPE_CHECKING:
    from pathlib import Path

    from sanctions_monitor.settings import Settings

FIRST, AFTER = datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2025, 12, 14, 6, 30, tzinfo=UTC)


@pytest.fixture
def filled(sample: Settings) -> Settings:
    pipeline.prepare(sample)
    pipeline.poll_feeds(sample, NOW)
    pipeline.code_items(sample, NOW)
    pipeline.raise_alerts(sample, NOW)
    return sample


def export(settings: Settings, place: Path | str, format_: Any = "csv", **more: Any) -> list[str]:
    return mailing.export(settings, FIRST, AFTER, format_=format_, place=str(place), **more)[1]


def test_all_formats_hold_the_same_rows_and_the_descriptor_is_valid(filled: Settings, tmp_path: Path) -> None:
    for format_ in ("csv", "parquet", "jsonl", "xlsx"):
        export(filled, tmp_path / format_, format_)

    report = Package(str(tmp_path / "csv" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "resource"])
    described = json.loads((tmp_path / "csv" / "datapackage.json").read_text())["resources"]
    assert [each["name"] for each in described] == list(exports.export_tables())
    assert all(each["licenses"] and each["sources"] for each in described)
    for table in exports.export_tables().values():
        frame = pd.read_csv(tmp_path / "csv" / f"{table.name}.csv", keep_default_na=False, dtype=str)
        parquet = pd.read_parquet(tmp_path / "parquet" / f"{table.name}.parquet")
        lines = (tmp_path / "jsonl" / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()
        sheet = openpyxl.load_workbook(tmp_path / "xlsx" / f"{table.name}.xlsx").active
        assert list(frame.columns) == list(parquet.columns) == table.names
        assert len(frame) == len(parquet) == len(lines) == sheet.max_row - 1
    alert = json.loads((tmp_path / "jsonl" / "alerts.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (alert["targets"], alert["first_told_at"][:10]) == (["BY"], "2025-12-13")


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\uff1d1",
    'a"b',
    "a,b",
    "a\nb",
    "",
    "NA",
    "ü\u202e",
]


def test_postgresql_and_python_write_the_same_cells(settings: Settings, tmp_path: Path) -> None:
    columns = (
        Column(name="number", type="integer", description=""),
        Column(name="text", type="string", description="", free=True),
        Column(name="list", type="list", description="", free=True),
        Column(name="moment", type="datetime", description=""),
        Column(name="sure", type="boolean", description=""),
    )
    table = ExportTable(name="hostile", title="", source="", columns=columns)
    statement = (
        "select row_number() over () as number, text, array[text, 'x'] as list, "
        "timestamptz '2025-12-13 15:00+03' as moment, true as sure from unnest(%(words)s::text[]) as text;"
    )
    with connect(settings) as conn:
        copy_rows(conn, table, statement, {"words": HOSTILE}, tmp_path / "a.csv")

    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_bytes().decode(), newline="")))
    assert rows[1:] == [
        [str(number), cell(word), cell([word, "x"]), "2025-12-13T12:00:00Z", "true"]
        for number, word in enumerate(HOSTILE, 1)
    ]


def test_a_mark_of_byte_order_is_an_option(filled: Settings, tmp_path: Path) -> None:
    export(filled, tmp_path, tables=["events", "alerts"], bom=True)

    assert all((tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf") for name in ("events.csv", "alerts.csv"))
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


def test_an_object_store_gets_whole_files(filled: Settings) -> None:
    export(filled, "memory://bucket/day", tables=["events"])

    store = fsspec.filesystem("memory")
    assert sorted(path.rsplit("/", 1)[-1] for path in store.ls("/bucket/day", detail=False)) == [
        "datapackage.json",
        "events.csv",
    ]


class StoreThatIsAway(fsspec.AbstractFileSystem):  # type: ignore[misc]
    """Fails as the libraries of object stores do: by an error of its own that is no OSError."""

    protocol = "away"

    def put_file(self, *_given: Any, **_more: Any) -> None:
        raise RuntimeError("Could not connect to the endpoint URL")


def test_an_object_store_that_is_away_is_named_and_keeps_no_mail_back(filled: Settings, mailbox: Path) -> None:
    fsspec.register_implementation("away", StoreThatIsAway, clobber=True)
    reason = r"away://bucket/.*can't be written: RuntimeError: Could not connect"
    with pytest.raises(UserError, match=reason):
        export(filled, "away://bucket/day", tables=["events"])

    away = filled.model_copy(update={"export_to": "away://bucket"})
    done = pipeline.send_digests(away, NOW, date(2025, 12, 13))

    assert sum(each.sent for each in done) == len(list(mailbox.glob("*.eml"))) == 2
    assert all(re.search(reason, " ".join(each.faults)) for each in done)


def test_a_wrong_table_or_span_is_named(filled: Settings, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no table 'evnts'"):
        export(filled, tmp_path, tables=["evnts"])
    with pytest.raises(UserError, match="swap them"):
        mailing.export(filled, AFTER, FIRST)


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    """A file system of 64 kB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no leave to mount a tmpfs here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_is_named_and_leaves_no_half_file(filled: Settings, small_disk: Path) -> None:
    with pytest.raises(UserError, match=r"measures\.csv can't be written: No space left on device"):
        export(filled, small_disk, tables=["measures"])

    assert list(small_disk.iterdir()) == []


def test_a_full_disk_keeps_no_mail_back_and_is_told(filled: Settings, small_disk: Path, mailbox: Path) -> None:
    full = filled.model_copy(update={"out": small_disk})

    done = pipeline.send_digests(full, NOW, date(2025, 12, 13))

    assert sum(each.sent for each in done) == len(list(mailbox.glob("*.eml"))) == 2
    assert all("No space left on device" in " ".join(each.faults) for each in done)


def test_alerts_are_feeds_and_expiries_a_calendar(filled: Settings) -> None:
    pipeline.send_digests(filled, NOW, date(2025, 12, 13), dry_run=True)

    atom = feedparser.parse((filled.out / "alerts.atom").read_bytes())
    feed = json.loads((filled.out / "alerts.json").read_text(encoding="utf-8"))
    assert not atom.bozo
    assert [entry.title for entry in atom.entries] == [item["title"] for item in feed["items"]]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["id"] == atom.entries[0].id
    icalendar.Calendar.from_ical((filled.out / "expiries.ics").read_bytes())


def test_an_expiry_is_an_event_of_a_whole_day() -> None:
    day = date(2026, 2, 28)
    expiry = Expiry(day, "EU on Belarus: ends; potash, all", Codes((), ()), "https://eu.example/1", "Decision 1")

    (event,) = icalendar.Calendar.from_ical(exports.calendar([expiry], "https://m.example", NOW)).walk("VEVENT")

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (day, day + timedelta(days=1))
    assert str(event["SUMMARY"]) == expiry.what
