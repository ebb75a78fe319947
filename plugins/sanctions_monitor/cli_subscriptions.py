"""`sanctions-monitor subscriptions ...` and `sanctions-monitor outbox ...`: who gets what, and what became of it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import load

app = typer.Typer(help="Who gets the digest: add, list, pause, remove, preview.", no_args_is_help=True)
outbox = typer.Typer(help="What waits, what was sent, what is dead, and sending it again.", no_args_is_help=True)
console = Console(width=None if sys.stdout.isatty() else 160)
LISTS = "Several are joined by | or the option is repeated."


@app.command(
    epilog="Example: sanctions-monitor subscriptions add desk desk@example.org --zone Europe/Warsaw --hour 7 "
    "--country BY --goods potash --urgent high"
)
def add(
    id: Annotated[str, typer.Argument(help="A short name: small letters, digits, - and _.")],  # noqa: A002
    address: Annotated[str, typer.Argument(help="Mail address.")],
    name: Annotated[str | None, typer.Option(help="Who that is; default: the id.")] = None,
    language: Annotated[str, typer.Option(help="Language that dates are written in, such as en, de, pt_BR.")] = "en",
    zone: Annotated[str, typer.Option("--zone", "--time-zone", help="Time zone whose day the digest holds.")] = "UTC",
    hour: Annotated[int, typer.Option(help="Hour of the next morning at which it goes out.")] = 6,
    country: Annotated[
        list[str] | None, typer.Option("--country", "--countries", help=f"Only with these countries. {LISTS}")
    ] = None,
    goods: Annotated[list[str] | None, typer.Option(help="Only with these goods (ids), or none named.")] = None,
    sender: Annotated[list[str] | None, typer.Option("--sender", "--senders", help="Only by these.")] = None,
    action: Annotated[
        list[str] | None, typer.Option("--action", "--actions", help="impose, extend, ease, enforce.")
    ] = None,
    named: Annotated[
        list[str] | None, typer.Option("--named", "--names", help="Firms, persons or vessels, as they are written.")
    ] = None,
    min_severity: Annotated[str, typer.Option(help="low, medium or high.")] = "low",
    attach: Annotated[
        list[str] | None, typer.Option("--attach", "--attachments", help="csv (alerts), ics (what ends).")
    ] = None,
    quiet: Annotated[str, typer.Option(help="On a day without a match: short (three lines) or nothing.")] = "short",
    urgent: Annotated[
        str, typer.Option(help="Notices at once: off, on (from the minimum severity), low, medium, high.")
    ] = "off",
    urgent_by: Annotated[
        list[str] | None, typer.Option(help="Ways of urgent notices: mail, webhook:NAME, slack:CONNECTION.")
    ] = None,
) -> None:
    """Adds a subscriber."""
    from sanctions_monitor import pipeline, subscriptions
    from sanctions_monitor.storage import connect

    given: dict[str, Any] = {
        "id": id,
        "address": address,
        "name": name or id,
        "language": language,
        "time_zone": zone,
        "hour": hour,
        "countries": _joined(country),
        "goods": _joined(goods),
        "senders": _joined(sender),
        "actions": _joined(action),
        "names": _joined(named),
        "min_severity": min_severity,
        "attachments": _joined(attach),
        "quiet": quiet,
        "urgent": urgent,
        "urgent_by": _joined(urgent_by) or "mail",
    }
    try:
        subscriber = subscriptions.Subscriber.model_validate(given)
    except ValidationError as problem:
        raise UserError(f"{subscriptions.first_fault(problem, given)}. Nobody was added.") from None
    pipeline.prepare(load())
    with connect(load()) as conn:
        subscriptions.add(conn, subscriber, datetime.now(UTC))
    typer.echo(
        f"{subscriber.id} <{subscriber.address}> gets the digest at {subscriber.hour:02}:00 {subscriber.time_zone}."
    )


@app.command(name="list")
def list_() -> None:
    """Lists the subscribers, those of the file and those added by command."""
    from sanctions_monitor import mailing, pipeline, subscriptions
    from sanctions_monitor.storage import connect

    settings = load()
    pipeline.prepare(settings)
    mailing.sync(settings, datetime.now(UTC))
    with connect(settings, read_only=True) as conn:
        found = subscriptions.listed(conn)
    if not found:
        typer.echo(f"Nobody subscribes: run `subscriptions add`, or put lines into {settings.subscriptions_file}.")
        return
    table = Table("id", "address", "when", "wants", "urgent", "from", "state", "last mail")
    for each in found:
        reader = each.subscriber
        state = "paused" if each.paused_at else "active" if reader.active else "inactive"
        urgent = "off" if reader.urgent == "off" else f"{reader.urgent} by {', '.join(reader.urgent_by)}"
        last = "" if each.last_sent_at is None else f"{each.last_sent_at:%Y-%m-%d %H:%M}"
        wants = subscriptions.cut_of(reader).words() or "everything"
        when = f"{reader.hour:02}:00 {reader.time_zone}"
        table.add_row(reader.id, reader.address, when, wants, urgent, each.origin, state, last)
    console.print(table)


@app.command()
def pause(subscriber: Annotated[str, typer.Argument(help="Id or address.")]) -> None:
    """Stops all mails to a subscriber, those that wait among them."""
    from sanctions_monitor import subscriptions
    from sanctions_monitor.storage import connect

    with connect(_synced()) as conn:
        found = subscriptions.find(conn, subscriber)
        subscriptions.pause(conn, found.subscriber.id, datetime.now(UTC))
    typer.echo(
        f"{found.subscriber.id} gets no mail until `sanctions-monitor subscriptions resume {found.subscriber.id}`."
    )


@app.command()
def resume(subscriber: Annotated[str, typer.Argument(help="Id or address.")]) -> None:
    """Lets mails go out again; what came meanwhile is not sent after."""
    from sanctions_monitor import subscriptions
    from sanctions_monitor.storage import connect

    with connect(_synced()) as conn:
        found = subscriptions.find(conn, subscriber)
        subscriptions.resume(conn, found.subscriber.id, datetime.now(UTC))
    typer.echo(f"{found.subscriber.id} gets mails again.")


@app.command()
def remove(subscriber: Annotated[str, typer.Argument(help="Id or address.")]) -> None:
    """Removes a subscriber and takes his address out of the database."""
    from sanctions_monitor import subscriptions
    from sanctions_monitor.storage import connect

    with connect(_synced()) as conn:
        found = subscriptions.find(conn, subscriber)
        subscriptions.remove(conn, found.subscriber.id, datetime.now(UTC))
    typer.echo(f"{found.subscriber.id} is removed.")


@app.command(epilog="Example: sanctions-monitor subscriptions preview desk --date 2025-12-13")
def preview(
    subscriber: Annotated[str, typer.Argument(help="Id or address.")],
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; default: yesterday.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the HTML to this file instead.")] = None,
) -> None:
    """Shows a day's digest as this subscriber would get it; nothing is stored or sent."""
    from sanctions_monitor import pipeline
    from sanctions_monitor.digests.parts import with_local_pictures

    rendered = pipeline.preview(_synced(), datetime.now(UTC), subscriber, date.date() if date else None)
    if html is None:
        typer.echo(f"Subject: {rendered.subject}\n\n{rendered.text}")
        return
    html.parent.mkdir(parents=True, exist_ok=True)
    html.write_text(with_local_pictures(rendered.html), encoding="utf-8")
    for part in rendered.parts:
        (html.parent / part.name).write_bytes(part.body)
    typer.echo(f"{html}")


