"""Publishers that send far too much: the process that polls stays small, and health says why each was left."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest
from backports import zstd
from bench.memory import memory_held
from tests.journeys.test_bad_input import catalogue
from werkzeug import Response

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer
    from tests.journeys.conftest import Terminal

MB = 1_000_000
MOST_MEMORY = 300
"""MB that the process may hold at any moment."""


def endless() -> Response:
    return Response((b" " * MB for _ in range(200)), mimetype="application/xml")


def packed(body: bytes, coding: str) -> Response:
    return Response(body, headers={"Content-Encoding": coding})


def feed(inside: bytes) -> Response:
    return Response(b"<rss version='2.0'><channel>" + inside + b"</channel></rss>")


ANSWERS = {
    "endless": (endless, "larger than"),
    "gzip": (lambda: packed(gzip.compress(bytes(200 * MB), 1), "gzip"), "larger than"),
    "brotli": (lambda: packed(brotli.compress(bytes(200 * MB), quality=1), "br"), "larger than"),
    "zstandard": (lambda: packed(zstd.compress(bytes(200 * MB)), "zstd"), "larger than"),
    "tags": (lambda: feed(b"<item>" + b"<b/>" * (2 * MB) + b"</item>"), "more than 600000 tags"),
    "items": (lambda: feed(b"<item><title>US lifts sanctions</title></item>" * 190_000), "more than 600000 tags"),
    "many": (lambda: feed(b"".join(b"<item><title>%d</title></item>" % each for each in range(100_000))), "the first"),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell what memory is used")
def test_large_answers_are_left_within_300_mb(terminal: Terminal, httpserver: HTTPServer, tmp_path: Path) -> None:
    for name, (answer, _) in ANSWERS.items():
        httpserver.expect_request(f"/{name}").respond_with_handler(lambda _request, answer=answer: answer())
    urls = {name: httpserver.url_for(f"/{name}").replace("localhost", "127.0.0.1") for name in ANSWERS}
    terminal.settings |= {
        "ALLOWED_PRIVATE": f"127.0.0.1:{httpserver.port}",
        "CATALOGUE": catalogue(tmp_path / "feeds.csv", urls),
    }

    memory = most_memory(terminal, "feeds", "poll")

    assert 0 < memory < MOST_MEMORY
    health = terminal.run("feeds", "health").stdout
    told = {name: reason for name, (_, reason) in ANSWERS.items()}
    assert {name: reason for name, reason in told.items() if reason not in row_of(name, health)} == {}


def most_memory(terminal: Terminal, *arguments: str) -> float:
    """MB that a command has held at most."""
    peak = 0.0
    with terminal.start(*arguments) as running:
        while running.poll() is None:
            peak = max(peak, memory_held(running.pid))
            time.sleep(0.02)
    return peak


def row_of(name: str, table: str) -> str:
    """A row of a table as text, its cells put together again from their lines."""
    rows = re.split(r"\n[├└]", table)
    row = next((each for each in rows if re.search(rf"\b{name}\b", each)), "")
    cells = zip(*(line.split("│") for line in row.splitlines() if "│" in line), strict=False)
    return " ".join(" ".join(" ".join(cell).split()) for cell in cells)
