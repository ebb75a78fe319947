"""The demo as a newcomer sees it: one command, the whole way, on the recorded edition."""

from __future__ import annotations

import csv
import email
import email.policy
import re
from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.journeys.conftest import Terminal, lasting_rows

if TYPE_CHECKING:
    from pathlib import Path

    from sanctions_monitor.storage import EmbeddedServer

FILES = {"digest.html", "digest.txt", "digest.eml", "alerts.csv", "events.csv", "items.csv"}
POTASH = ("ease", "US", "BY", "potash")


@pytest.fixture(scope="module")
def demo(
    server: EmbeddedServer, template: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Terminal, Path, str, str]:
    """The terminal, the folder of the day, the database and the output of one whole run."""
    home = tmp_path_factory.mktemp("demo")
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute(f"create database demo template {template}")
    terminal = Terminal({"DATABASE_URL": server.url("demo"), "HOME": str(home), "OUT": str(home / "out")}, home)
    done = terminal.run("demo")
    assert done.returncode == 0, done.stderr
    return terminal, home / "out" / "demo" / "2025-12-13", server.url("demo"), done.stdout


def alerts_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "alerts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(alert: dict[str, str]) -> tuple[str, ...]:
    return alert["action"], alert["senders"], alert["targets"], alert["commodities"]


def test_all_files_of_the_day_are_written(demo):
    assert {path.name for path in demo[1].iterdir()} >= FILES


def test_the_output_names_the_alert_and_the_folder(demo):
    assert "US eases potash sanctions on Belarus" in demo[3]
    assert str(demo[1]) in demo[3]


def test_the_day_has_one_alert_on_belarus_potash_told_by_at_least_three_outlets(demo):
    told = [alert for alert in alerts_of(demo[1]) if "BY" in alert["targets"].split("|")]
    assert [key(alert) for alert in told] == [POTASH]
    outlets = told[0]["told_by"].split("|")
    assert int(told[0]["outlets"]) == len(outlets) == len(set(outlets)) >= 3


def test_the_release_of_the_prisoners_is_the_alerts_context(demo):
    text = (demo[1] / "digest.txt").read_text(encoding="utf-8")
    alert = text[text.index("US eases potash sanctions on Belarus", text.index("ALERTS")) :]
    context = [line for line in alert.split("Score:")[0].splitlines() if line.strip().startswith("Context:")]
    assert any("123" in line and "prisoners" in line for line in context)


def test_sanctions_told_as_background_raise_no_alert(demo):
    """The articles recall those of 2020, 2021 and 2022: no evidence of an alert may be such a sentence."""
    with psycopg.connect(demo[2]) as conn:
        evidence = conn.execute(
            "select headline, evidence_text from alert join event on event.event_id = evidence_event_id"
        ).fetchall()
    assert evidence
    assert not [row for row in evidence if re.search(r"\b20(19|2[0-4])\b", row[1])]


def test_the_licence_of_the_fifteenth_develops_the_alert_and_is_no_second_one(demo):
    with psycopg.connect(demo[2]) as conn:
        potash = conn.execute(
            "select alert_id, dated_at::date from alert where 'BY' = any(targets) and 'potash' = any(commodities)"
        ).fetchall()
        notes = conn.execute(
            "select dated_at::date, note from alert_development where alert_id = %s and kind = 'legal_act'",
            (potash[0][0],),
        ).fetchall()
    assert [day for _, day in potash] == [date(2025, 12, 13)]
    assert any(day == date(2025, 12, 15) and "General License 13" in note for day, note in notes)


def test_the_digest_of_the_fifteenth_shows_the_licence_as_a_development(demo):
    terminal, folder, _, _ = demo
    done = terminal.run("digest", "--date", "2025-12-15", "--dry-run")
    assert done.returncode == 0, done.stderr
    text = (folder.parents[1] / "2025-12-15" / "digest.txt").read_text(encoding="utf-8")
    developments = text[text.index("DEVELOPMENTS OF EARLIER ALERTS") :]
    assert "US eases potash sanctions on Belarus" in developments
    assert "General License 13" in developments


def test_every_subscriber_got_one_mail_that_says_the_news(demo):
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in (demo[1] / "mail").glob("*.eml")
    ]
    with psycopg.connect(demo[2]) as conn:
        addresses = {row[0] for row in conn.execute("select address from subscriber where active")}
    assert sorted(str(mail["To"]) for mail in mails) == sorted(addresses)
    assert all("US eases potash sanctions on Belarus" in str(mail["Subject"]) for mail in mails)


def test_a_second_run_changes_nothing_and_sends_nothing(demo):
    terminal, folder, url, _ = demo
    before = lasting_rows(url)
    mails = {path.name: path.stat().st_mtime_ns for path in (folder / "mail").iterdir()}
    alerts = (folder / "alerts.csv").read_bytes()
    assert terminal.run("demo").returncode == 0
    assert lasting_rows(url) == before
    assert {path.name: path.stat().st_mtime_ns for path in (folder / "mail").iterdir()} == mails
    assert (folder / "alerts.csv").read_bytes() == alerts
    with psycopg.connect(url) as conn:
        assert conn.execute("select max(attempts) from delivery").fetchone() == (1,)


def test_the_expected_acts_of_the_edition_are_among_the_alerts(demo):
    """The reader's own list (expected.csv) of adopted acts, by day, action, sender and target."""
    from sanctions_monitor.recorded import EDITION

    with (EDITION / "expected.csv").open(encoding="utf-8", newline="") as file:
        wanted = [row for row in csv.DictReader(file) if row["status"] == "adopted"]
    with psycopg.connect(demo[2]) as conn:
        found = conn.execute("select action, senders, targets from alert").fetchall()
    missed = [
        row
        for row in wanted
        if not any(
            row["action"] == action
            and set(row["senders"].split("|")) & set(senders)
            and set(row["targets"].split("|")) & set(targets)
            for action, senders, targets in found
        )
    ]
    # the first coder is known to miss some; the yardstick case is asserted above in full
    assert len(missed) <= len(wanted) // 3, missed
