"""Subscribers by the command line: added, listed, previewed, paused, removed; and what is refused."""

from __future__ import annotations

import pytest

ADD = ("subscriptions", "add", "desk", "desk@example.org")


def test_a_subscriber_is_added_listed_paused_resumed_and_removed(terminal):
    added = terminal.run(*ADD, "--zone", "Europe/Warsaw", "--hour", "7", "--country", "BY", "--goods", "potash")
    assert (added.returncode, added.stdout.strip()) == (
        0,
        "desk <desk@example.org> gets the digest at 07:00 Europe/Warsaw.",
    )
    assert "countries BY; goods potash" in " ".join(terminal.run("subscriptions", "list").stdout.split())
    assert terminal.run("subscriptions", "pause", "desk").returncode == 0
    assert "paused" in terminal.run("subscriptions", "list").stdout
    assert terminal.run("subscriptions", "resume", "desk@example.org").returncode == 0
    preview = terminal.run("subscriptions", "preview", "desk", "--date", "2025-12-13")
    assert "Your subscription" in preview.stdout or "for your subscription (countries BY" in preview.stdout
    assert terminal.run("subscriptions", "remove", "desk").returncode == 0
    assert "Nobody subscribes" in terminal.run("subscriptions", "list").stdout


WRONG = {
    "no address": (("subscriptions", "add", "desk", "desk"), "address='desk'"),
    "an unknown country": ((*ADD, "--country", "XX"), "countries='XX': 'XX' is no country or body"),
    "a country in words": ((*ADD, "--country", "Belarus"), "countries='Belarus'"),
    "unknown goods": ((*ADD, "--goods", "cheese"), "goods='cheese'"),
    "an unknown action": ((*ADD, "--action", "ban"), "actions='ban'"),
    "an unknown severity": ((*ADD, "--min-severity", "dire"), "min_severity='dire'"),
    "an unknown zone": ((*ADD, "--zone", "Europe/Warsav"), "time_zone='Europe/Warsav'"),
    "an unknown language": ((*ADD, "--language", "xx"), "language='xx'"),
    "an unknown way": ((*ADD, "--urgent-by", "pigeon"), "urgent_by='pigeon'"),
}


@pytest.mark.parametrize(("command", "named"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_value_and_nobody_is_added(terminal, command, named):
    done = terminal.run(*command)

    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {named}")
    assert len(done.stderr.splitlines()) == 1


def test_an_id_that_is_in_use_is_refused(terminal):
    terminal.run(*ADD)

    again = terminal.run(*ADD)

    assert (again.returncode, "already" in again.stderr) == (1, True)


def test_a_backup_brings_everything_back(terminal, tmp_path):
    terminal.run(*ADD)
    file = tmp_path / "monitor.dump"
    assert terminal.run("backup", str(file)).returncode == 0
    terminal.run("subscriptions", "remove", "desk")
    assert "desk" not in terminal.run("subscriptions", "list").stdout

    refused = terminal.run("restore", str(file))
    restored = terminal.run("restore", str(file), "--replace")

    assert "not empty" in refused.stderr
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "desk@example.org" in terminal.run("subscriptions", "list").stdout


def test_a_backup_that_can_not_be_written_or_read_says_so(terminal, tmp_path):
    broken = tmp_path / "broken.dump"
    broken.write_bytes(b"PGDMP half")

    assert "can't be written" in terminal.run("backup", "/proc/monitor.dump").stderr
    assert "There is no backup" in terminal.run("restore", str(tmp_path / "none.dump")).stderr
    assert terminal.run("restore", str(broken)).stderr.startswith("error: pg_restore:")
