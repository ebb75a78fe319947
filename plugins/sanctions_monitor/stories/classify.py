"""Classifying a batch of plain records: what the command line does with JSON Lines (codebook, "Record format")."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sanctions_monitor.events import code
from sanctions_monitor.stories.coded_event import CodedEvent
from sanctions_monitor.stories.grouping import group
from sanctions_monitor.stories.records import Record, item_of
from sanctions_monitor.stories.slugs import slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sanctions_monitor.events import Event

# Items without a date lie on one day of their own, far from all others: they are grouped among themselves only.
_NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)


def classify(records: Iterable[Record]) -> Iterator[Record]:
    """One output record for each input record, in the order of the input, each story named once for the batch.

    Raises UserError where a record is not as the codebook says.
    """
    given = list(records)
    items = [item_of(record) for record in given]
    coded = [
        CodedEvent(f"{place}-{number}", str(place), item.published or _NO_DAY, item.source, item.title, event)
        for place, item in enumerate(items)
        for number, event in enumerate(code(item))
    ]
    names = _story_names(coded, frozenset(str(place) for place, item in enumerate(items) if item.published is None))
    by_item: dict[str, list[CodedEvent]] = {}
    for one in coded:
        by_item.setdefault(one.item_id, []).append(one)
    for place, record in enumerate(given):
        yield _output(record, by_item.get(str(place), []), names)


def _story_names(coded: list[CodedEvent], undated: frozenset[str]) -> dict[str, str]:
    by_id = {one.event_id: one for one in coded}
    stories = [
        sorted((by_id[key] for key in members), key=lambda one: (one.dated, one.event_id)) for members in group(coded)
    ]
    # Names go out in order of time, so that "-2" is the later one.
    stories.sort(key=lambda story: (story[0].dated, story[0].event_id))
    return {one.event_id: name for story, name in zip(stories, slugs(stories, undated), strict=True) for one in story}


def _output(record: Record, coded: list[CodedEvent], names: dict[str, str]) -> Record:
    news = [one for one in coded if one.event.status != "background"]
    alerts = [one for one in news if one.event.family == "sanctions" and one.event.status == "adopted"]
    leading = next(iter([*alerts, *news]), None)
    return {
        "id": record["id"],
        "events": [_event(record, one.event, names.get(one.event_id)) for one in coded],
        "story": names[leading.event_id] if leading else None,
    }


def _event(record: Record, event: Event, story: str | None) -> Record:
    evidence = event.evidence
    # The item held a copy with the markup blanked; the evidence shows the field as it was given.
    words = record[evidence.field][evidence.start : evidence.end]
    found: dict[str, Any] = {
        "family": event.family,
        "action": event.action,
        "status": event.status,
        "senders": list(event.senders),
        "targets": list(event.targets),
        "commodities": list(event.commodities),
        "instruments": list(event.instruments),
        "evidence": {"field": evidence.field, "start": evidence.start, "end": evidence.end, "text": words},
        "rule": event.rule,
        "confidence": round(event.confidence, 3),
        "story": story,
    }
    if event.entities:
        found["entities"] = [
            {"name": one.name, "type": one.type} | ({"id": one.id} if one.id else {}) for one in event.entities
        ]
    if event.legal_act:
        found["legal_act"] = event.legal_act
    for name in ("announced", "effective", "expires"):
        day: date | None = getattr(event, name)
        if day is not None:
            found[name] = day.isoformat()
    return found
