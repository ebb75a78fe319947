"""Sends two mails again and again, killed at one step later each time, then lets another process finish.

    python killed_at_every_step.py DATABASE_URL SMTP_URL

A step is a line of our delivery or of psycopg's transaction, or the beginning or end of a function of smtplib, between
the claim of the first mail and its commit. Prints one JSON object a step: its number, where it was killed, and the
states that the kill left behind.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from datetime import UTC, datetime
from functools import partial
from typing import Any

import psycopg
from pydantic import SecretStr

from sanctions_monitor.delivery import deliver
from sanctions_monitor.settings import Settings

NOW = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)
WATCHED = ("sanctions_monitor/delivery/", "/smtplib.py", "psycopg/transaction.py")
MOST = 2000


def main() -> None:
    settings = Settings(database_url=SecretStr(sys.argv[1]), smtp_url=SecretStr(sys.argv[2]))
    for step in range(1, MOST):
        reset(sys.argv[1], step)
        place = in_a_child(partial(killed_at, step, settings))
        left = states(sys.argv[1])
        if in_a_child(lambda: deliver(settings, NOW)) is None:
            raise SystemExit(f"step {step}: the mails could not be sent after it")
        sys.stdout.write(json.dumps({"step": step, "place": place, "left": left, "end": states(sys.argv[1])}) + "\n")
        if place == "done":
            return
    raise SystemExit(f"more than {MOST} steps")


def reset(url: str, step: int) -> None:
    with psycopg.connect(url) as conn:
        conn.execute(
            "update delivery set state = 'pending', sent_at = null, mail_sha256 = null, attempts = 0, "
            "first_tried_at = null, not_before = %s, message_id = format('<%%s-%%s@x>', %s::int, subscriber_id)",
            (NOW, step),
        )


def states(url: str) -> dict[str, str]:
    with psycopg.connect(url) as conn:
        return dict(conn.execute("select subscriber_id, state from delivery order by 1").fetchall())


def in_a_child(work: Any) -> str | None:
    """Where the child was killed, "done" where it was not, None where it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 3)
        try:
            work()
            os.write(3, b"done")
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        lines = pipe.read().splitlines()
    return lines[-1] if lines else None


def killed_at(step: int, settings: Settings) -> None:
    """Delivers, and is killed by SIGKILL before the line of this number after the claim runs."""
    seen = 0
    claimed = False

    def watch(frame: Any, event: str, _argument: Any) -> Any:
        nonlocal seen, claimed
        path = frame.f_code.co_filename
        if not any(part in path for part in WATCHED):
            return watch if not claimed else None
        claimed = claimed or frame.f_code.co_name == "_hand_over"
        if event in (("call", "return") if "/smtplib.py" in path else ("line",)) and claimed:
            seen += 1
            if seen == step:
                os.write(3, f"{path.rsplit('/', 1)[-1]}:{frame.f_lineno}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)
        return watch

    threading.settrace(watch)
    try:
        deliver(settings, NOW)
    finally:
        threading.settrace(None)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
