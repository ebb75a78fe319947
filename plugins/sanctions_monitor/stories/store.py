"""The edge of the room: new events join the stories that tell their act, or open new ones.

A story keeps its id for good: groups are found anew over the events near in time, and an event that belongs to no
story yet takes the oldest story of its group. Events that belong to one are never moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_monitor.events import CODER_VERSION, Event, Evidence
from sanctions_monitor.storage import queries
from sanctions_monitor.stories.coded_event import CodedEvent
from sanctions_monitor.stories.grouping import group
from sanctions_monitor.stories.same_act import WINDOW
from sanctions_monitor.stories.slugs import slugs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.storage.connection import Connection


def join_stories(conn: Connection) -> int:
    """Gives every event that is news its story; returns how many stories were opened."""
    sql = queries("stories")
    new = list(sql.ungrouped(conn, coder=CODER_VERSION))
    if not new:
        return 0
    rows = list(
        sql.candidates(
            conn,
            first=min(each["dated_at"] for each in new) - WINDOW,
            last=max(each["dated_at"] for each in new) + WINDOW,
            actions=sorted({each["action"] for each in new}),
            parties=sorted({party for each in new for party in each["parties"]}),
        )
    )
    events = {row["event_id"]: _coded_event(row) for row in rows}
    story_of = {row["event_id"]: row["story_id"] for row in rows}
    opened: list[dict[str, Any]] = []
    joins: list[dict[str, str]] = []
    taken: set[str] = set()
    for ids in sorted(group(events.values()), key=lambda ids: min((events[each].dated, each) for each in ids)):
        told = sorted((events[each] for each in ids), key=lambda each: (each.dated, each.event_id))
        fresh = [each for each in told if story_of[each.event_id] is None]
        if not fresh:
            continue
        known = next((story for each in told if (story := story_of[each.event_id]) is not None), None)
        story_id = known or _free_slug(conn, told, taken)
        if known is None:
            opened.append({"story_id": story_id, "family": told[0].event.family, "opened_at": told[0].dated})
        joins += [{"event_id": each.event_id, "story_id": story_id} for each in fresh]
    sql.new_stories(conn, opened)
    sql.join_stories(conn, joins)
    sql.mark_grouped(conn, events=[each["event_id"] for each in joins])
    return len(opened)


def _free_slug(conn: Connection, told: Sequence[CodedEvent], taken: set[str]) -> str:
    """A readable id that no story has; the second of a name ends in "-2"."""
    name = slugs([told], frozenset())[0]
    wanted = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    taken |= {row["story_id"] for row in queries("stories").story_ids(conn, wanted=wanted)}
    free = next(each for each in wanted if each not in taken)
    taken.add(free)
    return free


def _coded_event(row: dict[str, Any]) -> CodedEvent:
    event = Event(
        action=row["action"],
        status=row["status"],
        senders=tuple(row["senders"]),
        targets=tuple(row["targets"]),
        commodities=tuple(row["commodities"]),
        instruments=tuple(row["instruments"]),
        evidence=Evidence(row["evidence_field"], row["evidence_start"], row["evidence_end"], row["evidence_text"]),
        rule=row["rule"],
        confidence=row["confidence"],
        legal_act=row["legal_act"],
        announced=row["announced"],
        effective=row["effective"],
        expires=row["expires"],
    )
    return CodedEvent(row["event_id"], row["item_id"], row["dated_at"], row["source"], row["title"], event)
