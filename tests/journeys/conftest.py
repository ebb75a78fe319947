"""Running the command line as a user does, and reading what it left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

COMMAND = Path(sys.executable).with_name("sanctions-monitor")


@dataclass
class Terminal:
    """A user's terminal: `SANCTIONS_MONITOR_*` as given, nothing else of ours in the environment."""

    settings: dict[str, str]
    cwd: Path

    @property
    def environment(self) -> dict[str, str]:
        bare = {name: value for name, value in os.environ.items() if not name.startswith("SANCTIONS_MONITOR_")}
        return bare | {f"SANCTIONS_MONITOR_{name}": value for name, value in self.settings.items()}

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments],
            env=self.environment,
            cwd=self.cwd,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [COMMAND, *arguments],
            env=self.environment,
            cwd=self.cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Terminal:
    """A terminal whose commands use this test's own database and folders."""
    return Terminal(
        {
            "DATABASE_URL": database_url,
            "HOME": str(tmp_path / "home"),
            "OUT": str(tmp_path / "out"),
            "HOST_PAUSE": "0",
            "FULL_TEXT": "false",
        },
        tmp_path,
    )


# What a run must leave behind, whatever befell it: every table without clocks, counters and polls.
LASTING = {
    "feed": "select feed_id, failures from feed",
    "item": "select item_id, identity, feed_id, published_at, revision from item",
    "item_revision": "select item_id, revision, title, summary, body, content_sha256 from item_revision",
    "item_sighting": "select feed_id, entry_key, item_id from item_sighting",
    "coding": "select item_id, revision, coder_version, passed_gate from coding",
    "event": "select event_id, item_id, action, status, senders, targets, commodities, evidence_text from event",
    "story": "select story_id, family from story",
    "story_event": "select event_id, story_id from story_event",
    "alert": "select alert_id, severity, score, headline, outlets, official, evidence_event_id from alert",
    "alert_development": "select alert_id, kind, source, event_id, note from alert_development",
    "digest": "select digest_date, edition, subject, body_text, body_html from digest",
    "delivery": "select subscriber_id, digest_date, message_id, state from delivery",
    "country_commodity_share": "select * from country_commodity_share",
    "ledger": "select entry_id, step, status, effective, alert_id from ledger",
}


def lasting_rows(url: str) -> dict[str, list[Any]]:
    """The rows of every table of `LASTING`, sorted."""
    with psycopg.connect(url) as conn:
        return {name: sorted(map(repr, conn.execute(statement).fetchall())) for name, statement in LASTING.items()}
