"""The edge of the room: entries become rows, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def store(
    conn: Connection, entries: Sequence[Entry], *, feed_id: str, language: str, poll_id: int, now: datetime
) -> Stored:
    """Stores a document's entries in the caller's transaction, some statements a document whatever its length.

    The same document again changes nothing.
    """
    by_key, by_identity = _known(conn, feed_id, entries)
    settled = settle(feed_id, entries, by_key, by_identity)
    fresh = [each for each in settled if each.verdict == "new"]
    edits = [each for each in settled if each.verdict == "changed"]
    # where another poll was faster, it is that poll's
    written = _add(conn, fresh, feed_id, language, now)
    revised = _revise(conn, edits)
    _reword(conn, [each for each in (*fresh, *edits) if each.item_id in written | revised], poll_id, now)
    told = {each.key: each.item_id for each in settled}
    changed = {key: id_ for key, id_ in told.items() if key not in by_key or by_key[key].item_id != id_}
    if changed:
        queries("items").sight(conn, feed_id=feed_id, keys=list(changed), item_ids=list(changed.values()), now=now)
    if written or revised:
        queries("feeds").count_poll_items(conn, poll_id=poll_id, items_new=len(written), items_changed=len(revised))
    return Stored(len(written), len(revised))


def _add(conn: Connection, fresh: Sequence[Settled], feed_id: str, language: str, now: datetime) -> set[str]:
    if not fresh:
        return set()
    rows = queries("items").new_items(
        conn,
        feed_id=feed_id,
        language=language,
        now=now,
        item_ids=[each.item_id for each in fresh],
        identities=[each.identity for each in fresh],
        urls=[each.entry.url or "" for each in fresh],
        links=[each.entry.link for each in fresh],
        published=[each.entry.published for each in fresh],
    )
    return {row["item_id"] for row in rows}


def _revise(conn: Connection, edits: Sequence[Settled]) -> set[str]:
    if not edits:
        return set()
    rows = queries("items").revise_items(
        conn, item_ids=[each.item_id for each in edits], revisions=[each.revision for each in edits]
    )
    return {row["item_id"] for row in rows}


def _reword(conn: Connection, worded: Sequence[Settled], poll_id: int, now: datetime) -> None:
    if worded:
        queries("items").new_revisions(
            conn,
            poll_id=poll_id,
            now=now,
            item_ids=[each.item_id for each in worded],
            revisions=[each.revision for each in worded],
            titles=[each.entry.title for each in worded],
            summaries=[each.entry.summary for each in worded],
            bodies=[each.entry.text for each in worded],
            fingerprints=[each.fingerprint for each in worded],
        )


def _known(conn: Connection, feed_id: str, entries: Sequence[Entry]) -> tuple[dict[str, Known], dict[str, Known]]:
    """What is stored of a document's entries: by the feed's own keys, and by identity."""
    keys, identities = names_of(feed_id, entries)
    by_key: dict[str, Known] = {}
    by_identity: dict[str, Known] = {}
    for row in queries("items").known_items(conn, feed_id=feed_id, guids=keys, identities=identities):
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
