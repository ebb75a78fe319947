"""The outbox: one row a subscriber and date; a mail is claimed, handed over and recorded, one at a time.

Between the server's yes and our commit nothing can be made certain: a process killed just there sends that one mail
again, under the same Message-ID. Everything else happens once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from sanctions_monitor.digests.mail import message, message_id
from sanctions_monitor.digests.smtp import Refused, mail_server, send
from sanctions_monitor.digests.store import StoredDigest
from sanctions_monitor.errors import DeliveryError
from sanctions_monitor.logs import get_logger
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.digests.subscriptions import Subscriber
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

log = get_logger("digests")
FIRST_PAUSE = timedelta(minutes=5)
"""After a "not now" (4xx); doubled with every further one, at most half a day."""
LONGEST_PAUSE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the mails of a run."""

    sent: int = 0
    waiting: int = 0
    dead: int = 0


def enqueue(
    conn: Connection, digest: StoredDigest, subscribers: Sequence[Subscriber], now: datetime, settings: Settings
) -> None:
    """Puts a mail for each subscriber into the outbox, unless that date has one already."""
    queries("digests").new_deliveries(
        conn,
        [
            {
                "subscriber_id": each.id,
                "day": digest.day,
                "digest_id": digest.digest_id,
                "address": each.address,
                "message_id": message_id(each.id, digest.day, settings.mail_from),
                "now": now,
            }
            for each in subscribers
        ],
    )


def deliver(settings: Settings, now: datetime) -> None:
    """Sends what waits in the outbox. Raises DeliveryError where the server is away; the mails then wait on."""
    if settings.smtp_url is None:
        return
    with connect(settings, read_only=True) as conn:
        if queries("digests").count_waiting(conn, now=now)["waiting"] == 0:
            return
    with mail_server(settings.smtp_url.get_secret_value()) as server:
        while _next(settings, now, server):
            pass


def _next(settings: Settings, now: datetime, server: object) -> bool:
    """Claims, sends and records one mail in one transaction; false where none is left.

    The row stays locked while the mail is under way, so that no other sender takes it; a killed process lets go.
    """
    sql = queries("digests")
    broken: DeliveryError | None = None
    with connect(settings) as conn:
        row = sql.claim_delivery(conn, now=now)
        if row is None:
            return False
        digest = StoredDigest(**{name: row[name] for name in StoredDigest.__dataclass_fields__})
        mail = message(digest, mail_from=settings.mail_from, to=row["address"], message_id_=row["message_id"])
        try:
            send(server, mail, parseaddr(settings.mail_from)[1], row["address"])  # type: ignore[arg-type]
        except Refused as refusal:
            _refused(conn, row, refusal, now)
        except DeliveryError as problem:
            # this very mail may be what the server breaks off at: the others go first next time
            _refused(conn, row, Refused(str(problem), permanent=False), now)
            broken = problem
        else:
            sql.delivery_sent(conn, delivery_id=row["delivery_id"], now=now)
    if broken is not None:
        raise broken
    return True


def _refused(conn: Connection, row: dict[str, object], refusal: Refused, now: datetime) -> None:
    attempts = int(str(row["attempts"]))
    log.warning("mail_refused", subscriber=row["subscriber_id"], reason=str(refusal), permanent=refusal.permanent)
    queries("digests").delivery_refused(
        conn,
        delivery_id=row["delivery_id"],
        state="dead" if refusal.permanent else "pending",
        error=str(refusal),
        not_before=now + min(FIRST_PAUSE * 2 ** min(attempts, 10), LONGEST_PAUSE),
    )
