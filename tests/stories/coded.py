"""Coded events for the tests of this room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sanctions_monitor.events import Event, Evidence
from sanctions_monitor.stories import CodedEvent

if TYPE_CHECKING:
    from sanctions_monitor.events.event import Action, Status

NOON = datetime(2025, 12, 13, 12, tzinfo=UTC)


def coded(
    event_id: str,
    title: str = "US lifts sanctions on Belarus",
    *,
    action: Action = "ease",
    status: Status = "adopted",
    senders: str = "US",
    targets: str = "BY",
    goods: str = "",
    days: float = 0.0,
    **more: Any,
) -> CodedEvent:
    """An event told `days` after noon of 13 December 2025; codes are written "BY RU"."""
    event = Event(
        action,
        status,
        tuple(senders.split()),
        tuple(targets.split()),
        tuple(goods.split()),
        (),
        Evidence("title", 0, len(title), title),
        "rule",
        0.9,
        **more,
    )
    return CodedEvent(event_id, f"item {event_id}", NOON + timedelta(days=days), "Harbour Post", title, event)
