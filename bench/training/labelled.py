"""Labelled items as the network learns them: the reading of each item and what it should say."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from score import SCORED_GOODS

from sanctions_monitor.events.classes import CLASSES
from sanctions_monitor.events.event import FAMILY_OF
from sanctions_monitor.events.reading import Reading, read
from sanctions_monitor.stories.records import item_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Goods that the labels name; of others nothing is known (codebook, "Record format").
LABELLED_GOODS = SCORED_GOODS

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """The codes of one class of act: senders, targets, goods."""

    senders: frozenset[str]
    targets: frozenset[str]
    goods: frozenset[str]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled item: its reading and, for each class that it tells (index in CLASSES), who takes part."""

    record: Record
    reading: Reading
    told: dict[int, Parts]


def records_in(paths: Iterable[Path]) -> list[Record]:
    """The records of JSON Lines files, in order."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def given(record: Record) -> Record:
    """A record without its labels: what a feed would give."""
    return {key: value for key, value in record.items() if key not in {"events", "story", "hard"}}


def example_of(record: Record) -> Example:
    """The example that a labelled record makes. Two acts of one class are one: the network can't tell them apart."""
    told: dict[int, Parts] = {}
    for event in record["events"]:
        if event["status"] == "background":
            continue
        number = CLASSES.index((event["action"], event["status"]))
        before = told.get(number, Parts(frozenset(), frozenset(), frozenset()))
        goods = frozenset(event["commodities"]) if FAMILY_OF[event["action"]] == "sanctions" else frozenset()
        told[number] = replace(
            before,
            senders=before.senders | frozenset(event["senders"]),
            targets=before.targets | frozenset(event["targets"]),
            goods=before.goods | (goods & LABELLED_GOODS),
        )
    return Example(record, read(item_of(given(record))), told)
