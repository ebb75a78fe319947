"""The commands below `sanctions-monitor feeds`: the catalogue, and how its feeds fare."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import load, without_password

if TYPE_CHECKING:
    from sanctions_monitor.subscribing import Looked

app = typer.Typer(help="The catalogue of feeds and their health.", no_args_is_help=True)
# tables are cut by a narrow terminal only; a file or a pipe gets them whole
console = Console(width=None if sys.stdout.isatty() else 160)

REFUSED_SHOWN = 20
"""Lines of a list that are told when they can't be used; more are seldom different."""

Kind = Literal["official", "news", "trade", "rights"]
Title = Annotated[str, typer.Option(help="What the outlet is called; default: what the feed says.")]
Country = Annotated[str, typer.Option(help="ISO 3166 code of the outlet's country, or EU, UN; default: ZZ, unknown.")]
Language = Annotated[str, typer.Option(help="ISO 639-1 code; default: what the feed says, else en.")]
KindOption = Annotated[Kind, typer.Option(help="What it is.")]


@app.command(name="list", epilog="Example: sanctions-monitor feeds list --kind official")
def list_feeds(kind: Annotated[Kind | None, typer.Option(help="Only this kind.")] = None) -> None:
    """Lists the feeds of the catalogue: the built-in ones and those that were added."""
    from sanctions_monitor.feeds.own_feeds import all_feeds

    table = Table("id", "title", "kind", "country", "format", "verified", "address")
    for feed in all_feeds(load()):
        if kind in (None, feed.kind):
            verified = "yes" if feed.verified else "no"
            address = without_password(feed.url)
            table.add_row(feed.id, feed.title, feed.kind, feed.country, feed.format, verified, address)
    console.print(table)


@app.command(epilog="Example: sanctions-monitor feeds add https://notesfrompoland.com/ --country PL")
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed, or of a web page that has one.")],
    id: Annotated[str, typer.Option(help="Short name; default: made of the title.")] = "",  # noqa: A002
    title: Title = "",
    kind: KindOption = "news",
    country: Country = "",
    language: Language = "",
    tier: Annotated[int, typer.Option(min=1, max=3, help="1 first hand, 2 news, 3 trade press.")] = 2,
) -> None:
    """Finds the feed behind an address and appends it to your own catalogue file.

    Looks at the address itself, at the feeds that the page names, then at the usual places; the first that can be read
    is added.
    """
    from sanctions_monitor import subscribing

    settings = load()
    found = subscribing.find(settings, url, datetime.now(UTC))
    for each in found:
        typer.echo(f"found {each.url}: {_told(each)}")
    columns = {"id": id, "title": title, "kind": kind, "country": country, "language": language, "tier": str(tier)}
    added = subscribing.add(settings, found[0], {name: value for name, value in columns.items() if value})
    typer.echo(f"added {added.feeds[0].id} to {added.file}")
    for each in found[1:]:
        typer.echo(f"to add the other one too: sanctions-monitor feeds add '{each.url}'")


@app.command(epilog="Example: sanctions-monitor feeds check us_ofac_recent eu_council")
def check(feed: Annotated[list[str] | None, typer.Argument(help="Ids of feeds; default: all.")] = None) -> None:
    """Asks feeds once and says what came: items, newest date, format, or the reason why not. Stores nothing.

    The exit code is 1 where a feed can't be read.
    """
    from sanctions_monitor import subscribing

    failed = 0
    for each, looked in subscribing.check(load(), datetime.now(UTC), feed or ()):
        failed += looked.reason is not None
        typer.echo(f"{each.id}: {_told(looked)}")
        if looked.reason is None and looked.url != looked.asked:
            typer.echo(f"{each.id}: it has moved for good to {looked.url}")
    if failed:
        typer.echo(f"{failed} can't be read", err=True)
        raise typer.Exit(1)


def _told(looked: Looked) -> str:
    if looked.reason is not None:
        return looked.reason
    newest = f", newest of {looked.newest:%Y-%m-%d %H:%M} UTC" if looked.newest else ", none with a date"
    return f"{looked.format}, {looked.items} items{newest if looked.items else ''}"


@app.command(epilog="Example: sanctions-monitor feeds disable gmk --reason 'behind a paywall since May'")
def disable(
    feed: Annotated[str, typer.Argument(help="Id of the feed.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the feed.")],
) -> None:
    """Switches a feed off: it is polled no more, its items stay."""
    from sanctions_monitor import subscribing

    subscribing.disable(load(), feed, reason, datetime.now(UTC))
    typer.echo(f"{feed} is off. `sanctions-monitor feeds enable {feed}` switches it on again.")


