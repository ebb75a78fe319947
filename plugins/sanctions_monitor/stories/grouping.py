"""Grouping coded events into stories: pairs that tell the same act, joined until nothing changes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sanctions_monitor.stories.same_act import WINDOW, same_act
from sanctions_monitor.stories.union_find import UnionFind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sanctions_monitor.stories.coded_event import CodedEvent


def group(events: Iterable[CodedEvent]) -> list[frozenset[str]]:
    """The stories: sets of event ids, in the order of their least ids; background events are in none.

    Events are laid in drawers by action, status and party, and compared only with those of their drawer within the
    window, so the work grows with the reports of an act and not with the square of the batch.
    """
    found = UnionFind()
    for drawer in _drawers(events).values():
        for left, right in _neighbours(drawer):
            # A pair that other reports have joined already needs no look.
            if found.root(left.event_id) != found.root(right.event_id) and same_act(left, right):
                found.join(left.event_id, right.event_id)
        for coded in drawer:
            found.add(coded.event_id)
    return found.groups()


def _drawers(events: Iterable[CodedEvent]) -> dict[tuple[str, str, str], list[CodedEvent]]:
    drawers: dict[tuple[str, str, str], list[CodedEvent]] = defaultdict(list)
    for coded in events:
        event = coded.event
        if event.status == "background":
            continue
        # Diplomacy is filed under every party, since outlets differ in whom they name first.
        parties = {*event.targets, *event.senders} if event.family == "diplomacy" else {*event.targets}
        for party in parties or {""}:
            drawers[event.action, event.status, party].append(coded)
    for drawer in drawers.values():
        drawer.sort(key=lambda coded: (coded.dated, coded.event_id))
    return drawers


def _neighbours(drawer: list[CodedEvent]) -> Iterator[tuple[CodedEvent, CodedEvent]]:
    for place, left in enumerate(drawer):
        for right in drawer[place + 1 :]:
            if right.dated - left.dated > WINDOW:
                break
            yield left, right
