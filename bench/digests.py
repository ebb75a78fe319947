"""How long digests take for many readers: composing, and delivering to a mail server on loopback; and a big export.

    python bench/digests.py [--readers 10000] [--filters 200] [--events 1000000]

Each part runs in a process of its own, whose peak memory is told. Rivals of the same run: the same number of mails by
bare smtplib, and `copy` by psql of the same rows. The machines this runs on are shared: read ratios first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from pydantic import SecretStr

from sanctions_monitor import mailing, pipeline
from sanctions_monitor.delivery import deliver
from sanctions_monitor.recorded import EDITION, EDITION_DAY, publish, recorded_settings
from sanctions_monitor.recorded.mail_catcher import _free_port
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import EmbeddedServer, connect, migrated

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date.fromisoformat(EDITION_DAY)
NOW = datetime(2025, 12, 14, 7, 0, tzinfo=UTC)
COUNTRIES = "BY RU US EU GB IR VE CN SY KP MM CU SD LY ML SO YE IQ HT NI".split()
GOODS = "potash fertilizer crude_oil gold coal steel aluminium timber wheat natural_gas".split()

SINK = """
import asyncio, sys
async def serve(reader, writer):
    writer.write(b"220 sink\\r\\n")
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"EHLO":
            writer.write(b"250 sink\\r\\n")
        elif word == b"DATA":
            writer.write(b"354 go on\\r\\n")
            await reader.readuntil(b"\\r\\n.\\r\\n")
            writer.write(b"250 taken\\r\\n")
        elif word == b"QUIT":
            writer.write(b"221 bye\\r\\n")
            break
        else:
            writer.write(b"250 ok\\r\\n")
    writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), limit=2**24)
    async with server:
        await server.serve_forever()
asyncio.run(main())
"""
"""A mail server that reads and forgets: what is measured is the sender."""


def main() -> None:
    """Measures and prints, one part after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--filters", type=int, default=200)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("digests", "export"), help="One half of it.")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--url")
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    if given.part:
        print(json.dumps(PARTS[given.part](given) | {"peak_mb": peak()}))
        return
    home = Path(tempfile.mkdtemp(prefix="sm-bench-"))
    server = EmbeddedServer(home)
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
            conn.execute("create database bench")
        for part in PARTS:
            if part in LEFT_OUT.get(given.only, ()):
                continue
            told = subprocess.run(
                [sys.executable, __file__, *sys.argv[1:], "--part", part, "--url", server.url("bench"), "--home", home],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            ).stdout.splitlines()[-1]
            print(f"{part:10} {told}", flush=True)
    finally:
        server.release()
        shutil.rmtree(home, ignore_errors=True)


