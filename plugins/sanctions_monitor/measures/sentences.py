"""What still stands, in a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sanctions_monitor.measures.ledger import AS_OF
from sanctions_monitor.reference import goods_name, prose_name

if TYPE_CHECKING:
    import pandas as pd

NOTHING = "The list of standing measures holds none of another sender."


def standing_sentence(rows: pd.DataFrame) -> str:
    """The rows of `standing` as a sentence: each sender once, with the act to cite; unconfirmed ones apart.

    "Still in force on Belarus potash: EU (Decision 2012/642/CFSP), UK (SI 2019/600); unconfirmed: Canada, Switzerland.
    As listed in March 2026."
    """
    if rows.empty:
        return NOTHING
    sure = rows["confirmed"] & (rows["status"] != "unverified")
    parts = {
        "Still in force": _with_acts(rows[sure & (rows["status"] == "in_force")]),
        "eased in part": _with_acts(rows[sure & (rows["status"] == "eased")]),
        "suspended": _with_acts(rows[sure & (rows["status"] == "suspended")]),
    }
    told = set(rows.loc[sure, "sender"])
    parts["unconfirmed"] = ", ".join(
        prose_name(code) for code in dict.fromkeys(rows.loc[~sure, "sender"]) if code not in told
    )
    said = [(label, senders) for label, senders in parts.items() if senders]
    first, *others = said
    about = f"{first[0]} on {_subject(rows)}: {first[1]}"
    sentence = "; ".join([about, *(f"{label}: {senders}" for label, senders in others)])
    return f"{sentence[:1].upper()}{sentence[1:]}. {_as_of()}"


def _with_acts(rows: pd.DataFrame) -> str:
    by_sender = rows.groupby("sender", sort=False)["cited_as"]
    acts = by_sender.first()
    more = by_sender.count() - 1
    return ", ".join(
        f"{prose_name(sender)} ({act}{f' and {rest} more' if rest else ''})"
        for sender, act, rest in zip(acts.index, acts, more, strict=True)
    )


def _subject(rows: pd.DataFrame) -> str:
    goods = [goods_name(each) for each in dict.fromkeys(rows["goods"].explode().dropna())]
    return " ".join([prose_name(rows["target"].iloc[0]), ", ".join(goods)]).rstrip()


def _as_of() -> str:
    return f"As listed in {datetime.strptime(AS_OF, '%Y-%m'):%B %Y}."  # noqa: DTZ007 - a month has no zone
