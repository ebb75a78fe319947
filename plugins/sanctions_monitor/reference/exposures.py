"""How much of the world's goods the target of an alert makes and sells: left joins of alerts with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.reference.names import goods_name, prose_name
from sanctions_monitor.reference.tables import LIST_SEPARATOR

if TYPE_CHECKING:
    from sanctions_monitor.reference.frames import Reference

MEASURES = ("production", "exports")
"""The measures of `country_commodity_share` that say what a restriction of a country's goods could move."""

COLUMNS = [
    "alert_id",
    "target",
    "target_name",
    "commodity_id",
    "commodity_name",
    "hs2022",
    "measure",
    "value",
    "unit",
    "world_share",
    "rank",
    "ranked",
    "first_year",
    "year",
    "source",
    "licence",
    "known",
]


def exposure(alerts: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    """Production and exports of an alert's goods by its target.

    `alerts` has one row an alert_id, target and commodity_id (both may be missing). The result keeps their order:
    a row for each measure (production, exports) that an open source gives, and where none gives any, one row with
    `known` False and the figures missing, never zero. Bodies (EU) have no figures: their members' are not added up.

    Columns: alert_id, target, target_name, commodity_id, commodity_name, hs2022 (codes joined by "|"), measure,
    value and unit (quantity a year, or barrels a day, with what is weighed: "thousand metric tons K2O"), world_share
    (1 = all), rank and ranked (place among so many countries that the source lists), first_year (of a mean of
    several years, else missing), year, source, licence, known.
    """
    keys = alerts[["alert_id", "target", "commodity_id"]].astype("str").reset_index(drop=True)
    asked = keys.assign(asked=keys.index).merge(
        _goods(ref.commodities), on="commodity_id", how="left", validate="many_to_one"
    )
    figures = (
        asked.merge(pd.DataFrame({"measure": list(MEASURES)}), how="cross")
        .merge(
            _figures(ref.shares),
            left_on=["commodity_id", "target", "measure"],
            right_on=["commodity_id", "alpha2", "measure"],
            how="left",
            validate="many_to_one",
        )
        .assign(known=lambda frame: frame["world_share"].notna())
    )
    nothing_known = ~figures.groupby("asked")["known"].transform("any")
    figures = figures[figures["known"] | (nothing_known & (figures["measure"] == MEASURES[0]))]
    weighed = figures["weighed"].fillna("").radd(" ").str.rstrip()
    return figures.assign(
        measure=figures["measure"].where(figures["known"]),
        unit=figures["unit"].where(figures["unit"].isna(), figures["unit"] + weighed),
        target_name=figures["target"].map(prose_name, na_action="ignore").astype("str"),
        commodity_name=figures["commodity_id"].map(goods_name, na_action="ignore").astype("str"),
    )[COLUMNS].reset_index(drop=True)


def _goods(commodities: pd.DataFrame) -> pd.DataFrame:
    """commodity_id, hs2022 and weighed: "K2O" where the usual unit is "tonne K2O", as the sources count too."""
    return pd.DataFrame(
        {
            "commodity_id": commodities["commodity_id"],
            "hs2022": commodities["hs2022"].str.join(LIST_SEPARATOR).mask(lambda codes: codes == "").astype("str"),
            "weighed": commodities["unit"].str.extract(r"^tonne (\w+)$", expand=False),
        }
    )


def _figures(shares: pd.DataFrame) -> pd.DataFrame:
    wanted = shares[shares["measure"].isin(MEASURES)]
    ranked = wanted.groupby(["commodity_id", "measure"])["rank"].transform("count").astype("Int64")
    return wanted.assign(ranked=ranked.where(wanted["rank"].notna()))
