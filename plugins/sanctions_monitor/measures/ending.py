"""The expiry calendar: licences, suspensions and regimes that end or are reviewed soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.measures.as_of import as_of

if TYPE_CHECKING:
    from datetime import date


def ending(ledger: pd.DataFrame, on: date, days: int) -> pd.DataFrame:
    """What stands on a day and ends, or is usually reviewed, within so many days from it; the soonest first.

    One row a sender, target, regime, status and day. `kind` is "ends" where an act names the day, and "review" where
    it is the usual one of the year.

    Columns: end, kind, sender, target, theme, regime_id, regime, status, instruments (joined by "|"), commodities
    (joined by "|"), legal_act, cited_as, source_url, confirmed, note (where all have the same), measures (how many).
    """
    rows = as_of(ledger, on)
    rows = rows[rows["end"] <= pd.Timestamp(on) + pd.Timedelta(days=days)]
    by = ["end", "end_kind", "sender", "target", "theme", "regime_id", "regime", "status"]
    return (
        rows.groupby(by, dropna=False, sort=True)
        .agg(
            instruments=("instrument", _joined),
            commodities=("commodity", _joined),
            legal_act=("legal_act", "first"),
            cited_as=("cited_as", "first"),
            source_url=("source_url", "first"),
            confirmed=("confirmed", "all"),
            note=("note", _shared),
            measures=("entry_id", "count"),
        )
        .reset_index()
        .rename(columns={"end_kind": "kind"})
    )


def _shared(values: pd.Series[str]) -> str | None:
    first = values.iloc[0]
    return str(first) if values.notna().all() and (values == first).all() else None


def _joined(values: pd.Series[str]) -> str:
    return "|".join(sorted(set(values.dropna())))
