"""The demo: the whole way on the recorded edition, from its feeds to a mail, in one go."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from sanctions_monitor import pipeline
from sanctions_monitor.feeds import all_feeds
from sanctions_monitor.recorded import EDITION, EDITION_DAY, catch_mail, publish, recorded_settings
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.console import Console

    from sanctions_monitor.settings import Settings


def run(settings: Settings, console: Console) -> None:
    """Runs the demo and prints what came of it. Run again, it gives the same alerts and sends nothing twice."""
    out = settings.out / "demo"
    day = date.fromisoformat(EDITION_DAY)
    now = datetime.now(UTC)
    with publish(EDITION) as base_url, catch_mail(out / EDITION_DAY / "mail") as smtp_url:
        at_work = recorded_settings(settings, base_url, smtp_url, out)
        with _step(console, "database, reference tables"):
            pipeline.prepare(at_work)
        with _step(console, "polling the recorded feeds") as tell:
            # named, so that a second run asks again at once: the recorded publishers say that nothing changed
            polled = pipeline.poll_feeds(at_work, now, [feed.id for feed in all_feeds(at_work)])
            tell(f"{polled.feeds} feeds, {polled.new_items} new items, {polled.failed} failed")
        with _step(console, "coding events, grouping stories") as tell:
            tell(str(pipeline.code_items(at_work, now)))
        with _step(console, "raising alerts") as tell:
            raised = pipeline.raise_alerts(at_work, now)
            tell(f"{raised.new} new alerts")
        with _step(console, "digest, CSV files, mail") as tell:
            made = pipeline.send_digests(at_work, now, day)
            mails = sum(each.sent for each in made)
            tell(f"{mails} mails sent for this day, each once")
    house = next(each for each in made if each.edition == "UTC")
    _show(at_work, console, day, house.subject, out / EDITION_DAY)


@contextlib.contextmanager
def _step(console: Console, name: str) -> Iterator[Callable[[str], None]]:
    """Shows a step while it runs and, when it is done, its time and its numbers."""
    columns = (SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(name, total=1)
        yield lambda numbers: progress.update(task, description=f"{name}: {numbers}")
        progress.advance(task)


def _show(settings: Settings, console: Console, day: date, subject: str, folder: Path) -> None:
    """A short table of all alerts of the edition, the digest's own first, and where the files are."""
    table = Table(title=f"Alerts of the recorded edition; digest of {day}: {subject}", title_justify="left")
    for name in ("day", "severity", "alert", "outlets", "official", "then"):
        table.add_column(name, overflow="fold")
    with connect(settings, read_only=True) as conn:
        for row in queries("demo").alerts(conn, day=day):
            table.add_row(
                f"{row['day']:%d %b}",
                f"{row['severity']} {row['score']}",
                row["headline"],
                str(row["outlets"]),
                ", ".join(row["official"]) or "-",
                row["followed_by"] or "-",
                style="bold" if row["day"] == day else None,
            )
    console.print(table)
    console.print(f"Files: {folder}", soft_wrap=True, highlight=False)
    for path in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")):
        console.print(f"  {path.name}", highlight=False)
    console.print(
        "How it went on: `sanctions-monitor digest --date 2025-12-15 --dry-run` renders the digest of two days later.",
        highlight=False,
    )
