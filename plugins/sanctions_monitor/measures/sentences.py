"""What still stands, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.measures.ledger import AS_OF
from sanctions_monitor.reference import goods_name, prose_name

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

NOTHING = "The ledger holds no measure of another sender."


def standing_sentence(rows: pd.DataFrame, on: date) -> str:
    """The rows of `standing` as a sentence: each sender once, with the act to cite; unconfirmed ones apart.

    "Still in force on Belarus potash: EU (Regulation (EC) 765/2006), UK (SI 2019/600); unconfirmed: Switzerland. As of
    13 December 2025."
    """
    if rows.empty:
        return NOTHING
    sure = rows["confirmed"]
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
    return f"{sentence[:1].upper()}{sentence[1:]}. As of {on.day} {on:%B %Y}{_looked_up_to(on)}."


def _with_acts(rows: pd.DataFrame) -> str:
    by_sender = rows.drop_duplicates(["sender", "cited_as"]).groupby("sender", sort=False)["cited_as"]
    acts = by_sender.first()
    more = by_sender.count() - 1
    return ", ".join(
        f"{prose_name(sender)} ({act}{f' and {rest} more' if rest else ''})"
        for sender, act, rest in zip(acts.index, acts, more, strict=True)
    )


def _subject(rows: pd.DataFrame) -> str:
    named = rows["commodity"].dropna() if rows["commodity"].notna().all() else rows["commodity"].iloc[:0]
    goods = [goods_name(each) for each in dict.fromkeys(named)]
    return " ".join([prose_name(rows["target"].iloc[0]), ", ".join(goods)]).rstrip()


def _looked_up_to(on: date) -> str:
    """The baseline ends in a month: what came later is known from alerts only."""
    return f", by the baseline of {AS_OF} and later alerts" if f"{on:%Y-%m}" > AS_OF else ""
