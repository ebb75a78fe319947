"""How much of the world's goods the target of an alert makes and sells: left joins of alerts with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.reference.names import goods_name, prose_name
from sanctions_monitor.reference.tables import LIST_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sanctions_monitor.reference.frames import Reference

MEASURES = ("production", "exports")
"""The measures of `country_commodity_share` that say what a restriction of a country's goods could move."""

COLUMNS = [
    "alert_id",
    "target",
    "target_name",
    "body",
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

    `alerts` has one row an alert_id, target and commodity_id (both may be missing), and may have the day of the event
    (`on`): then a body as target stands for its members on that day, one row each with `body` naming it. The result
    keeps their order: a row for each measure (production, exports) that an allowed source gives, and where none gives
    any, one row with `known` False and the figures missing, never zero. Of a body, members without a figure are left
    out unless all are.

    Columns: alert_id, target, target_name, body, commodity_id, commodity_name, hs2022 (codes joined by "|"), measure,
    value and unit (quantity a year, or barrels a day, with what is weighed: "thousand metric tons K2O"), world_share
    (1 = all), rank and ranked (place among so many countries that the source lists), first_year (of a mean of
    several years, else missing), year, source, licence, known.
    """
    figures = figures_of(asked_of(alerts, "target"), "target", world_figures(ref.shares, MEASURES), ref)
    return figures.assign(
        target_name=named(figures["target"], prose_name),
        commodity_name=named(figures["commodity_id"], goods_name),
    )[COLUMNS].reset_index(drop=True)


def asked_of(alerts: pd.DataFrame, party: str) -> pd.DataFrame:
    """The questions of a frame of alerts: alert_id, code (of the party), commodity_id, on, asked (their number)."""
    days = alerts["on"] if "on" in alerts else pd.Series(pd.NaT, alerts.index)
    return pd.DataFrame(
        {
            "alert_id": alerts["alert_id"].astype("str"),
            "code": alerts[party].astype("str"),
            "commodity_id": alerts["commodity_id"].astype("str"),
            "on": days.astype("datetime64[us]"),
            "asked": range(len(alerts)),
        }
    )


def figures_of(asked: pd.DataFrame, party: str, known: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    """The answers of `known` to `asked` (see `asked_of`): rows of alpha2 and commodity_id with figures.

    A body has the answers of those that were its members on the day; without a day it has none. Adds to the columns
    of both: `party` (the state, else the code asked for), body, hs2022, known. A question without an answer stays
    once, with `known` False and the figures missing.
    """
    members = ref.memberships.merge(known, on="alpha2", validate="many_to_many")
    answers = pd.concat([known.assign(code=known["alpha2"]), members.assign(code=members["body"])], ignore_index=True)
    found = asked.merge(answers, on=["code", "commodity_id"], validate="many_to_many")
    member = found["body"].notna()
    began = found["since"].isna() | (found["since"] <= found["on"])
    goes_on = found["until"].isna() | (found["until"] >= found["on"])
    found = found[~member | (found["on"].notna() & began & goes_on)].assign(known=True)
    rest = asked[~asked["asked"].isin(found["asked"])].assign(known=False)
    both = pd.concat([found, rest], ignore_index=True).sort_values("asked", kind="stable")
    both = both.merge(_goods(ref.commodities), on="commodity_id", how="left", validate="many_to_one")
    weighed = both["weighed"].fillna("").radd(" ").str.rstrip() if "unit" in both else None
    if weighed is not None:
        both["unit"] = both["unit"].where(both["unit"].isna(), both["unit"] + weighed)
    return both.assign(**{party: both["alpha2"].where(both["known"], both["code"])})


def named(codes: pd.Series[str], name: Callable[[str], str]) -> pd.Series[str]:
    """The codes under their names; each code is looked up once."""
    known = {code: name(code) for code in codes.dropna().unique()}
    return codes.map(known).astype("str")


def _goods(commodities: pd.DataFrame) -> pd.DataFrame:
    """commodity_id, hs2022 and weighed: "K2O" where the usual unit is "tonne K2O", as the sources count too."""
    return pd.DataFrame(
        {
            "commodity_id": commodities["commodity_id"],
            "hs2022": commodities["hs2022"].str.join(LIST_SEPARATOR).mask(lambda codes: codes == "").astype("str"),
            "weighed": commodities["unit"].str.extract(r"^tonne (\w+)$", expand=False),
        }
    )


def world_figures(shares: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Of some measures, with `ranked`: among how many; in the order of the measures."""
    wanted = shares[shares["measure"].isin(list(measures))]
    wanted = wanted.assign(order=wanted["measure"].map(list(measures).index)).sort_values("order", kind="stable")
    ranked = wanted.groupby(["commodity_id", "measure"])["rank"].transform("count").astype("Int64")
    return wanted.drop(columns="order").assign(ranked=ranked.where(wanted["rank"].notna()))
