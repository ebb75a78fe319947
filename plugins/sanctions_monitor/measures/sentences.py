"""What still stands, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.measures.covering import NAMED, NARROWER, UNNAMED, WIDER
from sanctions_monitor.measures.ledger import AS_OF
from sanctions_monitor.reference import goods_name, prose_name

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

NOTHING = "The ledger holds no measure of another sender."
_LESS_SURE = {
    WIDER: "measures on wider goods",
    NARROWER: "measures on a part of these goods",
    UNNAMED: "trade measures that name no goods",
}


def standing_sentence(rows: pd.DataFrame, on: date) -> str:
    """The rows of `standing` as a sentence: each sender once, with the act to cite; unconfirmed ones apart.

    "Still in force on Belarus potash: EU (Regulation (EC) 765/2006), UK (SI 2019/600); unconfirmed: Switzerland; trade
    measures that name no goods: Ukraine (unconfirmed). As of 13 December 2025."
    """
    if rows.empty:
        return NOTHING
    named = rows["covers"].isna() | (rows["covers"] == NAMED)
    whom = prose_name(rows["target"].iloc[0])
    parts = [_of_the_goods(rows[named])] if named.any() else [f"no other sender's measure on {whom} names these goods"]
    told = set(rows.loc[named, "sender"])
    for covers, label in _LESS_SURE.items():
        more = rows[(rows["covers"] == covers) & ~rows["sender"].isin(sorted(told))]
        if not more.empty:
            parts.append(f"{label}: {_each_sender(more)}")
            told |= set(more["sender"])
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}. As of {on.day} {on:%B %Y}{_looked_up_to(on)}."


def _of_the_goods(rows: pd.DataFrame) -> str:
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
    return "; ".join([about, *(f"{label}: {senders}" for label, senders in others)])


def _each_sender(rows: pd.DataFrame) -> str:
    """Senders with one act each, and what is unsure or eased about it."""
    first = rows.drop_duplicates("sender")
    said = []
    for row in first.to_dict("records"):
        remarks = [row["cited_as"]] if row["confirmed"] else ["unconfirmed"]
        remarks += [row["status"]] if row["status"] != "in_force" else []
        said.append(f"{prose_name(row['sender'])} ({', '.join(remarks)})")
    return ", ".join(said)


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
