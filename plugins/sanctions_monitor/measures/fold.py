"""The ledger from the baseline and the changes of adopted alerts: a pure fold, in the order of the days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_monitor.measures.applying import apply
from sanctions_monitor.measures.ledger import RECALL, as_frame
from sanctions_monitor.measures.step import Book, Entry, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    import pandas as pd

    from sanctions_monitor.measures.change import Change


def fold(
    baseline: pd.DataFrame, changes: Iterable[Change], covers: Mapping[str, frozenset[str]] | None = None
) -> pd.DataFrame:
    """The ledger (see `COLUMNS`), one row a step, by entry and step.

    `baseline` has the columns of table measure_period. `covers` says for goods which narrower goods they hold, by
    their HS codes (`reference.narrower_goods`). The order of `changes` does not matter.
    """
    book = Book()
    for row in baseline.sort_values(["effective", "announced", "measure_id"]).to_dict("records"):
        entry, step = _of_baseline(row)
        book.add(entry, step)
    for change in sorted(changes, key=lambda each: (each.announced, each.effective, each.alert_id)):
        apply(book, change, covers or {})
    return as_frame(_rows(book))


def _of_baseline(row: dict[Any, Any]) -> tuple[Entry, Step]:
    entry = Entry(
        row["regime_id"],
        row["sender"],
        _text(row["target"]),
        _text(row["theme"]),
        row["instrument"],
        _text(row["commodity"]),
    )
    step = Step(
        regime=row["regime"],
        status=row["status"],
        announced=row["announced"].date(),
        effective=row["effective"].date(),
        ends=_day(row["ends"]),
        renewal=_text(row["renewal"]),
        legal_act=row["legal_act"],
        cited_as=row["cited_as"],
        source_url=_text(row["source_url"]),
        checked=row["checked"],
        dates=row["dates"],
        confirmed=row["checked"] != RECALL,
        change="baseline",
        to_review=_text(row["to_review"]),
        note=_text(row["note"]),
    )
    return entry, step


def _text(cell: Any) -> str | None:
    return cell if isinstance(cell, str) else None


def _day(cell: Any) -> date | None:
    return None if cell is None or cell != cell else cell.date()


def _rows(book: Book) -> Iterator[dict[str, Any]]:
    for entry in sorted(book.steps, key=lambda each: each.entry_id):
        steps = book.steps[entry]
        for number, step in enumerate(steps, 1):
            yield {
                "entry_id": entry.entry_id,
                "step": number,
                **entry._asdict(),
                **{name: getattr(step, name) for name in Step.__slots__},
                "superseded": steps[number].effective if number < len(steps) else None,
            }
