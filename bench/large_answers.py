"""How much memory a poll takes when publishers send far too much: the real process, measured at its end.

    python bench/large_answers.py

A server of its own plays publishers on 127.0.0.2 and up, all asked at the same time by one `feeds poll` with default
settings: 200 MB of feed, as it is and packed by gzip, brotli and zstandard, told and untold sizes; and documents of
just the size that is still read, of few large items and of many small ones. Prints the peak of the process's memory
and what `feeds health` says of each feed.
"""

from __future__ import annotations

import csv
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
from backports import zstd
from memory import memory_held

from sanctions_monitor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = Path(sys.executable).with_name("sanctions-monitor")
LARGE = 200 * 10**6
LIMIT = Settings().max_bytes
HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Large</title>'
ITEM = b"<item><title>US lifts sanctions %d</title><link>https://large.example/%d</link></item>"
END = b"</channel></rss>"


def item(size: int) -> bytes:
    """One item of this size."""
    return b"<item><title>Large</title><description>" + b"sanctions " * (size // 10) + b"</description></item>"


def large(size: int = LARGE) -> bytes:
    """A well-formed feed of items of 1 MB."""
    return HEAD + item(10**6) * (size // 10**6 - 1) + END


def many(size: int) -> bytes:
    """A well-formed feed of items as small as they get."""
    count = size // len(ITEM % (10**5, 10**5)) - 2
    return HEAD + b"".join(ITEM % (number, number) for number in range(count)) + END


def answers() -> dict[str, tuple[bytes, str, bool]]:
    """What each publisher sends: a body, its coding, and whether its size is told."""
    plain = large()
    found = {
        "200 MB": (plain, "", True),
        "200 MB, size untold": (plain, "", False),
        "200 MB of zeros in gzip": (gzip.compress(bytes(LARGE), 6), "gzip", True),
        "200 MB in gzip": (gzip.compress(plain, 6), "gzip", False),
        "200 MB in gzip in gzip": (gzip.compress(gzip.compress(bytes(LARGE), 6)), "gzip", True),
        "200 MB in brotli": (brotli.compress(bytes(LARGE), quality=5), "br", True),
        "200 MB in zstandard": (zstd.compress(bytes(LARGE)), "zstd", True),
        "10 MB of items of 1 MB": (large(LIMIT), "", True),
    }
    found |= {f"10 MB of small items, {number}": (many(LIMIT), "", True) for number in range(2)}
    found["10 MB of tags"] = (HEAD + b"<item>" + b"<b/>" * ((LIMIT - 200) // 4) + b"</item>" + END, "", True)
    found["2 MB of tags"] = (HEAD + b"<item><title>t</title>" + b"<b/>" * 500_000 + b"</item>" + END, "", True)
    found |= {f"10 MB of small items, broken, {number}": (many(LIMIT)[:-20], "", True) for number in range(2)}
    return found


def serve(found: dict[str, tuple[bytes, str, bool]]) -> ThreadingHTTPServer:
    """A server in threads of this process, whose memory is not measured."""
    bodies = list(found.values())

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, coding, told = bodies[int(self.path.strip("/"))]
            self.send_response(200)
            if coding:
                self.send_header("Content-Encoding", coding)
            if told:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_given: object) -> None:
            pass

    server = ThreadingHTTPServer(("0.0.0.0", 0), Publisher)  # noqa: S104 - all of 127/8
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def lines(found: dict[str, tuple[bytes, str, bool]], port: int) -> Iterator[dict[str, str]]:
    """The publishers as lines of a catalogue."""
    for number, name in enumerate(found):
        url = f"http://127.0.0.{2 + number}:{port}/{number}"
        yield {
            "id": f"large_{number}",
            "title": name,
            "url": url,
            "home": url,
            "format": "rss",
            "kind": "news",
            "country": "GB",
            "language": "en",
            "tier": "2",
            "items_per_week": "",
            "stale_after_days": "2",
            "verified": "false",
            "note": "",
        }


def main() -> None:
    """Polls once and prints."""
    found = answers()
    server = serve(found)
    home = Path(tempfile.mkdtemp(prefix="sm-large-"))
    rows = list(lines(found, server.server_port))
    with (home / "catalogue.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    pairs = ",".join(f"127.0.0.{2 + number}:{server.server_port}" for number in range(len(rows)))
    environment = os.environ | {
        "SANCTIONS_MONITOR_HOME": str(home),
        "SANCTIONS_MONITOR_CATALOGUE": str(home / "catalogue.csv"),
        "SANCTIONS_MONITOR_ALLOWED_PRIVATE": pairs,
        "SANCTIONS_MONITOR_LOG_LEVEL": "ERROR",
    }
    try:
        with subprocess.Popen([COMMAND, "feeds", "poll"], env=environment) as polling:
            peak = 0.0
            while polling.poll() is None:
                peak = max(peak, memory_held(polling.pid))
                time.sleep(0.02)
        print(f"memory at most: {peak:.0f} MB\n")
        health = subprocess.run(
            [COMMAND, "feeds", "health"],
            env=environment | {"COLUMNS": "250"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for row in rows:
            line = next((each for each in health.splitlines() if re.search(rf"\b{row['id']}\b", each)), "not there")
            print(f"{row['title']}: {line.split('│')[-2].strip() or 'read' if '│' in line else line}")
    finally:
        server.shutdown()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
