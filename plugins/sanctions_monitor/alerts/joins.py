"""The joins of alerts with countries, goods and trade (pandas), and with the ledger, as values and as sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sanctions_monitor import measures, reference
from sanctions_monitor.alerts.alert import Buyer, Cover, Figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Key:
    """What an alert is joined by. `announced` is the day of the event, on which bodies stand for their members."""

    alert_id: str
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]
    announced: date


@dataclass(frozen=True, slots=True)
class Exposure:
    """The joined tables of many alerts: frames with the columns that `reference` and `measures.cover` document."""

    figures: pd.DataFrame
    dependence: pd.DataFrame
    buyers: pd.DataFrame
    main_goods: pd.DataFrame
    cover: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Joined:
    """What the tables add to one alert; `world_share` is the largest known share (0..1) of a target."""

    exposure: tuple[str, ...]
    dependence: tuple[str, ...]
    buyers_said: tuple[str, ...]
    standing: tuple[str, ...]
    figures: tuple[Figure, ...]
    cover: tuple[Cover, ...]
    buyers: tuple[Buyer, ...]
    world_share: float | None


def expose(keys: Sequence[Key], tables: reference.Reference, ledger: pd.DataFrame, on: date | None = None) -> Exposure:
    """Joins any number of alerts at once. What still stands is told for the day `on`, else for each alert's own."""
    asked = pd.DataFrame(
        {
            "alert_id": [key.alert_id for key in keys],
            "sender": [list(key.senders) for key in keys],
            "target": [list(key.targets) for key in keys],
            "commodity_id": [list(key.commodities) for key in keys],
            "on": pd.Series([pd.Timestamp(key.announced) for key in keys], dtype="datetime64[us]"),
        }
    )
    # an empty list explodes to a missing value: the measure names no goods
    by_target = asked.explode("target").explode("commodity_id").astype({"target": "str", "commodity_id": "str"})
    by_target = by_target[by_target["target"].notna()]
    by_sender = asked.explode("sender").explode("commodity_id").astype({"sender": "str", "commodity_id": "str"})
    by_sender = by_sender[by_sender["sender"].notna() & by_sender["commodity_id"].notna()]
    with_goods = by_target["commodity_id"].notna()
    covered = by_target.rename(columns={"sender": "senders"})
    if on is not None:
        covered = covered.assign(on=pd.Series(pd.Timestamp(on), covered.index, dtype="datetime64[us]"))
    return Exposure(
        figures=reference.exposure(by_target[with_goods], tables),
        dependence=reference.dependence(by_sender, tables),
        buyers=reference.buyers(by_target, tables),
        main_goods=reference.main_goods(by_target[~with_goods], tables),
        cover=measures.cover(covered, ledger),
    )


def join(keys: Sequence[Key], tables: reference.Reference, ledger: pd.DataFrame, on: date) -> dict[str, Joined]:
    """Joins all alerts at once; the result has every alert_id, also where no table knows anything."""
    joined = expose(keys, tables, ledger, on)
    shares = _world_shares(joined.figures)
    parts = {name: _by_alert(getattr(joined, name)) for name in ("figures", "dependence", "buyers", "cover")}
    result = {}
    for key in keys:
        figures, dependence, buyers, cover = (parts[name].get(key.alert_id) for name in parts)
        result[key.alert_id] = Joined(
            exposure=tuple(_exposure_said(key, figures, tables)),
            dependence=tuple(_dependence_said(key, dependence, tables)),
            buyers_said=tuple(_buyers_said(key, buyers, tables)),
            standing=tuple(_standing_said(key, ledger, on)),
            figures=(*_figures("target", figures), *_figures("sender", dependence)),
            cover=tuple(Cover(**_plain(row, Cover)) for row in _records(cover)),
            buyers=tuple(Buyer(**_plain(row, Buyer)) for row in _records(buyers)),
            world_share=shares.get(key.alert_id),
        )
    return result


