"""Looking into the outbox: what waits, what is dead, one mail byte for byte, and dead ones sent again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanctions_monitor.delivery import mail
from sanctions_monitor.delivery.notice import as_json, as_lines
from sanctions_monitor.delivery.outbox import digest_to_send, envelope
from sanctions_monitor.digests import read_parts
from sanctions_monitor.errors import UserError
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from datetime import datetime

    from sanctions_monitor.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Letter:
    """One row of the outbox."""

    delivery_id: int
    subscriber_id: str
    edition: str
    channel: str
    state: str
    attempts: int
    not_before: datetime
    sent_at: datetime | None
    last_error: str | None
    subject: str


def letters(conn: Connection, *, state: str | None = None, most: int = 200) -> list[Letter]:
    """The rows of a state, or all; the newest first."""
    return [Letter(**row) for row in queries("delivery").letters(conn, state=state, most=most)]


def show(conn: Connection, delivery_id: int) -> tuple[bytes, bool | None]:
    """What was or will be sent, and whether these are the bytes that the server took (None: not sent yet)."""
    row = queries("delivery").letter(conn, delivery_id=delivery_id)
    if row is None:
        raise UserError(f"There is no mail {delivery_id}. `sanctions-monitor outbox list` shows their numbers.")
    content = _content(conn, row)
    same = None if row["mail_sha256"] is None else hashlib.sha256(content).hexdigest() == row["mail_sha256"]
    return content, same


def send_again(conn: Connection, delivery_ids: list[int] | None, now: datetime) -> int:
    """Puts dead ones back among those that wait, all or those named; returns how many. The Message-ID stays.

    Raises UserError for a number that is no dead one's.
    """
    sql = queries("delivery")
    back = [row["delivery_id"] for row in sql.revive(conn, wanted=delivery_ids, now=now)]
    if delivery_ids is not None and (missing := sorted(set(delivery_ids) - set(back))):
        raise UserError(
            f"No dead mail {', '.join(map(str, missing))}: only those can be sent again. "
            "`sanctions-monitor outbox list --state dead` shows them."
        )
    return len(back)


def _content(conn: Connection, row: dict[str, Any]) -> bytes:
    channel = row["channel"].partition(":")[0]
    digest = digest_to_send(conn, row["digest_id"])
    if channel == "webhook":
        return as_json(conn, digest, row)
    if channel == "slack":
        return as_lines(digest).encode()
    return mail.compose_mail(digest, mail.body(digest, read_parts(conn, digest.digest_id)), envelope(row))
