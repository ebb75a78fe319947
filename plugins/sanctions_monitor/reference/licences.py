"""Which figures may be used: the licences that the setting allows, and one source for each ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.errors import UserError
from sanctions_monitor.reference.csv_tables import read_table
from sanctions_monitor.reference.tables import FOLDER, table

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def allowed_texts(setting: str, folder: Path = FOLDER) -> frozenset[str]:
    """What rows may name as their licence, for a setting such as "open" or "open,faostat".

    "open" stands for every open licence; other words are ids of licences.csv. Raises UserError naming the known ones.
    """
    licences = read_table("licence", folder)
    wanted = [word.strip() for word in setting.split(",") if word.strip()]
    if unknown := [word for word in wanted if word not in {"open", *licences["id"]}]:
        known = ", ".join(["open", *dict.fromkeys(licences["id"])])
        raise UserError(f"SANCTIONS_MONITOR_LICENCES names {unknown[0]!r}, which is none of {known}. Correct it.")
    chosen = licences["id"].isin(wanted) | (licences["open"] & ("open" in wanted))
    return frozenset(licences.loc[chosen, "text"])


def table_is_allowed(name: str, texts: Collection[str]) -> bool:
    """Whether a table whose rows name no licence of their own may be used."""
    return table(name).licence in texts


def one_source_each(shares: pd.DataFrame, optin: pd.DataFrame, texts: Collection[str]) -> pd.DataFrame:
    """The shares that may be used, with one source and year for each goods and measure: rankings are never mixed.

    Among several sources the one with a ranking wins, then the table that is open by itself, then the newer year.
    Columns: those of country_commodity_share.
    """
    both = pd.concat([shares.assign(opted=False), optin.assign(opted=True)], ignore_index=True)
    both = both[both["licence"].isin(list(texts))]
    groups = (
        both.groupby(["commodity_id", "measure", "source", "year", "opted"])
        .agg(ranked=("rank", "count"))
        .reset_index()
        .assign(unranked=lambda frame: frame["ranked"] == 0)
        .sort_values(["unranked", "opted", "year", "source"], ascending=[True, True, False, True])
        .drop_duplicates(["commodity_id", "measure"])
    )
    keys = ["commodity_id", "measure", "source", "year", "opted"]
    chosen = both.merge(groups[keys], on=keys, validate="many_to_one")
    return chosen[list(shares.columns)].astype(shares.dtypes.to_dict())