def _world_shares(figures: pd.DataFrame) -> dict[str, float]:
    """The largest share of a target, the members of a body taken together."""
    known = figures[figures["known"]]
    party = known["body"].fillna(known["target"])
    together = known.groupby([known["alert_id"], party, "commodity_id", "measure"])["world_share"].sum().clip(upper=1)
    return {str(alert): float(share) for alert, share in together.groupby("alert_id").max().items()}


def _by_alert(frame: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    return dict(list(frame.groupby("alert_id")))


def _exposure_said(key: Key, figures: pd.DataFrame | None, tables: reference.Reference) -> list[str]:
    if figures is None:
        states = set(tables.countries["alpha2"])
        return [reference.trade_sentence(target, tables) for target in key.targets if target in states]
    of_states = figures[figures["body"].isna()]
    said = [reference.exposure_sentence(row) for _, row in of_states.iterrows()]
    of_bodies = figures[figures["body"].notna()]
    for _, rows in of_bodies.groupby(["body", "commodity_id", "measure"], sort=False):
        members = reference.members_on(tables.memberships, rows["body"].iloc[0], key.announced)
        said.append(reference.body_sentence(rows, len(members)))
    return said


def _dependence_said(key: Key, dependence: pd.DataFrame | None, tables: reference.Reference) -> list[str]:
    if dependence is None:
        return []
    said = [reference.dependence_sentence(row) for _, row in dependence[dependence["body"].isna()].iterrows()]
    of_bodies = dependence[dependence["body"].notna() & (dependence["kind"] != "net_import_reliance")]
    for _, rows in of_bodies.groupby(["body", "commodity_id", "kind"], sort=False):
        members = reference.members_on(tables.memberships, rows["body"].iloc[0], key.announced)
        said.append(reference.body_dependence_sentence(rows, len(members)))
    return said


def _buyers_said(key: Key, buyers: pd.DataFrame | None, tables: reference.Reference) -> list[str]:
    if not key.commodities:
        return []
    states = set(tables.countries["alpha2"])
    told: dict[tuple[str, str], pd.DataFrame] = defaultdict(pd.DataFrame)
    if buyers is not None:
        for _, rows in buyers.groupby(["target", "commodity_id"]):
            told[rows["target"].iloc[0], rows["commodity_id"].iloc[0]] = rows
    return [
        reference.buyers_sentence(target, goods, told[target, goods])
        for target in key.targets
        if target in states
        for goods in key.commodities
    ]


def _standing_said(key: Key, ledger: pd.DataFrame, on: date) -> list[str]:
    """What other senders still hold against each target, where they hold anything."""
    found = (
        measures.standing(ledger, on=on, target=target, commodities=key.commodities, without_senders=key.senders)
        for target in key.targets
    )
    return [measures.standing_sentence(rows, on) for rows in found if not rows.empty]


def _figures(role: str, frame: pd.DataFrame | None) -> list[Figure]:
    known = [row for row in _records(frame) if row["known"]]
    return [
        Figure(
            role=role,  # type: ignore[arg-type]
            country=row[role],
            body=row.get("body"),
            commodity_id=row["commodity_id"],
            measure=row.get("measure") or row["kind"],
            share=row["world_share"] if role == "target" else row["share"],
            bound=row.get("bound"),
            rank=_whole(row.get("rank")),
            ranked=_whole(row.get("ranked")),
            value=row.get("value"),
            unit=row.get("unit"),
            first_year=_whole(row.get("first_year")),
            year=int(row["year"]),
            suppliers=tuple(row.get("suppliers") or ()),
            source=row["source"],
            licence=row["licence"],
        )
        for row in known
    ]


def _records(frame: pd.DataFrame | None) -> list[dict[str, Any]]:
    if frame is None:
        return []
    rows: list[dict[Any, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def _plain(row: dict[str, Any], kind: type[Cover | Buyer]) -> dict[str, Any]:
    wanted = {name: row[name] for name in kind.__slots__}
    return wanted | {name: int(wanted[name]) for name in ("year", "place", "measures") if name in wanted}


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