@outbox.command(name="list", epilog="Example: sanctions-monitor outbox list --state dead")
def list_letters(
    state: Annotated[str | None, typer.Option(help="pending, sent, dead, stopped or skipped; default: all.")] = None,
    most: Annotated[int, typer.Option(help="How many at most, the newest first.")] = 200,
) -> None:
    """Lists mails and notices with their state, attempts and last error."""
    from sanctions_monitor import delivery, pipeline
    from sanctions_monitor.storage import connect

    pipeline.prepare(load())
    with connect(load(), read_only=True) as conn:
        found = delivery.letters(conn, state=state, most=most)
    table = Table("number", "subscriber", "edition", "by", "state", "attempts", "sent or due", "last error", "subject")
    for each in found:
        moment = each.sent_at or each.not_before
        table.add_row(
            str(each.delivery_id),
            each.subscriber_id,
            each.edition,
            each.channel,
            each.state,
            str(each.attempts),
            f"{moment:%Y-%m-%d %H:%M}",
            each.last_error or "",
            each.subject,
        )
    console.print(table) if found else typer.echo("Nothing of that kind is in the outbox.")


@outbox.command(epilog="Example: sanctions-monitor outbox show 17 > mail.eml")
def show(number: Annotated[int, typer.Argument(help="Number in `outbox list`.")]) -> None:
    """Prints a mail byte for byte, as it was or will be sent."""
    from sanctions_monitor import delivery, pipeline
    from sanctions_monitor.storage import connect

    pipeline.prepare(load())
    with connect(load(), read_only=True) as conn:
        content, same = delivery.show(conn, number)
    sys.stdout.buffer.write(content)
    if same is False:
        sys.stderr.write(
            "note: these are not the bytes that the server took: the address was let go, or a version changed.\n"
        )


@outbox.command(epilog="Example: sanctions-monitor outbox resend 17 18, or --all")
def resend(
    numbers: Annotated[list[int] | None, typer.Argument(help="Numbers of dead ones in `outbox list`.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="All dead ones.")] = False,
) -> None:
    """Sends dead ones again, under the same Message-ID."""
    from sanctions_monitor import delivery, pipeline
    from sanctions_monitor.storage import connect

    if not numbers and not all_:
        raise UserError("Which ones? Give their numbers, or --all.")
    settings, now = load(), datetime.now(UTC)
    pipeline.prepare(settings)
    with connect(settings) as conn:
        count = delivery.send_again(conn, None if all_ else numbers, now)
    delivery.deliver(settings, now)
    typer.echo(f"{count} put back into the outbox and tried; `sanctions-monitor outbox list` shows what came of it.")


def _synced() -> Any:
    from sanctions_monitor import mailing, pipeline

    settings = load()
    pipeline.prepare(settings)
    mailing.sync(settings, datetime.now(UTC))
    return settings


def _joined(values: list[str] | None) -> str:
    return "|".join(each.replace(",", "|") for each in values or [])
