"""Who buys: the buyers of the very goods where a bilateral table is loaded, else the country's main partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.reference.tables import table

if TYPE_CHECKING:
    from sanctions_monitor.reference.frames import Reference

MOST = 5
"""Buyers and partners shown."""
BUYER_COLUMNS = ["alert_id", "target", "commodity_id", "kind", "place", "buyer", "share", "value_usd", "year", "source"]
BUYER_COLUMNS += ["licence"]
GOODS_COLUMNS = ["alert_id", "target", "flow", "rank", "good", "commodity_id", "year", "source", "licence"]


def buyers(alerts: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    """Who buys from the target of an alert, the largest first, at most `MOST`.

    `alerts` has one row an alert_id, target and commodity_id (which may be missing). `kind` is "buyers" where the
    newest year of a bilateral table tells the buyers of these very goods, and "partners" else: then they are the
    country's main partners for all its exports. Countries whose list of partners is withheld (tables.yaml: Belarus,
    Russia) have none; so have those that no table knows.

    Columns: alert_id, target, commodity_id, kind, place, buyer, share (1 = all), value_usd (US dollars, buyers only),
    year, source, licence.
    """
    asked = alerts[["alert_id", "target", "commodity_id"]].astype("str").drop_duplicates()
    of_goods = asked.merge(
        _newest_buyers(ref.bilateral),
        left_on=["target", "commodity_id"],
        right_on=["exporter", "commodity_id"],
        validate="many_to_many",
    ).assign(kind="buyers")
    answered = of_goods[["alert_id", "target", "commodity_id"]].drop_duplicates()
    known = asked.merge(answered, how="left", indicator=True, validate="one_to_one")
    rest = asked[(known["_merge"] == "left_only").to_numpy()]
    of_all = rest.merge(_main_partners(ref.partners), on="target", validate="many_to_many").assign(kind="partners")
    found = pd.concat([of_goods, of_all], ignore_index=True)
    return found.reindex(columns=BUYER_COLUMNS).sort_values(["alert_id", "target", "place"]).reset_index(drop=True)


def main_goods(alerts: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    """What the target of an alert sells and buys most, for a measure that names no goods.

    `alerts` has one row an alert_id and target. Columns: alert_id, target, flow (exports, imports), rank, good,
    commodity_id, year, source, licence.
    """
    goods = ref.top_goods.rename(columns={"alpha2": "target"}).assign(licence=table("country_top_good").licence)
    asked = alerts[["alert_id", "target"]].astype("str").drop_duplicates()
    found = asked.merge(goods, on="target", validate="many_to_many")
    return found[GOODS_COLUMNS].sort_values(["alert_id", "target", "flow", "rank"]).reset_index(drop=True)


def withheld_partners(target: str) -> str | None:
    """Why a country's list of partners is not shown; None where it is."""
    rule = table("country_trade_partner").withheld
    return rule.because if rule is not None and target in rule.codes else None


def _newest_buyers(bilateral: pd.DataFrame) -> pd.DataFrame:
    by = ["exporter", "commodity_id"]
    newest = bilateral[bilateral["year"] == bilateral.groupby(by)["year"].transform("max")]
    # one source only: of two with the same year the first by name
    one = newest[newest["source"] == newest.groupby(by)["source"].transform("min")]
    ordered = one.sort_values([*by, "share"], ascending=[True, True, False])
    place = ordered.groupby(by).cumcount() + 1
    return ordered.assign(place=place, buyer=ordered["importer"])[place <= MOST].drop(columns="importer")


def _main_partners(partners: pd.DataFrame) -> pd.DataFrame:
    rule = table("country_trade_partner").withheld
    hidden = partners["alpha2"].isin(list(rule.codes) if rule else [])
    exports = partners[(partners["flow"] == "exports") & ~hidden & (partners["rank"] <= MOST)]
    renamed = exports.rename(columns={"alpha2": "target", "partner_alpha2": "buyer", "rank": "place"})
    return renamed[["target", "place", "buyer", "share", "year", "source"]].assign(
        licence=table("country_trade_partner").licence
    )
