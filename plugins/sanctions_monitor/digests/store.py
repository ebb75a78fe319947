"""The edge of the room: digests in the database, and the counts that they state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.digests.compose import Coverage
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from datetime import date, datetime

    from sanctions_monitor.digests.compose import Digest
    from sanctions_monitor.digests.render import Rendered
    from sanctions_monitor.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A digest as it was rendered; it is shown and sent like this for good."""

    digest_id: int
    day: date
    edition: str
    subject: str
    text: str
    html: str
    alerts: int
    watch: int
    composed_at: datetime


def find(conn: Connection, day: date, edition: str) -> StoredDigest | None:
    """The stored digest of a day and edition, if there is one."""
    row = queries("digests").find_digest(conn, day=day, edition=edition)
    return StoredDigest(**row) if row else None


def keep(conn: Connection, digest: Digest, rendered: Rendered, now: datetime) -> StoredDigest:
    """Stores a rendered digest, or gives the one that another process stored first."""
    sql = queries("digests")
    row = sql.new_digest(
        conn,
        day=digest.day,
        edition=digest.zone,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        alerts=len(digest.alerts),
        watch=len(digest.watch),
        now=now,
    )
    if row is not None:
        entries = [(alert.alert_id, "alert") for alert in digest.alerts]
        entries += [(each.alert.alert_id, "development") for each in digest.followed]
        sql.new_entries(
            conn, [{"digest_id": row["digest_id"], "alert_id": alert_id, "part": part} for alert_id, part in entries]
        )
    stored = find(conn, digest.day, digest.zone)
    if stored is None:
        raise LookupError(f"digest {digest.day} {digest.zone} is gone: it was deleted while it was made")
    return stored


def late_alerts(conn: Connection, day: date, edition: str) -> set[str]:
    """Alerts of earlier days that no digest of this edition has shown: their first item was seen too late for it."""
    return {row["alert_id"] for row in queries("digests").late_alerts(conn, day=day, edition=edition)}


def read_coverage(conn: Connection, span: tuple[datetime, datetime]) -> Coverage:
    """What was read for a day."""
    sql = queries("digests")
    counts = sql.coverage(conn, first=span[0], after=span[1])
    return Coverage(counts["items"], counts["sources"], tuple(row["title"] for row in sql.failing_feeds(conn)))
