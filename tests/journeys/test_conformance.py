"""Ten hours with publishers that misbehave on purpose, and that judge who polls them.

The feed server that plays them lies beside the clone where it is at all; it gives the verdict on every scenario, on the
requests that it saw and on the items that were stored.
"""

from __future__ import annotations

import csv
import json
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from sanctions_monitor import pipeline
from sanctions_monitor.feeds.logins import split_login
from sanctions_monitor.items.told import told_items
from sanctions_monitor.settings import PROJECT
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sanctions_monitor.settings import Settings

SERVER = PROJECT.parent / "shared" / "feeds" / "server.py"
ROUNDS = 10
COLUMNS = "id,title,url,home,format,kind,country,language,tier,items_per_week,stale_after_days,verified,note".split(",")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER.exists(), reason=f"no feed server at {SERVER}"),
]


class Judge:
    """The server as its judge sees it."""

    def __init__(self, base: str) -> None:
        self._base = base

    def ask(self, path: str, told: Any = None, *, post: bool = False) -> Any:
        body = None if told is None else json.dumps(told).encode()
        request = Request(self._base + path, body, method="POST" if post else None)  # noqa: S310
        with urlopen(request) as answer:  # noqa: S310
            return json.load(answer)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.ask("/clock")["now"], UTC)

    def an_hour_passes(self) -> None:
        self.ask("/clock?advance=3600", post=True)


def two_free_ports() -> int:
    """A port that is free, as the one behind it is."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            try:
                socket.create_server(("127.0.0.1", port + 1)).close()
            except (OSError, OverflowError):
                continue
        return port


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server that was just started."""
    port = two_free_ports()
    with subprocess.Popen([sys.executable, SERVER, "--port", str(port)], stdout=subprocess.DEVNULL) as server:
        for _ in range(200):
            try:
                urlopen(f"http://127.0.0.1:{port}/clock").close()
                break
            except (URLError, ConnectionError):
                time.sleep(0.05)
        yield port
        server.kill()


def catalogue(path: Path, feeds: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, feed in enumerate(feeds):
            home = f"https://home{number}.example/"
            line = [
                f"feed{number}",
                feed["scenario"],
                feed["url"],
                home,
                "rss",
                "news",
                "GB",
                "en",
                2,
                "",
                9,
                "false",
                "",
            ]
            writer.writerow(line)
    return path


def test_every_difficult_publisher_is_served(port: int, settings: Settings, tmp_path: Path) -> None:
    judge = Judge(f"http://127.0.0.1:{port}")
    feeds = judge.ask("/feeds")
    at_work = settings.model_copy(
        update={
            "catalogue": catalogue(tmp_path / "feeds.csv", feeds),
            # its own port and no other: the server listens at the next one for whoever goes astray
            "allowed_private": f"127.0.0.1:{port}",
            "host_parallel": 4,
            "total_timeout": 3.0,
        }
    )
    for _ in range(ROUNDS):
        pipeline.poll_feeds(at_work, judge.now())
        judge.an_hour_passes()
    scenario_of = {split_login(feed["url"])[0]: feed["scenario"] for feed in feeds}
    stored: dict[str, list[dict[str, Any]]] = {feed["scenario"]: [] for feed in feeds}
    with connect(at_work, read_only=True) as conn:
        for item in told_items(conn):
            stored[scenario_of[item["feed"]]].append(item)
    judge.ask("/stored", stored, post=True)

    verdict = judge.ask("/verdict")

    # shown by `pytest -s`
    for name, each in verdict["scenarios"].items():
        print(f"{name:20} {'pass' if each['pass'] else 'FAIL'}  {each.get('requests', each).get('why', '')}")  # noqa: T201
    print(verdict["score"])  # noqa: T201
    assert {name: each for name, each in verdict["scenarios"].items() if each["pass"] is not True} == {}
