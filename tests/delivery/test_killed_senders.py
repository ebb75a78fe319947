"""A sender that is killed at any step between the claim of a mail and its commit leaves nobody out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.settings import Settings

SCRIPT = Path(__file__).with_name("killed_at_every_step.py")


@pytest.mark.slow
def test_whatever_the_step_each_reader_gets_his_mail_and_only_the_one_under_way_may_come_twice(
    outbox: Callable[..., Settings], mail_server: Any
) -> None:
    settings = outbox("one", "two")
    urls = [settings.database_url.get_secret_value(), mail_server.url]  # type: ignore[union-attr]
    done = subprocess.run([sys.executable, SCRIPT, *urls], capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    came = Counter(str(message_from_bytes(content)["Message-ID"]) for _, content in mail_server.accepted)

    killed = [step for step in steps if step["place"] != "done"]
    assert len(killed) > 50
    assert {step["place"].partition(":")[0] for step in killed} >= {
        "outbox.py",
        "smtp.py",
        "smtplib.py",
        "mail.py",
        "transaction.py",
    }
    repeats = 0
    for step in steps:
        mails = {name: came[f"<{step['step']}-{name}@x>"] for name in ("one", "two")}
        assert step["end"] == {"one": "sent", "two": "sent"}, step
        assert min(mails.values()) == 1, step
        again = [name for name, times in mails.items() if times > 1]
        assert len(again) <= 1, step
        # twice: accepted, and killed before that was recorded
        assert all(mails[name] == 2 and step["left"][name] == "pending" for name in again), step
        repeats += len(again)
    # the window that SMTP leaves open was hit, and was as small as told
    assert 0 < repeats < len(killed) / 2
