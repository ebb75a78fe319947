"""The outbox: one row a subscriber, edition and channel; claimed, handed over and recorded, one at a time.

Between the server's yes and our commit nothing can be made certain: a process killed just there sends that one mail
again, under the same Message-ID. Everything else happens once.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from sanctions_monitor.delivery import mail, webhook
from sanctions_monitor.delivery.answers import Refused
from sanctions_monitor.delivery.notice import as_json, as_lines
from sanctions_monitor.delivery.smtp import mail_server, send
from sanctions_monitor.delivery.unsubscribe import signing_key, stop_url
from sanctions_monitor.digests import StoredDigest, read_parts
from sanctions_monitor.errors import DeliveryError, UserError
from sanctions_monitor.logs import get_logger
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    import smtplib
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection
    from sanctions_monitor.subscriptions import Subscriber

log = get_logger("delivery")
FIRST_PAUSE = timedelta(minutes=5)
"""After a "not now" (4xx); doubled with every further one, at most half a day."""
LONGEST_PAUSE = timedelta(hours=12)
GIVEN_UP_AFTER = timedelta(days=5)
"""RFC 5321, section 4.5.4.1: a sender gives up after four to five days."""
MAILS_A_SESSION = 50
"""So many mails are worth a session of their own."""
BROKEN_IN_A_ROW = 3
"""After so many broken connections in a row the server is taken to be away."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One mail or notice that is to be in the outbox."""

    subscriber: Subscriber
    digest_id: int
    channel: str = "mail"
    skipped: bool = False
    urgent: bool = False


def enqueue(
    conn: Connection, edition: str, day: object, wanted: Sequence[Wanted], now: datetime, settings: Settings
) -> None:
    """Puts an edition for each subscriber into the outbox, unless he has it there already."""
    key = signing_key(conn, settings)
    queries("delivery").new_deliveries(
        conn,
        [
            {
                "subscriber_id": each.subscriber.id,
                "day": day,
                "edition": edition,
                "channel": each.channel,
                "urgent": each.urgent,
                "digest_id": each.digest_id,
                "address": each.subscriber.address if each.channel == "mail" else "",
                "message_id": mail.message_id(each.subscriber.id, edition, each.channel, settings.mail_from),
                "mail_from": settings.mail_from,
                "stop_url": stop_url(settings, key, each.subscriber.id),
                "state": "skipped" if each.skipped else "pending",
                "now": now,
            }
            for each in wanted
        ],
    )


