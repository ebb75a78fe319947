"""What still stands against a target when one sender has changed its own measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.measures.as_of import as_of
from sanctions_monitor.measures.covering import ORDER

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    import pandas as pd

COLUMNS = [
    "entry_id",
    "sender",
    "target",
    "commodity",
    "covers",
    "regime",
    "instrument",
    "status",
    "confirmed",
    "announced",
    "effective",
    "end",
    "end_kind",
    "legal_act",
    "cited_as",
    "source_url",
    "checked",
    "dates",
    "to_review",
    "note",
]


def standing(
    ledger: pd.DataFrame,
    *,
    on: date,
    target: str,
    commodities: Sequence[str],
    without_senders: Collection[str] = (),
) -> pd.DataFrame:
    """The measures of other senders against the target that stand on a day, pending ones left out.

    One row an entry; a body such as the EU is one sender, its members are not listed. With `commodities`, only
    measures that cover one of them (`covers` says how, the surest first); without, all.

    Confirmed ones come first, then by sender, the one whose regime has most measures first.

    Columns: entry_id, sender, target, commodity, covers, regime, instrument, status, confirmed, announced, effective,
    end, end_kind, legal_act, cited_as, source_url, checked, dates, to_review, note.
    """
    found = as_of(ledger, on, target=target, goods=commodities)
    found = found[~found["pending"] & ~found["sender"].isin(list(without_senders))]
    width = found.groupby(["sender", "regime_id"])["entry_id"].transform("count")
    order = found["covers"].map({covers: place for place, covers in enumerate(ORDER)})
    found = found.assign(width=width, order=order).sort_values(
        ["order", "confirmed", "sender", "width", "effective", "entry_id"],
        ascending=[True, False, True, False, True, True],
    )
    return found[COLUMNS].reset_index(drop=True)
