"""The command line: `sanctions-monitor COMMAND`. Each command calls the same function as the DAG that does its work."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from sanctions_monitor import (
    __version__,
    cli_alerts,
    cli_coder,
    cli_feeds,
    cli_files,
    cli_ledger,
    cli_reference,
    cli_subscriptions,
    logs,
)
from sanctions_monitor.errors import SanctionsMonitorError
from sanctions_monitor.settings import PREFIX, Settings, load

app = typer.Typer(
    help="Watches feeds for changes of sanctions and mails a daily digest with the evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(cli_feeds.app, name="feeds")
app.add_typer(cli_subscriptions.app, name="subscriptions")
app.add_typer(cli_subscriptions.outbox, name="outbox")
cli_files.add_to(app)
cli_coder.add_to(app)
app.add_typer(cli_alerts.app, name="alerts")
app.add_typer(cli_reference.app, name="reference")
app.command(epilog="Example: sanctions-monitor ledger BY --on 2025-12-14 --goods potash --format json")(
    cli_ledger.ledger
)
# tables are cut by a narrow terminal only; a file or a pipe gets them whole
console = Console(width=None if sys.stdout.isatty() else 160)


def main() -> None:
    """Runs the command line; an error meant for people is one line on standard error and exit code 1."""
    try:
        logs.configure(load())
        app()
    except SanctionsMonitorError as problem:
        sys.stderr.write(f"error: {problem}\n")
        sys.exit(1)
    except BrokenPipeError:
        # the reader of our output went away, as `| head` does
        sys.stderr.close()
        sys.exit(0)


@app.command()
def version() -> None:
    """Prints the version."""
    typer.echo(__version__)


@app.command(name="settings")
def show_settings() -> None:
    """Lists every setting: its variable, default and meaning."""
    table = Table("variable", "default", "meaning")
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else str(field.default)
        table.add_row(f"{PREFIX}{name.upper()}", default, field.description)
    console.print(table)


@app.command()
def prepare() -> None:
    """Makes or updates the database: schema and reference tables."""
    from sanctions_monitor import pipeline

    pipeline.prepare(load())


@app.command(epilog="Example: sanctions-monitor items --format jsonl --feed us_fr_ofac")
def items(
    format: Annotated[Literal["table", "jsonl"], typer.Option(help="A table, or JSON Lines.")] = "table",  # noqa: A002
    feed: Annotated[str | None, typer.Option(help="Id of a feed; default: all.")] = None,
) -> None:
    """Prints the stored items, the oldest first, each in its latest revision."""
    from sanctions_monitor import pipeline
    from sanctions_monitor.items.told import told_items
    from sanctions_monitor.storage import connect

    settings = load()
    pipeline.prepare(settings)
    table = Table("published", "feed", "title", "link")
    with connect(settings, read_only=True) as conn:
        for each in told_items(conn, feed):
            if format == "jsonl":
                sys.stdout.write(json.dumps(each, ensure_ascii=False) + "\n")
            else:
                table.add_row(each["published"] or "", each["feed"], each["title"], each["link"])
    if format == "table":
        console.print(table)


@app.command(name="full-text", epilog="Example: sanctions-monitor full-text")
def full_text() -> None:
    """Asks for the pages of items that may tell an event and come with a short summary, each once."""
    from sanctions_monitor import pipeline

    settings = load()
    pipeline.prepare(settings)
    done = pipeline.fetch_full_texts(settings, datetime.now(UTC))
    typer.echo(
        f"{done.pages} pages: {done.texts} texts, {done.left_alone} left alone (robots.txt), "
        f"{done.without_text} without a text that we may or can read"
    )
    if not settings.full_text:
        typer.echo("Full texts are off: unset SANCTIONS_MONITOR_FULL_TEXT to ask for them.")


@app.command()
def code() -> None:
    """Codes new items and groups their events into stories."""
    from sanctions_monitor import pipeline

    settings = load()
    pipeline.prepare(settings)
    typer.echo(pipeline.code_items(settings, datetime.now(UTC)))


@app.command(epilog="Example: sanctions-monitor digest --date 2025-12-13 --dry-run")
def digest(
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; default: every digest that is due now.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Compose and write files; store and send nothing.")
    ] = False,
    deliver: Annotated[
        bool, typer.Option("--deliver/--no-deliver", help="Send the mails, or compose and store alone.")
    ] = True,
    subscriber: Annotated[str | None, typer.Option(help="Id or address of one subscriber; default: all.")] = None,
    edition: Annotated[str | None, typer.Option(help="Time zone of one edition; default: all.")] = None,
) -> None:
    """Composes and delivers digests, and writes their files."""
    from sanctions_monitor import pipeline

    settings = load()
    pipeline.prepare(settings)
    done = pipeline.send_digests(
        settings,
        datetime.now(UTC),
        date.date() if date else None,
        dry_run=dry_run,
        subscriber=subscriber,
        edition=edition,
        deliver=deliver,
    )
    if not done:
        typer.echo("No digest is due.")
    for each in done:
        typer.echo(f"{each.date} ({each.edition}): {each.subject}")
        typer.echo(f"  files: {each.folder}")
        typer.echo(f"  mails: {each.sent} sent, {each.waiting} waiting, {each.failed} refused for good")
    if settings.smtp_url is None and any(each.waiting for each in done):
        typer.echo("Mails wait in the outbox: set SANCTIONS_MONITOR_SMTP_URL to send them.")
    if faults := [fault for each in done for fault in each.faults]:
        raise SanctionsMonitorError(f"The digests went out, but not whole: {'; '.join(faults)}")


@app.command()
def demo() -> None:
    """Runs the whole way on the recorded edition of 13 December 2025, mail included; nothing leaves this machine."""
    from sanctions_monitor import demo as demonstration

    demonstration.run(load(), console)


@app.command()
def up(demo: Annotated[bool, typer.Option("--demo", help="Feed it from the recorded edition.")] = False) -> None:
    """Starts Airflow with its web UI on this machine; Ctrl-C stops it."""
    from sanctions_monitor import local_stack

    local_stack.up(demo=demo)


@app.command()
def down() -> None:
    """Stops what `up` started."""
    from sanctions_monitor import local_stack

    local_stack.down()


if __name__ == "__main__":
    main()
