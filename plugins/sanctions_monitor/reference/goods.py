"""Which goods hold which: fertilizers hold potash, by their HS codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def narrower_goods(commodities: pd.DataFrame) -> dict[str, frozenset[str]]:
    """For each goods of table commodity those others whose HS codes all lie under its own; only where there are any."""
    pairs = zip(commodities["commodity_id"].tolist(), commodities["hs2022"].tolist(), strict=True)
    codes: dict[str, tuple[str, ...]] = {goods: tuple(named) for goods, named in pairs if named}
    found = {
        wide: frozenset(
            narrow
            for narrow, theirs in codes.items()
            if narrow != wide and set(theirs) != set(own) and all(code.startswith(own) for code in theirs)
        )
        for wide, own in codes.items()
    }
    return {wide: narrow for wide, narrow in found.items() if narrow}
