"""What the adapters of bilateral trade share: the codes to ask for, and the table to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

KEYS = ["commodity_id", "exporter", "importer", "year", "source"]


def widest_codes(commodities: pd.DataFrame, commodity_id: str) -> list[str]:
    """The HS codes of goods that lie under no other of them, so that nothing is counted twice."""
    codes: list[str] = commodities.loc[commodities["commodity_id"] == commodity_id, "hs2022"].iloc[0]
    return [code for code in codes if not any(code != wide and code.startswith(wide) for wide in codes)]


def as_bilateral(found: Iterable[dict[str, Any]], licence: str, before: pd.DataFrame) -> pd.DataFrame:
    """The table bilateral_trade with `found`, added up, in the place of what it had of the same sellers and goods.

    `found` has commodity_id, exporter, importer, year, value_usd, source.
    """
    columns = [*KEYS, "value_usd"]
    rows = pd.DataFrame(list(found), columns=columns).groupby(KEYS, as_index=False)["value_usd"].sum()
    sold = rows.groupby(["commodity_id", "exporter", "year", "source"])["value_usd"].transform("sum")
    fresh = rows[rows["value_usd"] > 0].assign(share=(rows["value_usd"] / sold).round(4), licence=licence)
    told = before.merge(
        fresh[["commodity_id", "exporter"]].drop_duplicates(), how="left", indicator=True, validate="many_to_one"
    )
    kept = before[(told["_merge"] == "left_only").to_numpy()]
    both: pd.DataFrame = pd.concat([kept, fresh[list(before.columns)].astype(before.dtypes.to_dict())])
    return both.sort_values(KEYS, ignore_index=True)
