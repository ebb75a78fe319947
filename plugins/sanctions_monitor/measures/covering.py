"""How a measure covers goods that are asked for: it names them, wider or narrower ones, or bans trade as such."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.reference import narrower_goods, read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

NAMED, WIDER, NARROWER, UNNAMED = "named", "wider", "narrower", "no goods named"
ORDER = (NAMED, WIDER, NARROWER, UNNAMED)
"""From the surest to the least sure: the very goods, goods that hold them, a part of them, trade without goods."""
TRADE = "trade"
"""The instrument whose measures may cover goods that they don't name: a ban on all trade is one of them."""
COLUMNS = ["asked", "commodity", "covers"]


def reach(goods: Collection[str]) -> pd.DataFrame:
    """Which goods of the ledger cover each of those asked for, and how; measures that name none are not in it.

    Columns: asked, commodity, covers (named, wider, narrower).
    """
    rows = [(asked, other, how) for asked in sorted(set(goods)) for other, how in _reach_of(asked).items()]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def covering(ledger: pd.DataFrame, goods: Collection[str]) -> pd.Series[str]:
    """How each step covers the goods (the surest way, where several are asked for); missing where it does not."""
    surest: dict[str, str] = {}
    for asked in goods:
        for other, how in _reach_of(asked).items():
            surest[other] = min(how, surest.get(other, how), key=ORDER.index)
    unnamed = ledger["commodity"].isna() & (ledger["instrument"] == TRADE)
    return ledger["commodity"].map(surest).mask(unnamed, UNNAMED).astype("str")


@cache
def _reach_of(asked: str) -> Mapping[str, str]:
    held = _held_goods()
    wider = {wide: WIDER for wide, narrow in held.items() if asked in narrow}
    return wider | dict.fromkeys(sorted(held.get(asked, ())), NARROWER) | {asked: NAMED}


@cache
def _held_goods() -> Mapping[str, frozenset[str]]:
    return narrower_goods(read_table("commodity"))
