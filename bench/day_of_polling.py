"""What three days of polling sixty feeds ask of their publishers, and how late news is (table of docs/benchmarks.md).

    python bench/day_of_polling.py [--days 3] [--feeds 60]

The publishers are played on this machine, each host of the built-in catalogue at an address of its own (127.0.0.x); the
time is simulated: a run every 15 minutes, as the DAG `poll_feeds` has it. How often they publish, and what they ask of
readers, is drawn by chance from what is usual of their kind, always the same. The requests and the database are real.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from sanctions_monitor import logs, pipeline
from sanctions_monitor.feeds import Feed, read_catalogue
from sanctions_monitor.feeds.own_feeds import BUILT_IN, as_csv
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import EmbeddedServer, connect

if TYPE_CHECKING:
    from collections.abc import Iterator

# a Monday
START = datetime(2026, 3, 2, tzinfo=UTC)
RUN_EVERY = timedelta(minutes=15)
WINDOW = 20
"""Items that a document holds."""
ITEMS_A_DAY = {"official": (0.5, 8.0), "news": (10.0, 150.0), "trade": (1.0, 12.0), "rights": (0.5, 4.0)}
OFFICE = range(7, 19)
"""Hours of a day in which nearly everything is published."""


@dataclass
class Publisher:
    """One feed: when it publishes what, what it asks of readers, and whom it has answered."""

    feed: Feed
    times: list[datetime]
    etag: bool
    max_age: int | None
    ttl: int | None
    status: int = 200
    asked: list[datetime] = field(default_factory=list)

    def document(self, now: datetime) -> bytes:
        """What it serves at a moment."""
        out = [each for each in self.times if each <= now][-WINDOW:]
        items = "".join(
            f"<item><guid>{self.feed.id}-{each.timestamp()}</guid><title>{self.feed.title} {each:%d %H:%M:%S}</title>"
            f"<pubDate>{format_datetime(each)}</pubDate></item>"
            for each in reversed(out)
        )
        ttl = f"<ttl>{self.ttl}</ttl>" if self.ttl else ""
        return f'<rss version="2.0"><channel><title>{self.feed.id}</title>{ttl}{items}</channel></rss>'.encode()


def publisher(feed: Feed, days: int) -> Publisher:
    """A publisher as they usually are, drawn by chance, always the same for the same feed."""
    chance = random.Random(feed.id)  # noqa: S311
    least, most = ITEMS_A_DAY[feed.kind]
    # few publish much: spread evenly over the orders of magnitude
    daily = math.exp(chance.uniform(math.log(least), math.log(most)))
    times = []
    # a week before the first poll, for the documents that it finds
    for hour in range(-7 * 24, days * 24):
        at = START + timedelta(hours=hour)
        share = 0.9 / len(OFFICE) if at.hour in OFFICE else 0.1 / (24 - len(OFFICE))
        times += [at + timedelta(hours=chance.random()) for _ in range(_poisson(chance, daily * share))]
    return Publisher(
        feed=feed,
        times=sorted(times),
        etag=chance.random() < 0.7,
        max_age=chance.choice((None, None, None, 60, 300, 900, 1800, 3600)),
        ttl=chance.choice((None, None, None, 15, 60, 60, 120)),
        status=chance.choices((200, 404, 503), (94, 3, 3))[0],
    )


def _poisson(chance: random.Random, mean: float) -> int:
    count, product = 0, chance.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * chance.random()
    return count


@contextmanager
def served(publishers: list[Publisher], clock: list[datetime]) -> Iterator[int]:
    """Serves all of them at one port of every loopback address; `clock[0]` is the time. Gives the port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            each = publishers[int(self.path[1:])]
            each.asked.append(clock[0])
            body = each.document(clock[0])
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            known = each.etag and self.headers.get("If-None-Match") == etag
            status = each.status if each.status != 200 else 304 if known else 200
            body = body if status == 200 else b""
            self.send_response(status)
            if each.etag and status < 400:
                self.send_header("ETag", etag)
            if each.max_age is not None:
                self.send_header("Cache-Control", f"max-age={each.max_age}")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    # every address of 127.0.0.0/8, and no other interface is asked for
    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)  # noqa: S104
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def run(days: int, number: int) -> None:
    """Polls for so many days and prints the table of each."""
    clock = [START]
    usable = [feed for feed in read_catalogue(BUILT_IN) if feed.format in ("rss", "atom", "rdf", "json")]
    # from all parts of the catalogue, which is sorted by kind
    chosen = [usable[at * len(usable) // number] for at in range(min(number, len(usable)))]
    hosts = {host: f"127.0.0.{at}" for at, host in enumerate(sorted({feed.host for feed in chosen}), 2)}
    publishers = [publisher(feed, days) for feed in chosen]
    home = Path(tempfile.mkdtemp(prefix="sm-day-"))
    with served(publishers, clock) as port:
        lines = [
            feed.model_copy(update={"url": f"http://{hosts[feed.host]}:{port}/{at}"}) for at, feed in enumerate(chosen)
        ]
        catalogue = home / "feeds.csv"
        catalogue.write_text(as_csv(lines), encoding="utf-8")
        database = EmbeddedServer(home)
        settings = Settings(
            home=home,
            catalogue=catalogue,
            database_url=SecretStr(database.url("postgres")),
            allowed_private=",".join(f"{address}:{port}" for address in hosts.values()),
            host_pause=0,
            log_level="ERROR",
        )
        logs.configure(settings)
        pipeline.prepare(settings)
        for at in range(days * 24 * 4):
            clock[0] = START + RUN_EVERY * at
            pipeline.poll_feeds(settings, clock[0])
        print(
            f"{len(chosen)} feeds of {len(hosts)} hosts; "
            f"{sum(each.status != 200 for each in publishers)} of them fail all the time\n"
        )
        print(
            "| day | requests | of fixed 15 min | a host at most | in an hour at most | items | delay median | 95 % |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for day in range(days):
            print(_row(settings, publishers, day))
        print("\n| kind | feeds | requests a feed and day | delay median | 95 % |\n|---|---|---|---|---|")
        for kind in ITEMS_A_DAY:
            print(_kind(settings, publishers, kind, days - 1))
        database.release()


def _row(settings: Settings, publishers: list[Publisher], day: int) -> str:
    since, until = START + timedelta(days=day), START + timedelta(days=day + 1)
    per_host: Counter[str] = Counter()
    per_hour: Counter[tuple[str, int]] = Counter()
    for each in publishers:
        for asked in each.asked:
            if since <= asked < until:
                per_host[each.feed.host] += 1
                per_hour[each.feed.host, asked.hour] += 1
    requests, fixed = per_host.total(), len(publishers) * 96
    delays = _delays(settings, since, until)
    told = _told(delays)
    return (
        f"| {day + 1} | {requests} | {requests / fixed:.0%} of {fixed} | {max(per_host.values())} "
        f"| {max(per_hour.values())} | {len(delays)} | {told} |"
    )


def _kind(settings: Settings, publishers: list[Publisher], kind: str, day: int) -> str:
    since, until = START + timedelta(days=day), START + timedelta(days=day + 1)
    of_kind = [each for each in publishers if each.feed.kind == kind]
    if not of_kind:
        return f"| {kind} | 0 | | | |"
    asked = sum(since <= at < until for each in of_kind for at in each.asked)
    return f"| {kind} | {len(of_kind)} | {asked / len(of_kind):.0f} | {_told(_delays(settings, since, until, kind))} |"


def _told(delays: list[float]) -> str:
    return f"{median(delays):.0f} min | {quantiles(delays, n=20)[-1]:.0f} min" if len(delays) > 1 else "|"


def _delays(settings: Settings, since: datetime, until: datetime, kind: str | None = None) -> list[float]:
    """Minutes from publication to the run that stored it, of the items published in a span."""
    with connect(settings, read_only=True) as conn:
        rows = conn.execute(
            """select extract(epoch from item.first_seen_at - item.published_at) / 60 as minutes
            from item inner join feed on item.feed_id = feed.feed_id
            where item.published_at >= %s and item.published_at < %s and (%s::text is null or feed.kind = %s)""",
            (since, until, kind, kind),
        ).fetchall()
    return [float(row["minutes"]) for row in rows]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--days", type=int, default=3)
    arguments.add_argument("--feeds", type=int, default=60)
    given = arguments.parse_args()
    run(given.days, given.feeds)
