"""`sanctions-monitor ledger`: what stood on a day, its history, and what ends soon."""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

Format = Literal["table", "json", "csv"]

KEYS = "sender target theme regime instrument commodity status announced effective end end_kind pending".split()
KEYS += "covers legal_act source confirmed checked dates to_review note alert_id entry_id".split()
HISTORY_KEYS = "entry_id step change sender target theme instrument commodity status announced effective".split()
HISTORY_KEYS += "superseded ends covers legal_act source confirmed to_review note alert_id".split()
ENDING_KEYS = (
    "end kind sender target theme regime status instruments commodities legal_act source confirmed note".split()
)


def ledger(
    target: Annotated[
        str | None, typer.Argument(help="Code or name of the state or body that is restricted, such as BY.")
    ] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that is asked for; default: today (UTC).")
    ] = None,
    goods: Annotated[
        list[str] | None,
        typer.Option(
            help="Id or name of goods; may be given again. Measures on wider or narrower goods, and on trade without "
            "goods, are shown too and marked (covers)."
        ),
    ] = None,
    exact: Annotated[bool, typer.Option("--exact", help="Of these goods only what names them.")] = False,
    sender: Annotated[str | None, typer.Option(help="Code or name of who restricts.")] = None,
    instrument: Annotated[str | None, typer.Option(help="Such as trade or asset_freeze.")] = None,
    ended: Annotated[bool, typer.Option("--ended", help="Show ended measures too.")] = False,
    history: Annotated[
        bool, typer.Option("--history", help="Every step of these measures, on no special day.")
    ] = False,
    ending: Annotated[
        int | None, typer.Option(min=0, help="What ends or is reviewed within so many days from that day.")
    ] = None,
    format: Annotated[Format, typer.Option(help="A table, JSON or CSV.")] = "table",  # noqa: A002
) -> None:
    """Prints the measures that stood on a day: who restricts whom, how, which goods, since when, by which act."""
    from sanctions_monitor import measures, pipeline
    from sanctions_monitor.storage import connect

    day = on.date() if on else datetime.now(UTC).date()
    wanted_target, wanted_sender = _party(target), _party(sender)
    wanted_goods = [_goods(each) for each in goods or ()]
    if instrument is not None and instrument not in measures.INSTRUMENTS:
        raise UserError(f"--instrument {instrument}: is none of {', '.join(measures.INSTRUMENTS)}. Correct it.")
    settings = load()
    pipeline.prepare(settings)
    with connect(settings, read_only=True) as conn:
        steps = measures.read_about(conn, target=wanted_target, sender=wanted_sender, on=None if history else day)
    if wanted_goods:
        steps = steps.assign(covers=measures.covering(steps, wanted_goods))
        steps = steps[steps["covers"].eq(measures.NAMED) if exact else steps["covers"].notna()]
    if instrument:
        steps = steps[steps["instrument"] == instrument]
    if history:
        _print(steps, HISTORY_KEYS, format)
    elif ending is not None:
        _print(measures.ending(steps, day, ending), ENDING_KEYS, format)
    else:
        statuses = (*measures.STANDING, "ended") if ended else measures.STANDING
        _print(measures.as_of(steps, day, goods=wanted_goods, statuses=statuses), KEYS, format)


def _party(word: str | None) -> str | None:
    from sanctions_monitor.reference import code_of

    if word is None:
        return None
    if (code := code_of(word)) is None:
        raise UserError(f"{word!r} is no state or body. Give an ISO 3166-1 code (BY), a body (EU) or a usual name.")
    return code


def _goods(word: str) -> str:
    from sanctions_monitor.reference import goods_of

    if (goods := goods_of(word)) is None:
        raise UserError(f"--goods {word}: no such goods. Their ids and names are in sql/reference/commodities.csv.")
    return goods


def _print(rows: pd.DataFrame, keys: Sequence[str], format_: Format) -> None:
    records = records_of(rows.rename(columns={"source_url": "source"}), keys)
    if format_ == "json":
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    elif format_ == "csv":
        writer = csv.DictWriter(sys.stdout, list(keys), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: csv_cell(value) for key, value in record.items()} for record in records)
    else:
        _print_table(records)


def csv_cell(value: Any) -> Any:
    """A cell for CSV: lists joined by "|", an apostrophe before what a spreadsheet would compute.

    Acts and notes may hold the words of items, which are hostile; the rule is that of the exported files.
    """
    from sanctions_monitor.exports.csv_text import guarded

    text = "|".join(value) if isinstance(value, list) else value
    return guarded(text) if isinstance(text, str) else text


def records_of(rows: pd.DataFrame, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Rows as plain records: days as ISO dates, None for what is unknown."""
    wanted = rows.reindex(columns=list(keys))
    days = wanted.select_dtypes("datetime").columns
    plain = wanted.assign(**{day: wanted[day].dt.strftime("%Y-%m-%d") for day in days}).astype(object)
    records: list[dict[Any, Any]] = plain.where(wanted.notna(), None).to_dict("records")
    return records


_SHOWN = "end kind sender target theme change instrument instruments commodity covers commodities status announced"
_SHOWN += " effective superseded ends legal_act confirmed to_review alert_id"
_OFTEN_EMPTY = frozenset(
    {"target", "theme", "superseded", "ends", "end", "to_review", "alert_id", "commodities", "covers"}
)


def _print_table(records: Sequence[dict[str, Any]]) -> None:
    from sanctions_monitor import measures

    if not records:
        typer.echo("The ledger holds nothing of that kind for that day.")
        return
    shown = [key for key in _SHOWN.split() if key in records[0]]
    shown = [key for key in shown if key not in _OFTEN_EMPTY or any(record[key] for record in records)]
    if "kind" in records[0] and any(record["note"] for record in records):
        shown.append("note")
    if "kind" not in shown and "end" in shown:
        # when something ends is the first question of the calendar, and one of the last else
        shown.remove("end")
        shown.insert(shown.index("effective") + 1, "end")
    table = Table()
    for key in shown:
        # long acts give way before a status or a day does
        table.add_column(key, no_wrap=key in {"status", "announced", "effective", "end"})
    for record in records:
        cells = record | {"confirmed": "yes" if record["confirmed"] else "no"}
        if record.get("pending"):
            cells["status"] = f"{record['status']} (announced)"
        if record.get("end_kind") == "review":
            cells["end"] = f"{record['end']} (review)"
        if cells.get("covers") == measures.UNNAMED:
            # a ban on a region's trade and one on all trade are told apart by their regime alone
            cells["covers"] = f"{measures.UNNAMED}: {cells['regime']}" if cells.get("regime") else measures.UNNAMED
        table.add_row(*("" if cells[key] is None else str(cells[key]) for key in shown))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
    if any(record.get("pending") for record in records):
        typer.echo("(announced): decided by that day, in force later; until then the row beside it stands.")
