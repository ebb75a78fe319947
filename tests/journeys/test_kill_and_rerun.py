"""Whatever is killed when: the next run ends in the same tables, and each subscriber has one mail a date."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from tests.journeys.conftest import Terminal, lasting_rows

from sanctions_monitor.storage import EmbeddedServer


@pytest.fixture
def homes():
    made: list[Path] = []

    def make() -> Path:
        # a socket's path must be short: not below pytest's own folders
        made.append(Path(tempfile.mkdtemp(prefix="sm-kill-")))
        return made[-1]

    yield make
    for home in made:
        shutil.rmtree(home, ignore_errors=True)


def terminal_in(home: Path) -> Terminal:
    return Terminal({"HOME": str(home / "var"), "OUT": str(home / "out")}, home)


def left_behind(home: Path) -> tuple[dict[str, list[str]], set[str]]:
    """The lasting rows, and the mails that arrived by their Message-ID."""
    server = EmbeddedServer(home / "var")
    try:
        rows = lasting_rows(server.url())
    finally:
        server.release()
    return rows, {path.name for path in (home / "out/demo/2025-12-13/mail").glob("*.eml")}


def changes(rows: list[str], calm_rows: list[str]) -> dict[str, set[str]]:
    return {"only after kills": set(rows) - set(calm_rows), "only without": set(calm_rows) - set(rows)}


@pytest.mark.slow
def test_a_demo_that_was_killed_again_and_again_ends_like_one_that_was_not(homes):
    calm, stormy = homes(), homes()
    started = time.monotonic()
    assert terminal_in(calm).run("demo").returncode == 0
    whole = time.monotonic() - started
    terminal = terminal_in(stormy)
    # A later run finds part of the work done: after 0.6 of a whole one it has ended.
    for part in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        process = terminal.start("demo")
        time.sleep(whole * part)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    done = terminal.run("demo")
    assert done.returncode == 0, done.stderr
    (rows, mails), (calm_rows, calm_mails) = left_behind(stormy), left_behind(calm)
    assert {table: changes(rows[table], calm_rows[table]) for table in rows if rows[table] != calm_rows[table]} == {}
    assert mails == calm_mails


@pytest.mark.slow
def test_the_demo_stops_what_it_started_also_after_a_kill(homes):
    home = homes()
    terminal = terminal_in(home)
    process = terminal.start("demo")
    time.sleep(3)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert terminal.run("demo").returncode == 0
    assert not [each for each in psutil.process_iter(["cmdline"]) if str(home) in " ".join(each.info["cmdline"] or ())]
