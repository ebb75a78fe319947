"""`sanctions-monitor alerts`: raises them, lists them, shows one, makes all anew."""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

app = typer.Typer(help="Raises alerts from new stories; lists, shows and rebuilds them.")
Format = Literal["table", "json", "csv"]
DAYS = 30
"""Days that `list` looks back."""


@app.callback(invoke_without_command=True)
def raise_new(context: typer.Context) -> None:
    """Raises alerts from new stories and sends urgent notices of them; with a command it does that instead."""
    if context.invoked_subcommand is not None:
        return
    from sanctions_monitor import pipeline

    settings = load()
    pipeline.prepare(settings)
    now = datetime.now(UTC)
    done = pipeline.raise_alerts(settings, now)
    typer.echo(f"{done.new} new alerts, {done.known} known")
    told = pipeline.send_notices(settings, now)
    if told.alerts:
        typer.echo(f"{told.alerts} told at once to {told.subscribers} subscribers")


@app.command(name="list", epilog="Example: sanctions-monitor alerts list --since 2025-12-01 --severity high")
def list_alerts(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help=f"First day (UTC); default: {DAYS} days back.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day (UTC); default: today.")
    ] = None,
    severity: Annotated[Literal["high", "medium", "low"] | None, typer.Option(help="Only this level.")] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Withdrawn ones too.")] = False,
    format: Annotated[Format, typer.Option(help="A table, JSON or CSV.")] = "table",  # noqa: A002
) -> None:
    """Lists the alerts first told in a span of days, the newest first."""
    from sanctions_monitor import pipeline
    from sanctions_monitor.cli_ledger import csv_cell
    from sanctions_monitor.storage import connect, queries

    settings = load()
    pipeline.prepare(settings)
    last = until.replace(tzinfo=UTC) if until else datetime.now(UTC)
    first = since.replace(tzinfo=UTC) if since else last - timedelta(days=DAYS)
    with connect(settings, read_only=True) as conn:
        found = queries("alerts").list_alerts(
            conn, since=first, until=last + timedelta(days=1), severity=severity, withdrawn=withdrawn
        )
        records = [_plain(row) for row in found]
    if format == "json":
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    elif format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(list(records[0]) if records else ["alert_id"])
        writer.writerows([csv_cell(value) for value in record.values()] for record in records)
    else:
        table = Table("first told", "severity", "headline", "outlets", "confirmed by", "minutes after", "alert_id")
        for row in records:
            mark = " (withdrawn)" if row["withdrawn_at"] else ""
            lead = "" if row["lead_minutes"] is None else f"{row['lead_minutes']:,}"
            table.add_row(
                row["dated_at"][:16],
                f"{row['severity']} {row['score']}",
                row["headline"] + mark,
                str(row["outlets"]),
                row["confirmed_by"] or "",
                lead,
                row["alert_id"],
            )
        Console(width=None if sys.stdout.isatty() else 180).print(table)


@app.command(epilog="Example: sanctions-monitor alerts show us-ease-by-potash-2025-12-13")
def show(
    alert_id: Annotated[str, typer.Argument(help="Id of the alert, as `alerts list` prints it.")],
    format: Annotated[Literal["text", "json"], typer.Option(help="Text or JSON.")] = "text",  # noqa: A002
) -> None:
    """Shows one alert: its evidence, score with reasons, figures, what still stands, links and developments."""
    from sanctions_monitor import measures, pipeline
    from sanctions_monitor.cli_ledger import HISTORY_KEYS, records_of
    from sanctions_monitor.storage import connect, queries

    settings = load()
    pipeline.prepare(settings)
    with connect(settings, read_only=True) as conn:
        found = queries("alerts").alert(conn, alert_id=alert_id)
        if found is None:
            raise UserError(f"No alert {alert_id!r}. Run `sanctions-monitor alerts list` to see their ids.")
        steps = [_plain(row) for row in queries("alerts").alert_steps(conn, alert_id=alert_id)]
        ledger = measures.read_about(conn, alert=alert_id)
    touched = ledger[ledger["alert_id"] == alert_id].rename(columns={"source_url": "source"})
    record = _plain(found) | {"developments": steps, "ledger": records_of(touched, HISTORY_KEYS)}
    if format == "json":
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    else:
        typer.echo("\n".join(_lines(record)))


@app.command(epilog="Example: sanctions-monitor alerts rebuild")
def rebuild() -> None:
    """Weighs every story again and makes all alerts and the ledger anew; says what changed."""
    from sanctions_monitor import pipeline

    settings = load()
    pipeline.prepare(settings)
    done = pipeline.rebuild_alerts(settings, datetime.now(UTC))
    typer.echo(
        f"{done.new} new alerts, {done.changed} changed, {done.same} as they were, {done.withdrawn} withdrawn; "
        f"the ledger has {done.ledger_steps:,} steps"
    )


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}


def _lines(alert: dict[str, Any]) -> list[str]:
    told = alert["told"]
    days = f"announced {alert['announced']}, effective {alert['effective']}"
    days += f", until {alert['expires']}" if alert["expires"] else ""
    lines = [alert["headline"], f"{alert['severity']}, score {alert['score']} of 100"]
    lines += [f"  {reason['points']:+d} {reason['reason']}" for reason in alert["reasons"]]
    lines += [f'Evidence: "{alert["quote"]}"', f"  {alert['outlet']}, {alert['url']} ({alert['rule']})"]
    if alert["entities"]:
        lines.append(f"Named: {'; '.join(alert['entities'])}")
    lines.append(f"Days: {days}" + (f"; {alert['legal_act']}" if alert["legal_act"] else ""))
    if alert["confirmed_by"]:
        when = (
            f"{alert['lead_minutes']:,} minutes after the first report"
            if alert["lead_minutes"]
            else "the first to tell"
        )
        lines.append(f"Confirmed by {alert['confirmed_by']}, {when}")
    else:
        lines.append("Not confirmed by an official source of the deciding side")
    if alert["withdrawn_at"]:
        lines.append(f"{alert['withdrawn_because']} ({alert['withdrawn_at'][:16]})")
    for name, title in (
        ("exposure", "Exposure"),
        ("dependence", "Sender"),
        ("buyers", "Buyers"),
        ("standing", "Stands"),
    ):
        lines += [f"{title}: {sentence}" for sentence in told.get(name, [])]
    lines += [f"Link: {link['note']}" for link in alert["links"]]
    lines += [f"{step['dated_at'][:16]} {step['note']}" for step in alert["developments"]]
    return [*lines, *_ledger_lines(alert["ledger"])]


def _ledger_lines(steps: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What the alert did to the ledger; entries that fared alike share a line."""
    alike: dict[tuple[Any, ...], list[str]] = {}
    for step in steps:
        # an entry keeps its note through its steps; only who was taken off is news of this one
        note = step["note"] if step["change"] == "narrowed" else None
        key = (*(step[name] for name in ("sender", "target", "status", "effective", "change", "to_review")), note)
        alike.setdefault(key, []).append(f"{step['instrument']}, {step['commodity'] or 'no goods named'}")
    for (sender, target, status, effective, change, doubt, note), measures in alike.items():
        what = measures[0] if len(measures) == 1 else f"{len(measures)} measures ({'; '.join(dict.fromkeys(measures))})"
        said = f"Ledger: {sender} against {target}, {what}: {status} from {effective} ({change})"
        yield "; ".join([said, *([f"to be reviewed: {doubt}"] if doubt else []), *([note] if note else [])])
