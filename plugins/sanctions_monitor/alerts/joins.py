"""The joins of alerts with countries, goods and trade (pandas), and with the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor import measures, reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Key:
    """What an alert is joined by."""

    alert_id: str
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """What the tables add to an alert: sentences with figures and their sources, and the largest known share (0..1)."""

    exposure: tuple[str, ...]
    standing: tuple[str, ...]
    world_share: float | None


def join(keys: Sequence[Key], tables: reference.Reference, ledger: pd.DataFrame, on: date) -> dict[str, Joined]:
    """Joins all alerts at once; the result has every alert_id, also where no table knows anything."""
    figures = _figures(keys, tables)
    shares = figures.groupby("alert_id")["world_share"].max()
    sentences = figures.groupby("alert_id")["sentence"].agg(list) if len(figures) else pd.Series(dtype=object)
    return {
        key.alert_id: Joined(
            exposure=tuple(sentences.get(key.alert_id, ())) or tuple(_trade(key, tables)),
            standing=tuple(_standing(key, ledger, on)),
            world_share=None if pd.isna(share := shares.get(key.alert_id)) else float(share),
        )
        for key in keys
    }


def _figures(keys: Sequence[Key], tables: reference.Reference) -> pd.DataFrame:
    """One row an alert, target, goods and measure, as `reference.exposure` gives it, with its sentence."""
    asked = pd.DataFrame(
        [(key.alert_id, list(key.targets), list(key.commodities)) for key in keys if key.targets and key.commodities],
        columns=["alert_id", "target", "commodity_id"],
    )
    rows = asked.explode("target").explode("commodity_id")
    figures = reference.exposure(rows, tables)
    return figures.assign(sentence=figures.apply(reference.exposure_sentence, axis=1) if len(figures) else "")


def _trade(key: Key, tables: reference.Reference) -> list[str]:
    """For a measure that names no goods: what the target sells and with whom it trades."""
    states = set(tables.countries["alpha2"])
    return [reference.trade_sentence(target, tables) for target in key.targets if target in states]


def _standing(key: Key, ledger: pd.DataFrame, on: date) -> list[str]:
    """What other senders still hold against the target, said where it covers the very goods or the whole country."""
    found = (
        measures.standing(ledger, on=on, target=target, commodities=key.commodities, without_sender=None)
        for target in key.targets
    )
    others = (rows[~rows["sender"].isin(key.senders)] for rows in found)
    return [measures.standing_sentence(rows) for rows in others if not rows.empty]
