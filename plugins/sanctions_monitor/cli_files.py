"""`sanctions-monitor export`, `backup`, `restore` and `housekeeping`: files for analysts and for operators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sanctions_monitor.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable


def export(
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day (UTC).")],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day, which is included; default: today.")
    ] = None,
    format: Annotated[  # noqa: A002
        Literal["csv", "parquet", "jsonl", "xlsx"], typer.Option(help="Kind of the files.")
    ] = "csv",
    tables: Annotated[str | None, typer.Option(help="Names joined by commas; default: all (docs/exports.md).")] = None,
    to: Annotated[
        str | None, typer.Option(help="Folder or URL of an object store; default: `export` in the out folder.")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with a mark of byte order, for old Excel.")] = False,
) -> None:
    """Writes tables of a span of days, and a datapackage.json that describes them."""
    from sanctions_monitor import mailing, pipeline

    settings, now = load(), datetime.now(UTC)
    pipeline.prepare(settings)
    last = until.replace(tzinfo=UTC) if until else datetime.combine(now.date(), datetime.min.time(), UTC)
    place, files = mailing.export(
        settings,
        since.replace(tzinfo=UTC),
        last + timedelta(days=1),
        format_=format,
        tables=[each.strip() for each in tables.split(",")] if tables else None,
        place=to,
        bom=bom,
    )
    typer.echo(f"{place}: {', '.join(files)}")


def backup(file: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Writes the whole database to a file (pg_dump)."""
    from sanctions_monitor import keeping

    typer.echo(keeping.backup(load(), file))


def restore(
    file: Annotated[Path, typer.Argument(help="File of `backup`.")],
    replace: Annotated[bool, typer.Option("--replace", help="Lose what the database holds now.")] = False,
) -> None:
    """Brings the database back from a file, wholly or not at all (pg_restore)."""
    from sanctions_monitor import keeping, pipeline

    keeping.restore(load(), file, replace=replace)
    # a backup may be older than the program
    pipeline.prepare(load())
    typer.echo(f"The database is as it was in {file}.")


def housekeeping() -> None:
    """Lets go of what is older than the settings keep it, and counts dead letters."""
    from sanctions_monitor import keeping, pipeline

    settings = load()
    pipeline.prepare(settings)
    done = keeping.let_go(settings, datetime.now(UTC))
    typer.echo(
        f"let go: {done.texts} texts, {done.documents} documents, {done.polls} polls, {done.addresses} addresses; "
        f"{done.dead_letters} dead letters"
    )


_COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "export": (export, "Example: sanctions-monitor export --since 2025-12-01 --until 2025-12-31 --format parquet"),
    "backup": (backup, "Example: sanctions-monitor backup monitor.dump"),
    "restore": (restore, "Example: sanctions-monitor restore monitor.dump"),
    "housekeeping": (housekeeping, "Example: sanctions-monitor housekeeping"),
}


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to the command line, each with its example."""
    for name, (command, example) in _COMMANDS.items():
        app.command(name=name, epilog=example)(command)
