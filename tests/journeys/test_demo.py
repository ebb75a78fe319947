"""The demo as a newcomer sees it: one command, the whole way, on the recorded edition."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.journeys.conftest import Terminal, lasting_rows

from sanctions_monitor.reference.tables import FOLDER

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
    assert int(told[0]["outlets"]) == len(outlets) == len(set(outlets))
    assert len(outlets) >= 3


def test_the_release_of_the_prisoners_is_the_alerts_context(demo):
    text = (demo[1] / "digest.txt").read_text(encoding="utf-8")
    alert = text[text.index("US eases potash sanctions on Belarus", text.index("ALERTS")) :]
    context = [
        line
        for line in alert.split("Score:")[0].splitlines()
        if line.strip().startswith("Diplomacy of the same countries:")
    ]
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


def told_as_json(demo, *arguments: str):
    done = demo[0].run(*arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def potash_alert(demo):
    (listed,) = [
        alert
        for alert in told_as_json(demo, "alerts", "list", "--since", "2025-12-13", "--until", "2025-12-13")
        if alert["commodities"] == ["potash"]
    ]
    return told_as_json(demo, "alerts", "show", listed["alert_id"])


def test_the_alert_shows_belarus_share_and_rank_of_the_worlds_potash_with_source_year_and_licence(demo):
    (shown,) = [each for each in potash_alert(demo)["told"]["figures"] if each["role"] == "target"]
    with (FOLDER / "country_commodity_shares.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [
            row
            for row in csv.DictReader(file)
            if (row["commodity_id"], row["measure"], row["alpha2"]) == ("potash", "production", "BY")
        ]
    assert (shown["share"], shown["rank"], shown["year"]) == (float(row["world_share"]), int(row["rank"]), 2025)
    assert (shown["source"], shown["licence"]) == (row["source"], row["licence"])


def test_the_alert_links_the_release_as_a_possible_quid_pro_quo_and_shows_the_lead_time(demo):
    alert = potash_alert(demo)
    notes = [link["note"] for link in alert["links"] if link["kind"] == "quid_pro_quo"]
    assert any("frees prisoners" in note and note.startswith("Possible quid pro quo") for note in notes)
    assert alert["confirmed_by"] == "OFAC"
    assert alert["lead_minutes"] > 24 * 60


def test_the_ledger_has_the_us_easing_of_the_13th_effective_on_the_15th_and_the_eu_measure_still_standing(demo):
    def potash(on: str, sender: str):
        return told_as_json(demo, "ledger", "BY", "--on", on, "--goods", "potash", "--exact", "--sender", sender)

    for day in ("2025-12-12", "2025-12-14", "2025-12-16"):
        (standing,) = potash(day, "EU")
        assert (standing["status"], standing["instrument"]) == ("in_force", "trade")
        assert "765/2006" in standing["legal_act"]
    assert [row["status"] for row in potash("2025-12-12", "US")] == ["in_force"]
    assert [row["status"] for row in potash("2025-12-14", "US")] == ["in_force", "eased"]
    (eased,) = potash("2025-12-16", "US")
    assert (eased["status"], eased["announced"], eased["effective"]) == ("eased", "2025-12-13", "2025-12-15")
    assert "General License 13" in eased["legal_act"]
    assert eased["alert_id"] == potash_alert(demo)["alert_id"]


def test_the_ledger_can_be_read_as_csv_and_as_a_table(demo):
    terminal = demo[0]
    arguments = ("ledger", "Belarus", "--on", "2025-12-14", "--goods", "potash", "--format")
    rows = list(csv.DictReader(io.StringIO(terminal.run(*arguments, "csv").stdout)))
    named = [row for row in rows if row["covers"] == "named"]
    assert {row["sender"] for row in named} == {"CA", "CH", "EU", "GB", "US"}
    assert {row["commodity"] for row in named} == {"potash"}
    assert {(row["sender"], row["commodity"], row["covers"]) for row in rows if row not in named} == {
        ("EU", "fertilizer", "wider"),
        ("UA", "", "no goods named"),
    }
    table = terminal.run(*arguments, "table").stdout
    assert "eased (announced)" in table
    assert "decided by that day, in force later" in table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ledger", "Atlantis"), "error: 'Atlantis' is no state or body. Give an ISO 3166-1 code"),
        (("ledger", "BY", "--goods", "kryptonite"), "error: --goods kryptonite: no such goods."),
        (("ledger", "BY", "--instrument", "magic"), "error: --instrument magic: is none of asset_freeze"),
        (("alerts", "show", "nothing"), "error: No alert 'nothing'. Run `sanctions-monitor alerts list`"),
        (("reference", "refresh", "wikipedia"), "error: No service 'wikipedia'. Known: worldbank, usgs"),
        (("reference", "refresh", "baci"), "error: CEPII BACI"),
    ],
)
def test_a_wrong_word_is_named_with_the_remedy(demo, arguments: tuple[str, ...], message: str):
    done = demo[0].run(*arguments)
    assert done.returncode == 1
    assert done.stderr.startswith(message)
