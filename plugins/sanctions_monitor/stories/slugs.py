"""Readable names for stories: who, what, whom, which goods, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sanctions_monitor.stories.coded_event import CodedEvent

# More codes than these make a name no reader takes in.
LONGEST_PART = 3


def slugs(stories: Iterable[Sequence[CodedEvent]], undated: frozenset[str]) -> list[str]:
    """One slug a story (`us-ease-by-potash-2025-12-13`), unique: the second of the same name ends in "-2".

    Each story is given with its events in order of time; `undated` are ids of items without a date.
    """
    used: dict[str, int] = {}
    found: list[str] = []
    for story in stories:
        name = _slug(story, undated)
        used[name] = used.get(name, 0) + 1
        found.append(name if used[name] == 1 else f"{name}-{used[name]}")
    return found


def _slug(story: Sequence[CodedEvent], undated: frozenset[str]) -> str:
    first = story[0]
    event = first.event
    day = "undated" if first.item_id in undated else first.dated.date().isoformat()
    status = [] if event.status == "adopted" else [event.status]
    parts = [
        *event.senders[:LONGEST_PART], *status, event.action, *event.targets[:LONGEST_PART],
        *event.commodities[:LONGEST_PART], day,
    ]  # fmt: skip
    return "-".join(part.lower().replace("_", "-") for part in parts)
