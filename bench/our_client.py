"""We poll the feeds of bench/feeds.py, as the command line and the DAG do.

python bench/our_client.py HOME                        # makes the tables in the database of this home
python bench/our_client.py PORT FEEDS WORKERS HOME     # polls the catalogue that lies in it
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from sanctions_monitor import polling
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import connect, migrated

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def main() -> None:
    """Polls twice and prints what it took."""
    home = Path(sys.argv[-1])
    if len(sys.argv) == 2:
        migrated(Settings(home=home))
        return
    port, count, workers = map(int, sys.argv[1:4])
    settings = Settings(
        home=home,
        catalogue=home / "catalogue.csv",
        allowed_private=",".join(f"127.0.0.{last}:{port}" for last in range(2, 255)),
        workers=workers,
        host_pause=0,
    )
    migrated(settings)
    server = server_process(home)
    told = {}
    for phase, now in (("cold", NOW), ("304", NOW + timedelta(days=2))):
        spent, theirs, started = own_cpu(), cpu_of(server), time.perf_counter()
        summary = polling.poll_feeds(settings, now)
        seconds = time.perf_counter() - started
        if summary.feeds != count or summary.failed:
            raise SystemExit(f"{phase}: {summary}")
        told[f"{phase} feeds/s"] = count / seconds
        told[f"{phase} CPU ms/feed"] = (own_cpu() - spent) * 1000 / count
        told[f"{phase} database"] = (cpu_of(server) - theirs) * 1000 / count
    with connect(settings) as conn:
        told["items"] = conn.execute("select count(*) as items from item").fetchone()["items"]  # type: ignore[index]
    print(json.dumps(told))


def server_process(home: Path) -> psutil.Process:
    """The PostgreSQL server of this home."""
    return next(
        each
        for each in psutil.process_iter(["cmdline"])
        if str(home) in " ".join(each.info["cmdline"] or ()) and "postgres" in " ".join(each.info["cmdline"])
    )


def cpu_of(process: psutil.Process) -> float:
    """Seconds of CPU that a process and its children have taken so far."""
    own = process.cpu_times()
    spent: float = own.user + own.system + own.children_user + own.children_system
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            times = child.cpu_times()
            spent += times.user + times.system
    return spent


def own_cpu() -> float:
    """Seconds of CPU of this process and of those that it has waited for, such as the one that reads documents."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
