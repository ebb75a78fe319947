"""How much the sender of a measure depends on the goods itself: what it imports, and from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.reference.exposures import asked_of, figures_of, world_figures

if TYPE_CHECKING:
    from sanctions_monitor.reference.frames import Reference

MEASURES = ("imports", "production")
COLUMNS = [
    "alert_id",
    "sender",
    "body",
    "commodity_id",
    "kind",
    "share",
    "bound",
    "rank",
    "ranked",
    "suppliers",
    "suppliers_from",
    "suppliers_to",
    "year",
    "source",
    "licence",
    "known",
]


def dependence(alerts: pd.DataFrame, ref: Reference) -> pd.DataFrame:
    """The sender's own dependence on an alert's goods.

    `alerts` has one row an alert_id, sender, commodity_id and the day of the event (`on`); a body stands for its
    members on that day. Rows of `kind` "net_import_reliance" (share of the sender's own use, with `bound` "more than"
    or "less than" where the source gives one, and the main suppliers, largest first), "imports" and "production"
    (share of the world's). Where nothing is known, one row with `known` False.

    Columns: alert_id, sender, body, commodity_id, kind, share (1 = all), bound, rank, ranked, suppliers (list),
    suppliers_from, suppliers_to, year, source, licence, known.
    """
    asked = asked_of(alerts, "sender")
    reliance = ref.reliance.rename(columns={"net_import_share": "share"}).assign(kind="net_import_reliance")
    world = world_figures(ref.shares, MEASURES).rename(columns={"world_share": "share", "measure": "kind"})
    known = pd.concat([reliance, world], ignore_index=True)
    return figures_of(asked, "sender", known, ref)[COLUMNS].reset_index(drop=True)
