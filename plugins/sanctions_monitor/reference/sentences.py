"""Figures of the tables as plain English, each with its year and source. Nothing is said that the row does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sanctions_monitor.reference.names import goods_name, name_in_sentence
from sanctions_monitor.reference.trade import withheld_partners

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanctions_monitor.reference.frames import Reference

SMALLEST_SHARE = 0.0005
"""Below it a share has no first decimal of a per cent left to show."""


def exposure_sentence(row: Mapping[str, Any] | pd.Series[Any]) -> str:
    """One row of `exposure` as a sentence.

    "Belarus produced 12.3 % of the world's potash in 2025 (rank 4 of 12 listed, 6,000 thousand metric tons K2O): USGS
    Mineral Commodity Summaries 2026" or "No open production or export figure for potash in Belarus."
    """
    target = name_in_sentence(row["target"]) if _known(row["target"]) else "the target"
    if not _known(row["commodity_id"]):
        return "The measure names no goods."
    goods = goods_name(row["commodity_id"])
    if not row["known"]:
        return f"No open production or export figure for {goods} in {target}."
    did = "produced" if row["measure"] == "production" else "made"
    what = f"the world's {goods}" if row["measure"] == "production" else f"the world's {goods} exports"
    details = []
    if _known(row["rank"]):
        details.append(f"rank {row['rank']} of {row['ranked']} listed")
    if _known(row["value"]):
        details.append(f"{quantity(row['value'])} {row['unit']}")
    years = f"{row['first_year']}-{row['year']}" if _known(row["first_year"]) else row["year"]
    aside = f" ({', '.join(details)})" if details else ""
    return _capital(f"{target} {did} {per_cent(row['world_share'])} of {what} in {years}{aside}: {row['source']}")


def body_sentence(rows: pd.DataFrame, members: int) -> str:
    """The rows of `exposure` of one body, goods and measure as a sentence: its members together, of one source.

    "EU members together produced 15.7 % of the world's copper in 2024 (8 of 27 members in the source): USGS ...".
    """
    first = rows.iloc[0]
    goods = goods_name(first["commodity_id"])
    did = "produced" if first["measure"] == "production" else "made"
    what = f"the world's {goods}" if first["measure"] == "production" else f"the world's {goods} exports"
    share = per_cent(float(rows["world_share"].sum()))
    covered = f"({len(rows)} of {members} members in the source)"
    body = name_in_sentence(first["body"])
    return _capital(
        f"{body}'s members together {did} {share} of {what} in {first['year']} {covered}: {first['source']}"
    )


def body_dependence_sentence(rows: pd.DataFrame, members: int) -> str:
    """The rows of `dependence` of one body, goods and kind (imports or production): its members together."""
    first = rows.iloc[0]
    body, goods = name_in_sentence(first["body"]), goods_name(first["commodity_id"])
    did = "produced" if first["kind"] == "production" else "made"
    what = f"the world's {goods}" if first["kind"] == "production" else f"the world's {goods} imports"
    covered = f"({len(rows)} of {members} members in the source)"
    share = per_cent(float(rows["share"].sum()))
    return _capital(
        f"{body}'s members together {did} {share} of {what} in {first['year']} {covered}: {first['source']}"
    )


def dependence_sentence(row: Mapping[str, Any] | pd.Series[Any]) -> str:
    """One row of `dependence` as a sentence.

    "The US imports 93.0 % of the potash that it uses (2024), mainly from Canada, Russia, Belarus and Israel
    (2020-2023): USGS Mineral Commodity Summaries 2025" or "No open figure for how far Japan depends on potash."
    """
    sender, goods = name_in_sentence(row["sender"]), goods_name(row["commodity_id"])
    if not row["known"]:
        return f"No open figure for how far {sender} depends on {goods}."
    share = per_cent(row["share"])
    if row["kind"] != "net_import_reliance":
        did = "produced" if row["kind"] == "production" else "made"
        what = f"the world's {goods}" if row["kind"] == "production" else f"the world's {goods} imports"
        rank = f" (rank {row['rank']} of {row['ranked']} listed)" if _known(row["rank"]) else ""
        return _capital(f"{sender} {did} {share} of {what} in {row['year']}{rank}: {row['source']}")
    bound = f"{row['bound']} " if _known(row["bound"]) else ""
    names = [name_in_sentence(code) for code in row["suppliers"]]
    suppliers = f"mainly from {', '.join(names)} ({row['suppliers_from']:.0f}-{row['suppliers_to']:.0f})"
    used = f"{bound}{share} of the {goods} that it uses ({row['year']})"
    return _capital(f"{sender} imports {used}, {suppliers}: {row['source']}")


def buyers_sentence(target: str, commodity_id: str, rows: pd.DataFrame) -> str:
    """The rows of `buyers` of one target and goods as a sentence; what is not known is said.

    "Who buys Belarus's potash is not in the tables. ..." or "Buyers of Russia's coal in 2023: China 40.1 %, ...".
    """
    seller, goods = name_in_sentence(target), goods_name(commodity_id)
    if len(rows) and rows["kind"].iloc[0] == "buyers":
        names = rows["buyer"].map(name_in_sentence) + " " + rows["share"].map(per_cent)
        return (
            f"Buyers of {goods} from {seller} in {rows['year'].iloc[0]}: {', '.join(names)}: {rows['source'].iloc[0]}"
        )
    unknown = f"Who buys {goods} from {seller} is not in the tables."
    if reason := withheld_partners(target):
        return f"{unknown} Its main partners are not shown: {reason[:1].lower()}{reason[1:]}"
    if not len(rows):
        return unknown
    names = rows["buyer"].map(name_in_sentence) + " " + rows["share"].map(_whole_per_cent)
    source = f"{rows['source'].iloc[0]}, {rows['year'].iloc[0]}"
    return f"{unknown} Its main partners for all its exports: {', '.join(names)} ({source})"


def trade_sentence(target: str, ref: Reference) -> str:
    """What a country sells and with whom it trades, for a measure that names no goods.

    Partners are left out for the countries whose list is withheld (`tables.yaml`: Belarus, Russia).
    """
    parts = [_top_goods(ref.top_goods[ref.top_goods["alpha2"] == target])]
    if withheld_partners(target) is None:
        parts += [_partners(ref.partners[ref.partners["alpha2"] == target], flow) for flow in ("exports", "imports")]
    said = "; ".join(part for part in parts if part)
    if not said:
        return f"No open trade figure for {name_in_sentence(target)}."
    return _capital(f"{name_in_sentence(target)}: {said}")


def per_cent(share: float) -> str:
    """A share as per cents: one decimal; "less than 0.1 %" for what would round to nothing."""
    return "less than 0.1 %" if share < SMALLEST_SHARE else f"{share:.1%}".replace("%", " %")


def quantity(value: float) -> str:
    """A quantity with the source's own precision: thousands apart, large ones in millions or billions."""
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if value >= size:
            return f"{value / size:,.4g}{word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def _top_goods(rows: pd.DataFrame) -> str:
    exports = rows[rows["flow"] == "exports"].sort_values("rank")
    if exports.empty:
        return ""
    year = exports["year"].iloc[0]
    when = f"in {year}" if _known(year) else "(year not given)"
    return f"main exports {when}: {', '.join(exports['good'])} ({exports['source'].iloc[0]})"


def _partners(rows: pd.DataFrame, flow: str) -> str:
    chosen = rows[rows["flow"] == flow].sort_values("rank")
    if chosen.empty:
        return ""
    names = chosen["partner_alpha2"].map(name_in_sentence) + " " + chosen["share"].map(_whole_per_cent)
    ways = "to" if flow == "exports" else "from"
    return f"{flow} {ways} {', '.join(names)} ({chosen['source'].iloc[0]}, {chosen['year'].iloc[0]})"


def _whole_per_cent(share: float) -> str:
    # the source rounds to full per cents: its 0 is "less than half of one"
    return f"{share:.0%}".replace("%", " %") if share > 0 else "less than 1 %"


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
