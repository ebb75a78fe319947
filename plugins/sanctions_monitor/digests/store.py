"""The edge of the room: digests in the database, and what earlier ones told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.digests.compose import Correction
from sanctions_monitor.digests.parts import store_parts
from sanctions_monitor.storage import queries
from sanctions_monitor.subscriptions import Codes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sanctions_monitor.alerts import Picture
    from sanctions_monitor.digests.compose import Digest
    from sanctions_monitor.digests.parts import Part
    from sanctions_monitor.digests.render import Rendered
    from sanctions_monitor.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A digest or notice as it was rendered; it is shown and sent like this for good.

    `kind` is daily or urgent; `cut` is the fingerprint of a filter and form, empty for the whole edition.
    """

    digest_id: int
    day: date
    edition: str
    subject: str
    text: str
    html: str
    alerts: int
    watch: int
    composed_at: datetime
    kind: str = "daily"
    cut: str = ""


def find(conn: Connection, day: date, edition: str, *, kind: str = "daily", cut: str = "") -> StoredDigest | None:
    """The stored digest of a day, edition and cut, if there is one."""
    row = queries("digests").find_digest(conn, day=day, edition=edition, kind=kind, cut=cut)
    return StoredDigest(**row) if row else None


def keep(
    conn: Connection, digest: Digest, rendered: Rendered, now: datetime, attachments: Iterable[Part] = ()
) -> StoredDigest:
    """Stores a rendered digest, or gives the one that another process stored first."""
    entries = [(alert.alert_id, "alert") for alert in digest.alerts]
    entries += [(each.alert.alert_id, "development") for each in digest.followed]
    entries += [(each.alert_id, "correction") for each in digest.corrections]
    return _keep(
        conn,
        StoredDigest(
            0,
            digest.day,
            digest.zone,
            rendered.subject,
            rendered.text,
            rendered.html,
            len(digest.alerts),
            len(digest.watch),
            now,
            "daily",
            digest.cut.key,
        ),
        rendered,
        (*rendered.parts, *attachments),
        entries,
    )


def keep_notice(
    conn: Connection, rendered: Rendered, alert_ids: Iterable[str], day: date, zone: str, cut: str, now: datetime
) -> StoredDigest:
    """Stores an urgent notice of these alerts, or gives the one that is stored."""
    entries = [(alert_id, "alert") for alert_id in alert_ids]
    notice = StoredDigest(
        0, day, zone, rendered.subject, rendered.text, rendered.html, len(entries), 0, now, "urgent", cut
    )
    return _keep(conn, notice, rendered, rendered.parts, entries)


def _keep(
    conn: Connection,
    digest: StoredDigest,
    rendered: Rendered,
    parts: Iterable[Part],
    entries: Iterable[tuple[str, str]],
) -> StoredDigest:
    sql = queries("digests")
    row = sql.new_digest(
        conn,
        day=digest.day,
        edition=digest.edition,
        kind=digest.kind,
        cut=digest.cut,
        subject=digest.subject,
        text=digest.text,
        html=digest.html,
        alerts=digest.alerts,
        watch=digest.watch,
        faults=list(rendered.faults),
        now=digest.composed_at,
    )
    if row is not None:
        sql.new_entries(
            conn, [{"digest_id": row["digest_id"], "alert_id": alert_id, "part": part} for alert_id, part in entries]
        )
        store_parts(conn, row["digest_id"], parts)
    stored = find(conn, digest.day, digest.edition, kind=digest.kind, cut=digest.cut)
    if stored is None:
        raise LookupError(f"digest {digest.day} {digest.edition} is gone: it was deleted while it was made")
    return stored


def late_alerts(conn: Connection, day: date, edition: str) -> set[str]:
    """Alerts of earlier days that no digest of this edition has shown: their first item was seen too late for it."""
    return {row["alert_id"] for row in queries("digests").late_alerts(conn, day=day, edition=edition)}


def withdrawn(conn: Connection, day: date, edition: str, since: datetime, picture: Picture) -> list[Correction]:
    """Alerts that this edition told before `day` and that do not stand in the picture, each once.

    `since` is how far back the picture reaches. The reason is the picture's own where it knows one: else the item was
    edited since, or a newer coder reads it otherwise.
    """
    standing = sorted(alert.alert_id for alert in picture.alerts)
    noted = {each.alert_id: _clause(each.note) for each in picture.withdrawn}
    return [
        Correction(
            row["alert_id"],
            row["headline"],
            row["told_on"],
            noted.get(row["alert_id"], row["reason"]),
            Codes(
                tuple(row["senders"]),
                tuple(row["targets"]),
                tuple(row["commodities"]),
                row["action"],
                row["severity"],
                (row["headline"],),
            ),
        )
        for row in queries("digests").withdrawn(conn, day=day, edition=edition, since=since, standing=standing)
    ]


def _clause(note: str) -> str:
    """A note as a clause behind a colon: without its label and its full stop."""
    return note.removeprefix("Withdrawn: ").removeprefix("Correction: ").rstrip(".")
