"""What stood on a day: the steps that had begun and that nothing had replaced, and what was announced for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.measures.covering import ORDER, covering
from sanctions_monitor.measures.renewals import next_renewal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

STANDING = ("in_force", "eased", "suspended")
"""The statuses of a measure that is still there, whole or in part."""


def as_of(
    ledger: pd.DataFrame,
    on: date,
    *,
    target: str | None = None,
    sender: str | None = None,
    goods: Collection[str] = (),
    instrument: str | None = None,
    statuses: Collection[str] = STANDING,
) -> pd.DataFrame:
    """The ledger on a day, those that stand before those announced for later.

    A step counts from its effective day until the one before the next step's. A step that was announced by `on` and
    begins later is in the answer too, beside the one that it will replace (`pending`). With `goods`, only measures
    that cover one of these ids: `covers` says how (`covering.ORDER`), and the surest come first.

    What a step names as its last day is over the day after: an easing is then in force again, and either says in
    `to_review` that nothing newer was seen.

    Columns: those of the ledger, and end (its last day, else the next usual day of renewal after `on`), end_kind
    ("ends", "review" or missing), pending and covers (missing where no goods are asked for).
    """
    moment = pd.Timestamp(on)
    chosen = (ledger["announced"] <= moment) & (ledger["superseded"].isna() | (ledger["superseded"] > moment))
    for column, value in (("target", target), ("sender", sender), ("instrument", instrument)):
        if value is not None:
            chosen &= ledger[column] == value
    rows = ledger[chosen]
    rows = rows.assign(covers=covering(rows, goods) if goods else pd.Series(None, rows.index, dtype="str"))
    if goods:
        rows = rows[rows["covers"].notna()]
    rows = _run_out(rows, moment)
    rows = rows[rows["status"].isin(list(statuses))]
    later = rows["effective"] > moment
    usual = rows["renewal"].map(lambda days: next_renewal(days, on), na_action="ignore")
    ends = rows["ends"].where(rows["ends"] >= moment)
    rows = rows.assign(
        pending=later,
        end=ends.fillna(pd.to_datetime(usual).astype("datetime64[us]")),
        end_kind=pd.Series("ends", rows.index, dtype="str")
        .where(ends.notna(), usual.notna().map({True: "review", False: None}))
        .astype("str"),
    )
    return _in_order(rows)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """By covers, pending, target, sender, goods, instrument, day; as tuples, which costs less than so many columns."""
    names = [rows[name].fillna("").tolist() for name in ("target", "sender", "commodity", "instrument")]
    sureness = rows["covers"].map({covers: place for place, covers in enumerate(ORDER)}).fillna(0).tolist()
    keys = list(
        zip(
            sureness,
            rows["pending"].tolist(),
            *names,
            rows["effective"].tolist(),
            rows["entry_id"].tolist(),
            strict=True,
        )
    )
    return rows.iloc[sorted(range(len(keys)), key=keys.__getitem__)]


def goods_restricted(ledger: pd.DataFrame, on: date) -> list[tuple[str, str]]:
    """The pairs of target and goods that standing measures of a day name, sorted; bodies as targets are left out."""
    rows = as_of(ledger, on)
    rows = rows[rows["target"].str.len().eq(2) & ~rows["target"].isin(["EU", "UN", "G7"]) & rows["commodity"].notna()]
    pairs = rows[["target", "commodity"]].drop_duplicates().sort_values(["target", "commodity"])
    return [(str(target), str(goods)) for target, goods in pairs.itertuples(index=False)]


def _run_out(rows: pd.DataFrame, moment: pd.Timestamp) -> pd.DataFrame:
    over = rows["ends"] < moment
    if not over.any():
        return rows
    day = rows["ends"].dt.strftime("%Y-%m-%d")
    loosened = over & rows["status"].isin(["eased", "suspended"])
    said = (rows["status"] + " until " + day + "; nothing newer was seen").where(
        loosened, "was to end on " + day + "; nothing newer was seen"
    )
    return rows.assign(
        to_review=rows["to_review"].where(~over | rows["to_review"].notna(), said),
        status=rows["status"].mask(loosened, "in_force"),
    )
