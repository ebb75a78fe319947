"""Polling hundreds of feeds on this machine, ours beside the PyPI package `reader`, now and in one run.

    python bench/feeds.py [--feeds 500] [--workers 20] [--runs 3]

One server (a process of its own, 20 ms a request, ETags) plays as many feeds as asked, on 127.0.0.2 to 127.0.0.254,
from real documents of 5 to 60 kB: ../shared/feeds/corpus beside the clone, or the recorded edition where that is
missing. No two feeds share an item. Each client polls all of them twice: cold, everything stored (ours in PostgreSQL,
reader in SQLite), then everything unchanged (304). `reader` is installed into var/bench. The machines this runs on are
shared: read ratios first.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import multiprocessing
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memory import memory_held

from sanctions_monitor.recorded import EDITION
from sanctions_monitor.settings import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

CORPUS = PROJECT.parent / "shared" / "feeds" / "corpus"
LATENCY = 0.02
HOSTS = [f"127.0.0.{last}" for last in range(2, 255)]
READER = ("reader==3.26", "feedparser==6.0.14", "sgmllib3k==1.0.0", "requests==2.34.2")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
# an address of a feed's own, so that its items are nobody else's
_LINK = re.compile(
    rb"(<(?:link|guid|id|feedburner:origLink)\b[^>]*>\s*(?:<!\[CDATA\[)?\s*https?://|<link\b[^>]*?href=[\"']https?://)"
)


def main() -> None:
    """Runs both clients in turn and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--workers", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    reader = reader_environment()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(given.feeds, there), daemon=True)
    server.start()
    port, told = here.recv()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {date.today()}")  # noqa: DTZ011
    print(f"{given.feeds} feeds, {given.workers} workers, {LATENCY * 1000:.0f} ms, {told}\n")
    size = [str(port), str(given.feeds), str(given.workers)]
    folder = PROJECT / "bench"
    rounds = []
    for _ in range(given.runs):
        with database(port, given.feeds) as home:
            theirs = measured([reader, folder / "reader_client.py", *size])
            rounds.append(
                {"reader 3.26": theirs, "ours": measured([sys.executable, folder / "our_client.py", *size, home])}
            )
        print(f"load {os.getloadavg()[0]:.1f}, {told_of(rounds[-1])}", file=sys.stderr)
    server.terminate()
    show(rounds)


@contextmanager
def database(port: int, count: int) -> Iterator[Path]:
    """A home with a catalogue, and a database that has our tables already, as in every poll but the very first."""
    home = Path(tempfile.mkdtemp(prefix="sm-bench-"))
    try:
        write_catalogue(home / "catalogue.csv", port, count)
        subprocess.run([sys.executable, PROJECT / "bench" / "our_client.py", home], check=True)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def told_of(round_: dict[str, dict[str, Any]]) -> str:
    """The rates of one round, as it comes."""
    return ", ".join(
        f"{name}: {told['cold feeds/s']:.0f} cold, {told['304 feeds/s']:.0f} with 304s" for name, told in round_.items()
    )


def measured(command: list[Any]) -> dict[str, Any]:
    """What a client says of itself in its last line, and the memory that it held at most."""
    memory = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as client:
        while client.poll() is None:
            memory = max(memory, memory_held(client.pid, "VmHWM"))
            time.sleep(0.1)
        said = client.stdout.read() if client.stdout else ""
    if client.returncode:
        raise SystemExit(f"{command} ended with {client.returncode}")
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return told | {"memory MB": memory}


def show(rounds: list[dict[str, dict[str, Any]]]) -> None:
    """The table: the median of the rounds, in brackets the least and the most."""
    columns = ("cold feeds/s", "cold CPU ms/feed", "304 feeds/s", "304 CPU ms/feed", "memory MB", "items")
    print("| client | " + " | ".join(columns) + " | database CPU ms/feed, cold and 304 |")
    print("|---" * (len(columns) + 2) + "|")
    for name in rounds[0]:
        values = [[each[name][column] for each in rounds] for column in columns]
        cells = [f"{statistics.median(each):.4g} ({min(each):.4g} to {max(each):.4g})" for each in values]
        base = [
            statistics.median(each[name].get(f"{phase} database", 0) for each in rounds) for phase in ("cold", "304")
        ]
        print(f"| {name} | {' | '.join(cells)} | {base[0]:.3g}, {base[1]:.3g} |")
    for column in columns[:-1]:
        ratios = [each["ours"][column] / each["reader 3.26"][column] for each in rounds]
        print(f"ours to reader, {column}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def write_catalogue(path: Path, port: int, count: int) -> Path:
    """The feeds as a catalogue file."""
    columns = (
        "id title url home format kind country language tier items_per_week stale_after_days verified note".split()
    )
    with path.open("w", newline="") as file:
        rows = csv.DictWriter(file, columns)
        rows.writeheader()
        for number in range(count):
            url = f"http://{HOSTS[number % len(HOSTS)]}:{port}/feed/{number}.xml"
            rows.writerow(
                {
                    "id": f"feed_{number}",
                    "title": f"Feed {number}",
                    "url": url,
                    "home": url,
                    "format": "rss",
                    "kind": "news",
                    "country": "GB",
                    "language": "en",
                    "tier": 2,
                    "stale_after_days": 2,
                    "verified": "false",
                }
            )
    return path


def reader_environment() -> Path:
    """The Python of an environment with `reader`, made where it is missing."""
    folder = PROJECT / "var" / "bench" / "reader"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, folder], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", python, *READER], check=True)
        (folder / "ready").touch()
    return python


def documents() -> tuple[list[bytes], str]:
    """The documents to serve, and where they come from."""
    if CORPUS.is_dir():
        with (CORPUS / "manifest.csv").open() as file:
            rows = [row for row in csv.DictReader(file) if row["format"] in ("rss20", "atom10") and row["bozo"] == "0"]
        found = [body for row in rows if 5000 < len(body := (CORPUS / row["file"]).read_bytes()) < 60000]
        source = "the corpus"
    else:
        found = [path.read_bytes() for path in sorted((EDITION / "feeds").iterdir())]
        source = "the recorded edition (no corpus beside the clone)"
    mean = sum(map(len, found)) / len(found)
    return found, f"{len(found)} documents of {source}, {mean / 1000:.1f} kB on average"


def serve(count: int, ready: Connection) -> None:
    """Serves the feeds until it is ended."""
    found, told = documents()
    bodies = [
        _LINK.sub(lambda match, mark=b"f%d." % number: match[0] + mark, found[number % len(found)])
        for number in range(count)
    ]
    tags = [f'"{hashlib.sha256(body).hexdigest()}"' for body in bodies]

    class Publisher(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536

        def do_GET(self) -> None:
            number = int(self.path.rpartition("/")[2].partition(".")[0])
            time.sleep(LATENCY)
            unchanged = self.headers.get("If-None-Match") == tags[number]
            self.send_response(304 if unchanged else 200)
            self.send_header("ETag", tags[number])
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", "0" if unchanged else str(len(bodies[number])))
            self.end_headers()
            if not unchanged:
                self.wfile.write(bodies[number])
            self.wfile.flush()

        def log_message(self, *_given: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 256
        daemon_threads = True

    server = Server(("0.0.0.0", 0), Publisher)  # noqa: S104 - all of 127/8, and gone with this process
    ready.send((server.server_port, told))
    server.serve_forever()


if __name__ == "__main__":
    main()