def prepare(given: argparse.Namespace) -> dict[str, Any]:
    """The recorded edition, and readers of so many different filters."""
    settings = at_work(given)
    migrated(settings)
    with publish(EDITION) as base_url:
        polled = recorded_settings(settings, base_url, "smtp://127.0.0.1:1", given.home / "out")
        pipeline.prepare(polled)
        pipeline.poll_feeds(polled, NOW)
    pipeline.code_items(settings, NOW)
    pipeline.raise_alerts(settings, NOW)
    lines = ["id,address,name,countries,goods"]
    for number in range(given.readers):
        wish = number % given.filters
        country, goods = COUNTRIES[wish % len(COUNTRIES)], GOODS[wish // len(COUNTRIES) % len(GOODS)]
        lines.append(f"r{number},r{number}@example.org,Reader {number},{country},{goods}")
    (given.home / "subscriptions.csv").write_text("\n".join(lines) + "\n")
    return {"readers": given.readers, "filters": given.filters}


def compose(given: argparse.Namespace) -> dict[str, Any]:
    """Reads the readers' file, composes every cut, fills the outbox, writes the files."""
    settings = at_work(given)
    seconds = timed(lambda: pipeline.send_digests(settings, NOW, DAY))
    with connect(settings, read_only=True) as conn:
        row = conn.execute(
            "select (select count(*) from digest) as documents, count(*) as mails from delivery where state = 'pending'"
        ).fetchone()
    return {"seconds": seconds, **(row or {})}


def send(given: argparse.Namespace) -> dict[str, Any]:
    """Empties the outbox; then sends as many mails of the same size by bare smtplib, without any record."""
    port = _free_port()
    with subprocess.Popen([sys.executable, "-c", SINK, str(port)]) as sink:
        time.sleep(1)
        settings = at_work(given).model_copy(update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{port}")})
        seconds = timed(lambda: deliver(settings, NOW))
        with connect(settings, read_only=True) as conn:
            row = conn.execute("select count(*) as mails from delivery where state = 'sent'").fetchone() or {}
        content = (given.home / "out" / EDITION_DAY / "digest.eml").read_bytes()
        bare = timed(lambda: by_smtplib(port, content, row["mails"]))
        sink.kill()
    return {
        "mails": row["mails"],
        "seconds": seconds,
        "a_second": round(row["mails"] / seconds),
        "bare_smtplib_a_second": round(row["mails"] / bare),
    }


def by_smtplib(port: int, content: bytes, mails: int) -> None:
    """The rival: the same number of mails of the whole edition's size in one session."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(mails):
            server.sendmail("digest@example.org", ["reader@example.org"], content)


def export(given: argparse.Namespace) -> dict[str, Any]:
    """Fills the event table, and exports it in each format; `copy` by psql is the rival of CSV."""
    settings = at_work(given)
    with connect(settings) as conn:
        fill_events(conn, given.events)
    with connect(settings) as conn:
        conn.autocommit = True
        conn.execute("vacuum analyze")
    first, after = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    found: dict[str, Any] = {"events": given.events}
    for format_ in ("csv", "jsonl", "parquet", "xlsx"):
        place = given.home / format_
        # a sheet is no place for a million rows: a tenth of them
        last = after if format_ != "xlsx" else datetime(2025, 2, 6, tzinfo=UTC)
        child = os.fork()
        if child == 0:
            work = partial(mailing.export, settings, first, last, format_=format_, tables=["events"], place=str(place))
            (given.home / f"{format_}.json").write_text(json.dumps([timed(work), peak()]))
            os._exit(0)
        os.waitpid(child, 0)
        seconds, memory = json.loads((given.home / f"{format_}.json").read_text())
        size = (place / f"events.{format_}").stat().st_size // 2**20
        found[format_] = f"{seconds} s, {memory} MB of memory, {size} MB"
        shutil.rmtree(place)
    found["psql_copy_seconds"] = timed(lambda: by_psql(given.url, given.home / "rival.csv"))
    return found


def by_psql(url: str, path: Path) -> None:
    """The rival: the same rows by PostgreSQL's own client, without any guard."""
    from sanctions_monitor.keeping import tool

    psql = tool("psql")
    rows = (
        "select event.*, item.dated_at, item.url, feed.title from event inner join item using (item_id) "
        "inner join feed using (feed_id) order by item.dated_at, event.event_id"
    )
    subprocess.run([psql, url, "--quiet", "-c", f"\\copy ({rows}) to '{path}' (format csv, header)"], check=True)


def fill_events(conn: Any, events: int) -> None:
    """Copies of the recorded edition's events, each of an item of its own, over the days of 2025."""
    from sanctions_monitor.events import CODER_VERSION

    conn.execute("create temporary table sample on commit drop as select * from event limit 50")
    for statement in (
        "insert into item (item_id, identity, feed_id, url, published_at, first_seen_at) "
        "select substr(md5(number::text) || md5('i'), 1, 24), 'bench ' || number, (select min(feed_id) from feed), "
        "'https://example.org/' || number, moment, moment from generate_series(1, %(events)s) as number, "
        "lateral (select timestamptz '2025-01-01' + number %% 31000 * interval '15 minutes' as moment) as at",
        "insert into item_revision (item_id, revision, title, summary, content_sha256, seen_at, poll_id) "
        "select item_id, 1, 'Title', '', '', first_seen_at, (select min(poll_id) from poll) from item "
        "where identity like 'bench %%'",
        "insert into coding select item_id, 1, %(coder)s, true, first_seen_at from item where identity like 'bench %%'",
    ):
        conn.execute(statement, {"events": events, "coder": CODER_VERSION})
    conn.execute("create temporary table numbered as select *, row_number() over () - 1 as place from sample")
    columns = (
        "family, action, status, senders, targets, commodities, instruments, evidence_field, evidence_start, "
        "evidence_end, evidence_text, rule, because, confidence, legal_act"
    )
    conn.execute(
        f"insert into event (event_id, item_id, revision, coder_version, {columns}) "  # noqa: S608
        f"select substr(md5('e' || item.item_id) || md5('x'), 1, 24), item.item_id, 1, %(coder)s, {columns} "
        "from item inner join numbered on "
        "place = substr(identity, 7)::integer %% (select count(*) from numbered) where identity like 'bench %%'",
        {"coder": CODER_VERSION},
    )


def at_work(given: argparse.Namespace) -> Settings:
    """Settings on the bench's own database and folder."""
    return Settings(
        home=given.home,
        out=given.home / "out",
        database_url=SecretStr(given.url),
        subscriptions=given.home / "subscriptions.csv",
        full_text=False,
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 1)


def peak() -> int:
    """Most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "prepare": prepare,
    "compose": compose,
    "send": send,
    "export": export,
}

LEFT_OUT = {"digests": ("export",), "export": ("compose", "send")}

if __name__ == "__main__":
    main()