def deliver(settings: Settings, now: datetime) -> None:
    """Sends what waits in the outbox. Raises DeliveryError where a server is away; the rest waits on.

    Notices to programs go first, then the mails, urgent ones before others. Many mails are sent in several sessions at
    the same time (`smtp_parallel`), each of which claims its own.
    """
    with connect(settings) as conn:
        queries("delivery").stop_for_those_who_left(conn)
    trouble = _work(settings, now, "program")
    if settings.smtp_url is not None:
        with connect(settings, read_only=True) as conn:
            waiting = queries("delivery").count_waiting(conn, now=now)["mails"]
        sessions = min(settings.smtp_parallel, -(-waiting // MAILS_A_SESSION))
        if sessions:
            with ThreadPoolExecutor(sessions) as pool:
                done = pool.map(lambda _: _work(settings, now, "mail"), range(sessions))
                trouble += [problem for each in done for problem in each]
    if trouble:
        raise DeliveryError(trouble[-1])


def _work(settings: Settings, now: datetime, kind: str) -> list[str]:
    """Sends what waits of a kind over one session, until nothing is left or the server is away; gives what failed."""
    with connect(settings) as conn, ExitStack() as session:
        conn.autocommit = True
        return _Sender(settings, now, conn, session).send_all(kind)


class _Sender:
    """One connection to the database, one session with the mail server, and the digest that was encoded last."""

    def __init__(self, settings: Settings, now: datetime, conn: Connection, session: ExitStack) -> None:
        self._settings = settings
        self._now = now
        self._conn = conn
        self._session = session
        self._server: smtplib.SMTP | None = None
        self._digest: StoredDigest | None = None
        self._body: mail.Body | None = None

    def send_all(self, kind: str) -> list[str]:
        """Sends one after the other. Programs never hold up each other; a mail server that is away ends it."""
        trouble: list[str] = []
        broken_in_a_row = 0
        while broken_in_a_row < BROKEN_IN_A_ROW:
            if kind == "mail":
                try:
                    # before a mail is claimed: a server that is away is no fault of that mail
                    self._mail_server()
                except DeliveryError as problem:
                    return [*trouble, str(problem)]
            problem_told = self._next(kind)
            if problem_told is None:
                break
            broken_in_a_row = broken_in_a_row + 1 if problem_told and kind == "mail" else 0
            trouble += [problem_told] if problem_told else []
        return trouble

    def _next(self, kind: str) -> str | None:
        """Claims, sends and records one in one transaction; None where none is left, else what went wrong, or "".

        The row stays locked while it is under way, so that no other sender takes it; a killed process lets go.
        """
        sql = queries("delivery")
        with self._conn.transaction():
            row = sql.claim_delivery(self._conn, now=self._now, mail=kind == "mail")
            if row is None:
                return None
            try:
                sha256 = self._hand_over(row)
            except Refused as refusal:
                self._refused(row, refusal)
                return ""
            except (DeliveryError, UserError) as problem:
                self._hang_up()
                # this very mail may be what the server breaks off at: the others go first next time
                self._refused(row, Refused(str(problem), permanent=False))
                return str(problem)
            sql.delivery_sent(self._conn, delivery_id=row["delivery_id"], sha256=sha256, now=self._now)
            return ""

    def _hand_over(self, row: dict[str, Any]) -> str:
        """Gives one to its server, and the fingerprint of what the server took."""
        channel, _, name = row["channel"].partition(":")
        digest = self._digest_of(row["digest_id"])
        if channel == "slack":
            text = as_lines(digest)
            webhook.post_to_slack(name, text)
            return hashlib.sha256(text.encode()).hexdigest()
        if channel == "webhook":
            payload = as_json(self._conn, digest, row)
            webhook.post(webhook.named(self._settings, name), row["message_id"], payload, self._now)
            return hashlib.sha256(payload).hexdigest()
        if self._body is None:
            self._body = mail.body(digest, read_parts(self._conn, digest.digest_id))
        content = mail.compose_mail(digest, self._body, envelope(row))
        sender = parseaddr(row["mail_from"])[1]
        send(self._mail_server(), content, sender, row["address"], self._settings.smtp_total_timeout)
        return hashlib.sha256(content).hexdigest()

    def _digest_of(self, digest_id: int) -> StoredDigest:
        """The digest that was sent last, or another, whose body is then encoded anew."""
        if self._digest is None or self._digest.digest_id != digest_id:
            self._digest, self._body = digest_to_send(self._conn, digest_id), None
        return self._digest

    def _mail_server(self) -> smtplib.SMTP:
        if self._server is not None and self._server.sock is None:
            # it ended the session with its last answer (421), which is no fault of the next mail
            self._hang_up()
        if self._server is None:
            url = self._settings.smtp_url
            if url is None:
                raise DeliveryError("No mail server is set: set SANCTIONS_MONITOR_SMTP_URL.")
            self._server = self._session.enter_context(
                mail_server(url.get_secret_value(), self._settings.smtp_timeout, self._settings.smtp_total_timeout)
            )
        return self._server

    def _hang_up(self) -> None:
        self._session.close()
        self._server = None

    def _refused(self, row: dict[str, Any], refusal: Refused) -> None:
        attempts = int(row["attempts"])
        first = row["first_tried_at"] or self._now
        given_up = self._now - first >= GIVEN_UP_AFTER
        dead = refusal.permanent or given_up
        error = f"given up after {GIVEN_UP_AFTER.days} days: {refusal}" if given_up else str(refusal)
        log.warning("refused", subscriber=row["subscriber_id"], channel=row["channel"], reason=error, for_good=dead)
        queries("delivery").delivery_refused(
            self._conn,
            delivery_id=row["delivery_id"],
            state="dead" if dead else "pending",
            error=error,
            now=self._now,
            not_before=self._now + min(FIRST_PAUSE * 2 ** min(attempts, 10), LONGEST_PAUSE),
        )


def digest_to_send(conn: Connection, digest_id: int) -> StoredDigest:
    """The digest of a row of the outbox."""
    return StoredDigest(**queries("delivery").digest_to_send(conn, digest_id=digest_id))


def envelope(row: dict[str, Any]) -> mail.Envelope:
    """Whose mail a row of the outbox is."""
    return mail.Envelope(row["address"], row["mail_from"], row["message_id"], row["stop_url"])
