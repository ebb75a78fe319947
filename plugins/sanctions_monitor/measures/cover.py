"""What other senders still hold against the targets of many alerts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.measures.as_of import STANDING
from sanctions_monitor.measures.covering import NAMED, TRADE, UNNAMED, reach

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 20_000
"""Alerts that are joined at a time, so that a big country's measures times many alerts fit into memory."""
COLUMNS = ["alert_id", "target", "commodity_id", "sender", "status", "confirmed", "covers", "measures", "cited_as"]


def cover(alerts: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """What other senders' regimes still cover on the day of each alert, counted by sender and status.

    `alerts` has one row an alert_id, target, commodity_id (missing where the measure names none: then all measures
    count), the day (`on`), and the alert's own senders as a list (`senders`). A sender's easing counts as "eased".
    Wider and narrower goods, and trade measures that name none, count apart (`covers`, see `covering.ORDER`); where
    the alert names no goods it is "named".

    Columns: alert_id, target, commodity_id, sender, status, confirmed, covers, measures (how many), cited_as (the
    first act).
    """
    stands = ledger[ledger["status"].isin(STANDING) & ledger["target"].notna()]
    parts = [_counted(part, stands) for part in _chunks(alerts)]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _chunks(alerts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, len(alerts), CHUNK):
        yield alerts.iloc[start : start + CHUNK]


def _counted(alerts: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """The senders are left out after counting, since a question (target, goods, day) is asked by many alerts."""
    keys = ["target", "commodity_id", "on"]
    asked = alerts[keys].drop_duplicates().reset_index(drop=True)
    asked["question"] = asked.index
    steps = ledger[
        ["target", "commodity", "instrument", "sender", "status", "confirmed", "effective", "superseded", "cited_as"]
    ]
    names = asked[asked["commodity_id"].notna()]
    ways = reach(names["commodity_id"]).rename(columns={"asked": "commodity_id"})
    with_goods = names.merge(ways, on="commodity_id", validate="many_to_many").merge(
        steps, on=["target", "commodity"], validate="many_to_many"
    )
    trade = steps[steps["commodity"].isna() & (steps["instrument"] == TRADE)]
    unnamed = names.merge(trade, on="target", validate="many_to_many").assign(covers=UNNAMED)
    without = asked[asked["commodity_id"].isna()].merge(steps, on="target", validate="many_to_many")
    found = pd.concat([with_goods, unnamed, without.assign(covers=NAMED)], ignore_index=True)
    found = found[
        (found["effective"] <= found["on"]) & (found["superseded"].isna() | (found["superseded"] > found["on"]))
    ]
    counted = (
        found.groupby(["question", "sender", "status", "confirmed", "covers"], observed=True)
        .agg(measures=("cited_as", "size"), cited_as=("cited_as", "first"))
        .reset_index()
    )
    alone = alerts[["alert_id", *keys, "senders"]]
    joined = alone.merge(asked, on=keys, validate="many_to_one").merge(counted, on="question", validate="many_to_many")
    own = alone[["alert_id", "senders"]].drop_duplicates("alert_id").explode("senders").drop_duplicates()
    ours = joined[["alert_id", "sender"]].merge(
        own.rename(columns={"senders": "sender"}),
        on=["alert_id", "sender"],
        how="left",
        indicator=True,
        validate="many_to_one",
    )
    return joined[(ours["_merge"] == "left_only").to_numpy()]