@app.command(epilog="Example: sanctions-monitor feeds enable gmk")
def enable(feed: Annotated[str, typer.Argument(help="Id of the feed.")]) -> None:
    """Switches a feed on again, also one that was gone (410): it is polled at the next run."""
    from sanctions_monitor import subscribing

    subscribing.enable(load(), feed)
    typer.echo(f"{feed} is on")


@app.command(name="import", epilog="Example: sanctions-monitor feeds import subscriptions.opml --kind news")
def import_feeds(
    file: Annotated[Path, typer.Argument(help="OPML, CSV with a column url, or one address a line; - for input.")],
    kind: Annotated[Kind | None, typer.Option(help="What they are; default: what the file says, else news.")] = None,
    country: Country = "",
    language: Language = "",
) -> None:
    """Adds the feeds of a list to your own catalogue file. Known ones are left as they are.

    Passwords in addresses are taken out and kept apart. The exit code is 1 where a line could not be used.
    """
    from sanctions_monitor import subscribing

    columns = {"kind": kind or "", "country": country, "language": language}
    document = sys.stdin.buffer.read() if str(file) == "-" else subscribing.read_file(file)
    given = {name: value for name, value in columns.items() if value}
    added = subscribing.import_list(load(), document, str(file), given)
    where = f" to {added.file}" if added.file else ""
    typer.echo(f"{len(added.feeds)} feeds added{where}, {added.known} known before, {len(added.refused)} left out")
    for each in added.refused[:REFUSED_SHOWN]:
        typer.echo(each, err=True)
    if len(added.refused) > REFUSED_SHOWN:
        typer.echo(f"and {len(added.refused) - REFUSED_SHOWN} more", err=True)
    if added.refused:
        raise typer.Exit(1)


@app.command(epilog="Example: sanctions-monitor feeds export --format opml > feeds.opml")
def export(
    format: Annotated[Literal["opml", "csv"], typer.Option(help="opml (2.0), or csv.")] = "opml",  # noqa: A002
    own: Annotated[bool, typer.Option("--own", help="Only the feeds that were added.")] = False,
) -> None:
    """Writes the catalogue to standard output, without passwords."""
    from sanctions_monitor.feeds.catalogue import read_catalogue
    from sanctions_monitor.feeds.opml import write_opml
    from sanctions_monitor.feeds.own_feeds import all_feeds, as_csv, own_file

    settings = load()
    mine = own_file(settings)
    feeds = (read_catalogue(mine) if mine.exists() else []) if own else all_feeds(settings)
    document = write_opml(feeds, datetime.now(UTC)) if format == "opml" else as_csv(feeds).encode()
    sys.stdout.buffer.write(document)


@app.command(epilog="Example: sanctions-monitor feeds poll --at 2026-03-02T09:00:00Z")
def poll(
    feed: Annotated[list[str] | None, typer.Argument(help="Ids of feeds, due or not; default: those due.")] = None,
    at: Annotated[str, typer.Option(help="The time that it is taken to be (ISO 8601, UTC); default: now.")] = "",
) -> None:
    """Polls the feeds that are due, stores their items, and ends."""
    from sanctions_monitor import polling
    from sanctions_monitor.storage import migrated

    settings = load()
    now = moment(at)
    migrated(settings)
    done = polling.poll_feeds(settings, now, feed or None)
    typer.echo(
        f"{done.feeds} feeds polled, {done.new_items} new items, {done.changed_items} changed, {done.failed} failed"
    )


@app.command(epilog="Example: sanctions-monitor feeds health")
def health(
    at: Annotated[str, typer.Option(help="The time that it is taken to be (ISO 8601, UTC); default: now.")] = "",
) -> None:
    """Shows how each feed fares, the worst first: polls and items of the last week, against what is expected of it."""
    from sanctions_monitor import pipeline
    from sanctions_monitor.feeds import read_health
    from sanctions_monitor.storage import connect

    settings = load()
    now = moment(at)
    pipeline.prepare(settings)
    table = Table("id", "fares", "last success", "failed in a row", "seconds", "items a week", "newest item", "reason")
    with connect(settings, read_only=True) as conn:
        for each in read_health(conn, now):
            table.add_row(
                each.feed_id,
                each.verdict,
                _minute(each.last_success_at, "never"),
                str(each.failures),
                "" if each.seconds is None else f"{each.seconds:.2f}",
                f"{each.items}" if each.expected is None else f"{each.items} of {each.expected}",
                _minute(each.newest_item_at, "none"),
                each.reason,
            )
    console.print(table)


def _minute(time: datetime | None, otherwise: str) -> str:
    return f"{time:%Y-%m-%d %H:%M}" if time else otherwise


def moment(text: str) -> datetime:
    """The time that an option names, in UTC, or the clock's. Raises UserError where it can't be read."""
    if not text:
        return datetime.now(UTC)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise UserError(f"--at {text!r}: no time. Give it like 2026-03-02T09:00:00Z.") from None
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
