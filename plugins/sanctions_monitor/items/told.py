"""The stored items as they are told to other programs: plain values, one record an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.storage.connection import Connection


def told_items(conn: Connection, feed_id: str | None = None) -> Iterator[dict[str, Any]]:
    """Each item in its latest revision, the oldest first: id, feed, title, summary, link, published, revision.

    `feed` is the address of its feed as it was imported; `link` as the publisher gave it; `published` ISO 8601 in UTC,
    or None where there is no date. A date in the future by more than a day is nobody's: the first sight stands for it.
    """
    for row in queries("items").told_items(conn, feed_id=feed_id):
        published = row.pop("published_at")
        yield row | {"published": published.isoformat() if published else None, "revision": row.pop("revision")}
