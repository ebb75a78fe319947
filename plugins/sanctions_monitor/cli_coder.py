"""Commands around the coder: classify records, explain one item, code stored items again."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import load

if TYPE_CHECKING:
    from sanctions_monitor.events.recoding import Said

_FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]


def add_to(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    app.command(epilog="Example: sanctions-monitor classify < items.jsonl > events.jsonl")(classify)
    app.command(epilog="Example: head -1 items.jsonl | sanctions-monitor explain")(explain)
    app.command(epilog="Example: sanctions-monitor recode --since 2025-12-01")(recode)


def classify() -> None:
    """Codes items: JSON Lines on standard input, JSON Lines on standard output (docs/codebook.md, "Record format")."""
    from sanctions_monitor.stories import classify as classify_records
    from sanctions_monitor.stories import read_records

    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for record in classify_records(read_records(sys.stdin)):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def explain(
    file: Annotated[Path | None, typer.Argument(help="JSON Lines, one item a line; default: standard input.")] = None,
    item: Annotated[str | None, typer.Option(help="Only the item of this id; of a stored item with --stored.")] = None,
    stored: Annotated[bool, typer.Option("--stored", help="Take the item from the database.")] = False,
) -> None:
    """Prints how the coder came to what it says of an item: names, chances, evidence, what was refused."""
    from sanctions_monitor.events.explain import explain as trace
    from sanctions_monitor.stories.records import item_of, read_records

    if stored:
        from sanctions_monitor import pipeline

        if item is None:
            raise UserError("--stored needs --item ID; `sanctions-monitor items --format jsonl` lists the ids")
        typer.echo(trace(pipeline.stored_item(load(), item)), nl=False)
        return
    if file is None:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        lines = sys.stdin.readlines()
    elif file.is_file():
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    else:
        raise UserError(f"{file}: no such file; give JSON Lines with an item a line")
    found = False
    for record in read_records(lines):
        if item in {None, record["id"]}:
            found = True
            typer.echo(trace(item_of(record)))
    if not found:
        raise UserError(
            f"no item{'' if item is None else f' {item!r}'} in the input; give JSON Lines with an item a line"
        )


def recode(
    since: Annotated[datetime | None, typer.Option(formats=_FORMATS, help="First day; default: 30 days back.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_FORMATS, help="Day after the last; default: now.")] = None,
) -> None:
    """Codes stored items again with the present coder, keeps both versions, and prints what differs."""
    from sanctions_monitor import pipeline

    settings = load()
    pipeline.prepare(settings)
    now = datetime.now(UTC)
    end = until.replace(tzinfo=UTC) if until else now
    begin = since.replace(tzinfo=UTC) if since else end - timedelta(days=30)
    count = 0
    for differences in pipeline.recode(settings, begin, end, now):
        for one in differences:
            count += 1
            typer.echo(f"{one.item_id} {one.title}")
            for said in one.before:
                typer.echo(f"  - {_said(said)}")
            for said in one.now:
                typer.echo(f"  + {_said(said)}")
    typer.echo(f"{count} items differ from what an older coder said of them, {begin:%Y-%m-%d} to {end:%Y-%m-%d}")


def _said(said: Said) -> str:
    action, status, senders, targets, goods = said
    who = f"{'+'.join(senders) or '?'} -> {'+'.join(targets) or '?'}"
    return f"{action}, {status}: {who}{', ' + '+'.join(goods) if goods else ''}"
