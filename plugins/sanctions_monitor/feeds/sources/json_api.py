"""A list in a JSON document: rows by path, values by paths inside a row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jmespath

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.sources.values import MOST_ROWS, Values, cut

if TYPE_CHECKING:
    from sanctions_monitor.feeds.sources.description import JsonApi, JsonPlace


def json_values(body: bytes, description: JsonApi) -> list[Values]:
    """What each row of the list says.

    Raises FetchError where the document is no JSON or has no list at the place that the description names.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise FetchError(f"no JSON: {problem}. It is tried again later.") from None
    rows = jmespath.search(description.rows.path, document)
    if not isinstance(rows, list):
        said = cut(json.dumps(document), None)[:80]
        raise FetchError(f"no list at {description.rows.path!r} in {said!r}. Compare the answer with its description.")
    return [
        Values(
            title=_text(row, description.title),
            link=_text(row, description.link),
            date=_text(row, description.date),
            summary=_text(row, description.summary),
            guid=_text(row, description.guid),
            wanted=description.keep is None or _true(description.keep, row),
        )
        for row in rows[:MOST_ROWS]
    ]


def _true(expression: str, row: Any) -> bool:
    try:
        return bool(jmespath.search(expression, row))
    except jmespath.exceptions.JMESPathError:
        # a function refuses values of a type it was not made for: such a row is none of those we look for
        return False


def _text(row: Any, place: JsonPlace | None) -> str:
    if place is None:
        return ""
    try:
        found = jmespath.search(place.path, row)
    except jmespath.exceptions.JMESPathError:
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return cut(str(found), place.pattern)
