"""Plain records at the edge: JSON Lines into dictionaries, dictionaries into items, with errors a person can act on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sanctions_monitor.errors import UserError
from sanctions_monitor.items import Item, language_of
from sanctions_monitor.stories.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Record = dict[str, Any]


def read_records(lines: Iterable[str]) -> Iterator[Record]:
    """The records of JSON Lines, blank lines left out. Raises UserError naming line, problem and remedy."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as problem:
            raise UserError(f"line {number}: no JSON ({problem}); write one JSON object on each line") from problem
        if not isinstance(record, dict):
            raise UserError(
                f"line {number}: {type(record).__name__} instead of an object; write one JSON object on each line"
            )
        try:
            item_of(record)
        except UserError as problem:
            raise UserError(f"line {number}: {problem}") from problem
        yield record


def item_of(record: Record) -> Item:
    """The item that a record describes, its markup blanked so that offsets count in the given fields.

    Raises UserError where a field has the wrong type or `published` is no RFC 3339 time.
    """
    identity = record.get("id")
    if not isinstance(identity, str) or not identity:
        raise UserError(f'"id" is {identity!r}; give each record a text that names it')
    words = {name: _text(record, name) for name in ("title", "summary", "text", "source", "url", "lang")}
    return Item(
        id=identity,
        title=masked(words["title"] or ""),
        summary=masked(words["summary"] or ""),
        text=None if words["text"] is None else masked(words["text"]),
        published=_published(record),
        source=words["source"] or "",
        url=words["url"] or "",
        lang=words["lang"] or language_of(f"{words['title'] or ''} {words['summary'] or ''}", None),
    )


def _text(record: Record, name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise UserError(f'"{name}" is {value!r}; it must be text or null')
    return value


def _published(record: Record) -> datetime | None:
    value = record.get("published")
    if value is None:
        return None
    remedy = 'write it as "2025-12-13T10:00:00Z", or null where it is unknown'
    if not isinstance(value, str):
        raise UserError(f'"published" is {value!r}; {remedy}')
    try:
        found = datetime.fromisoformat(value)
    except ValueError as problem:
        raise UserError(f'"published" is {value!r}; {remedy}') from problem
    if found.tzinfo is None:
        raise UserError(f'"published" is {value!r} and names no time zone; {remedy}')
    try:
        return found.astimezone(UTC)
    except OverflowError as problem:
        raise UserError(f'"published" is {value!r}, outside the calendar in UTC; {remedy}') from problem
