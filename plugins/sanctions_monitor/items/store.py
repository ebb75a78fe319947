"""The edge of the room: entries become rows, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Json

from sanctions_monitor.items.revise import Known, Settled, names_of, settle
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.items.entry import Entry
    from sanctions_monitor.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Stored:
    """How many items of a document were new and how many had changed."""

    new: int
    changed: int


NOTHING = Stored(0, 0)


def store(
    conn: Connection, entries: Sequence[Entry], *, feed_id: str, language: str, poll_id: int, now: datetime
) -> Stored:
    """Stores a document's entries in the caller's transaction, some statements a document whatever its length.

    The same document again changes nothing.
    """
    keys, identities = names_of(feed_id, entries)
    by_key, by_identity = _known(conn, feed_id, keys, identities)
    settled = settle(feed_id, entries, keys, by_key, by_identity)
    # where another poll was faster, it is that poll's
    stored = _write(conn, [each for each in settled if each.verdict != "known"], feed_id, language, poll_id, now)
    told = {each.key: each.item_id for each in settled}
    changed = {key: id_ for key, id_ in told.items() if key not in by_key or by_key[key].item_id != id_}
    if changed:
        queries("items").sight(conn, feed_id=feed_id, keys=list(changed), item_ids=list(changed.values()), now=now)
    if stored != NOTHING:
        queries("feeds").count_poll_items(conn, poll_id=poll_id, items_new=stored.new, items_changed=stored.changed)
    return stored


def _write(
    conn: Connection, worded: Sequence[Settled], feed_id: str, language: str, poll_id: int, now: datetime
) -> Stored:
    if not worded:
        return NOTHING
    counted = queries("items").store_entries(
        conn,
        feed_id=feed_id,
        language=language,
        poll_id=poll_id,
        now=now,
        entries=Json([_row(each) for each in worded]),
    )
    return Stored(counted["items_new"], counted["items_changed"])


def _row(settled: Settled) -> dict[str, Any]:
    """One entry as `store_entries` reads it. As JSON a document is one parameter, written by C."""
    entry = settled.entry
    return {
        "item_id": settled.item_id,
        "revision": settled.revision,
        "identity": settled.identity,
        "url": entry.url or "",
        "link": entry.link,
        "published_at": entry.published and entry.published.isoformat(),
        "title": entry.title,
        "summary": entry.summary,
        "body": entry.text,
        "content_sha256": settled.fingerprint,
    }


def _known(
    conn: Connection, feed_id: str, keys: Sequence[str], identities: Sequence[str]
) -> tuple[dict[str, Known], dict[str, Known]]:
    """What is stored of a document's entries: by the feed's own keys, and by identity."""
    by_key: dict[str, Known] = {}
    by_identity: dict[str, Known] = {}
    for row in queries("items").known_items(conn, feed_id=feed_id, keys=Json(keys), identities=Json(identities)):
        each = Known(
            row["item_id"],
            row["feed_id"],
            row["revision"],
            row["content_sha256"],
            row["title"],
            row["url"] or None,
            row["published_at"],
        )
        by_identity[row["identity"]] = each
        if row["entry_key"] is not None:
            by_key[row["entry_key"]] = each
    return by_key, by_identity
