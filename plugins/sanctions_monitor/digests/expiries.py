"""The calendar of what ends or is reviewed soon, as readers see it: rows of `measures.ending` in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.digests.compose import Expiry
from sanctions_monitor.reference import goods_name, prose_name
from sanctions_monitor.subscriptions import Codes

if TYPE_CHECKING:
    import pandas as pd


def expiries(rows: pd.DataFrame) -> list[Expiry]:
    """One entry a row: who, whom, which goods, ends or is usually reviewed; and the act to cite."""
    filled = rows.astype(object).where(rows.notna(), None)
    return [_expiry(row) for row in filled.to_dict("records")]


def _expiry(row: dict[object, object]) -> Expiry:
    target, theme = _text(row["target"]), _text(row["theme"])
    goods = tuple(filter(None, _text(row["commodities"]).split("|")))
    about = prose_name(target) if target else theme.replace("_", " ")
    whose = f"{prose_name(_text(row['sender']))} on {about}"
    what = ", ".join(goods_name(each) for each in goods[:3]) or _text(row["instruments"]).replace("|", ", ").replace(
        "_", " "
    )
    more = f" and {len(goods) - 3} more" if len(goods) > 3 else ""
    how = "ends" if row["kind"] == "ends" else "usual review"
    status = "" if row["status"] == "in_force" else f"; {row['status']}"
    source = f"{_text(row['cited_as'])}{'' if row['confirmed'] else ', unconfirmed'}"
    return Expiry(
        on=row["end"].date(),  # type: ignore[attr-defined]
        what=f"{whose}: {how} ({what}{more}{status})",
        codes=Codes((_text(row["sender"]),), (target,) if target else (), goods),
        url=_text(row["source_url"]) or None,
        source=source,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
