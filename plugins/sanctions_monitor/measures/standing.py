"""What still stands against a target when one sender has changed its own measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

COLUMNS = [
    "measure_id",
    "sender",
    "target",
    "goods",
    "regime",
    "instruments",
    "commodities",
    "status",
    "confirmed",
    "start_date",
    "legal_act",
    "cited_as",
    "source_url",
    "checked",
    "note",
]


def standing(
    measures: pd.DataFrame, *, on: date, target: str, commodities: Sequence[str], without_sender: str | None
) -> pd.DataFrame:
    """The measures of other senders against the target that stand on a date.

    One row a measure and sender; a body such as the EU is one sender, its members are not listed. With
    `commodities`, only measures that name one of them; without, all. A measure stands when it began by `on` and its
    status is not `ended`; see the room's docstring for what the baseline can't tell about earlier dates.

    Confirmed ones come first, then by sender, the one with the most instruments first.

    Columns: measure_id, sender, target, goods (those of `commodities` that it names), regime, instruments,
    commodities, status, confirmed, start_date, legal_act, cited_as, source_url, checked, note.
    """
    wanted = list(dict.fromkeys(commodities))
    rows = measures.assign(
        target=target,
        goods=measures["commodities"].map(lambda named: [each for each in wanted if each in named]),
    )
    stands = (
        rows["targets"].map(lambda named: target in named).astype(bool)
        & (rows["start_date"] <= pd.Timestamp(on))
        & (rows["status"] != "ended")
    )
    if wanted:
        stands &= rows["goods"].map(bool).astype(bool)
    found = rows[stands].explode("senders").rename(columns={"senders": "sender"})
    found = found[found["sender"] != without_sender].astype({"sender": "str"})
    found = found.assign(width=found["instruments"].str.len()).sort_values(
        ["confirmed", "sender", "width", "start_date", "measure_id"], ascending=[False, True, False, True, True]
    )
    return found[COLUMNS].reset_index(drop=True)
