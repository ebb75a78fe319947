"""The edge of the room: entries become rows, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.items.identity import fingerprint, identity, item_id
from sanctions_monitor.items.revise import Known, judge
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.items.parse import Entry
    from sanctions_monitor.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Stored:
    """How many items of a document were new and how many had changed."""

    new: int
    changed: int


def store(
    conn: Connection, entries: Sequence[Entry], *, feed_id: str, language: str, poll_id: int, now: datetime
) -> Stored:
    """Stores a document's entries in the caller's transaction. The same document again changes nothing."""
    sql = queries("items")
    identities = {entry.guid: identity(feed_id, entry.guid, entry.url) for entry in entries}
    known = _known(conn, feed_id, identities)
    verdicts = {"new": 0, "changed": 0, "known": 0}
    told: set[str] = set()
    # always in the same order, so that two polls that bring the same items never wait for each other
    for entry in sorted(entries, key=lambda each: identities[each.guid]):
        print_ = fingerprint(entry.title, entry.summary, entry.text)
        before = known.get(entry.guid)
        id_ = before.item_id if before else item_id(identities[entry.guid])
        # live blogs link many entries to one page: the first gives its wording, the others are sightings of it
        verdict = "known" if id_ in told else judge(before, feed_id, print_)
        told.add(id_)
        row = {
            "item_id": id_,
            "identity": identities[entry.guid],
            "feed_id": feed_id,
            "url": entry.url or "",
            "language": language,
            "published_at": entry.published,
            "now": now,
            "revision": before.revision + 1 if before else 1,
            "title": entry.title,
            "summary": entry.summary,
            "body": entry.text,
            "content_sha256": print_,
            "poll_id": poll_id,
            "entry_key": entry.guid,
        }
        # no row where another poll was faster
        if (verdict == "new" and not sql.new_item(conn, **row)) or (
            verdict == "changed" and not sql.revise_item(conn, **row)
        ):
            verdict = "known"
        if verdict != "known":
            sql.new_revision(conn, **row)
        sql.sight(conn, **row)
        verdicts[verdict] += 1
    queries("feeds").count_poll_items(
        conn, poll_id=poll_id, items_new=verdicts["new"], items_changed=verdicts["changed"]
    )
    return Stored(verdicts["new"], verdicts["changed"])


def _known(conn: Connection, feed_id: str, identities: dict[str, str]) -> dict[str, Known]:
    """What is stored of these entries (guid -> known), by the feed's own guid first, else by identity.

    The guid goes first: a page that moved to another address under its old guid is still the same item.
    """
    rows = queries("items").known_items(
        conn, feed_id=feed_id, guids=list(identities), identities=list(identities.values())
    )
    by_guid: dict[str, Known] = {}
    by_identity: dict[str, Known] = {}
    for row in rows:
        each = Known(row["item_id"], row["feed_id"], row["revision"], row["content_sha256"])
        by_identity[row["identity"]] = each
        if row["entry_key"] is not None:
            by_guid[row["entry_key"]] = each
    found = {guid: by_guid.get(guid) or by_identity.get(name) for guid, name in identities.items()}
    return {guid: each for guid, each in found.items() if each is not None}
