"""`sanctions-monitor reference`: what is loaded, newer tables from public services, the data dictionary."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import load

app = typer.Typer(help="The reference tables: what is loaded, newer ones, the data dictionary.", no_args_is_help=True)


@app.command(epilog="Example: sanctions-monitor reference show")
def show() -> None:
    """Lists the loaded tables, their rows, and since when and from where they are."""
    from sanctions_monitor import pipeline
    from sanctions_monitor.storage import connect, queries

    settings = load()
    pipeline.prepare(settings)
    table = Table("table", "rows", "loaded", "refreshed from")
    with connect(settings, read_only=True) as conn:
        for row in queries("reference").reference_loads(conn):
            origin = f"{row['refreshed_from']}, {row['refreshed_at']:%Y-%m-%d}" if row["refreshed_at"] else ""
            table.add_row(row["table_name"], f"{row['rows']:,}", f"{row['loaded_at']:%Y-%m-%d %H:%M}", origin)
    Console(width=None if sys.stdout.isatty() else 120).print(table)


@app.command(epilog="Example: sanctions-monitor reference refresh worldbank --dry-run")
def refresh(
    services: Annotated[list[str], typer.Argument(help="worldbank, usgs, faostat, comtrade or baci; several at will.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference and change nothing.")] = False,
    answers: Annotated[
        Path | None, typer.Option(help="Folder with the service's answers as files, instead of asking it.")
    ] = None,
    pair: Annotated[
        list[str] | None, typer.Option(help="Comtrade only: seller:goods, such as RU:coal; may be given again.")
    ] = None,
) -> None:
    """Fetches newer tables, checks them, shows what changes and swaps them in; the old ones stay on any failure."""
    from sanctions_monitor import pipeline
    from sanctions_monitor.reference import told_differences

    settings = load()
    pipeline.prepare(settings)
    pairs = [_pair(each) for each in pair or ()]
    for name in services:
        found = pipeline.refresh_reference(
            settings, name, datetime.now(UTC), answers_folder=answers, pairs=pairs, dry_run=dry_run
        )
        typer.echo("\n".join(told_differences(found)))
    if dry_run:
        typer.echo("Nothing was changed.")


@app.command(epilog="Example: sanctions-monitor reference dictionary > docs/data_dictionary.md")
def dictionary() -> None:
    """Prints the data dictionary: each table's columns with type, unit, source, licence and year (Markdown)."""
    from sanctions_monitor.reference import data_dictionary

    typer.echo(data_dictionary(), nl=False)


def _pair(text: str) -> tuple[str, str]:
    from sanctions_monitor.reference import is_code

    seller, _, goods = text.partition(":")
    if not (is_code(seller, "party") and is_code(goods, "commodity")):
        raise UserError(f"--pair {text}: write seller:goods with codes, such as RU:coal.")
    return seller, goods
