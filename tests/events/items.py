"""Items for the tests of this room: a headline, a summary, a text, and the day."""

from __future__ import annotations

from datetime import UTC, datetime

from sanctions_monitor.events import Event, code
from sanctions_monitor.items.item import Item

DAY = datetime(2025, 12, 13, 15, tzinfo=UTC)


def item(
    title: str, summary: str = "", text: str | None = None, *, source: str = "Harbour Post", lang: str = "en"
) -> Item:
    """An item of Saturday, 13 December 2025."""
    return Item("1", title, summary, text, DAY, source, "https://example.org/1", lang)


def news(title: str, summary: str = "", text: str | None = None, *, source: str = "Harbour Post") -> list[Event]:
    """Its events without background."""
    return [event for event in code(item(title, summary, text, source=source)) if event.status != "background"]


def said(event: Event) -> tuple[str, str, str, str]:
    """Action, status, senders and targets of an event, short enough for one line of a test."""
    return event.action, event.status, "+".join(event.senders), "+".join(event.targets)


def code_of_sentence(headline: str) -> list[tuple[str, str, str, str]]:
    """What a headline alone tells."""
    return [said(event) for event in news(headline)]
