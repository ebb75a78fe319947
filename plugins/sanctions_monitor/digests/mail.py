"""A stored digest as a mail (RFC 5322): text and HTML, and a Message-ID that is fixed by subscriber and date."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sanctions_monitor.digests.store import StoredDigest

NOBODY = "undisclosed-recipients:;"


def message_id(subscriber_id: str, day: date, mail_from: str) -> str:
    """The same for every try of one subscriber's mail of one day, so that a repeat can be known as one."""
    domain = parseaddr(mail_from)[1].rpartition("@")[2] or "sanctions-monitor.invalid"
    key = hashlib.sha256(f"{subscriber_id} {day}".encode()).hexdigest()[:16]
    return f"<digest-{day}-{key}@{domain}>"


def message(digest: StoredDigest, *, mail_from: str, to: str = NOBODY, message_id_: str) -> EmailMessage:
    """The mail of a digest to one address; the same arguments give the same bytes."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = mail_from
    mail["To"] = to
    mail["Subject"] = digest.subject
    mail["Date"] = format_datetime(digest.composed_at)
    mail["Message-ID"] = message_id_
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(digest.text, cte="quoted-printable")
    mail.add_alternative(digest.html, subtype="html", cte="quoted-printable")
    # a random boundary would make other bytes of the same mail
    mail.set_boundary(f"=_{hashlib.sha256(message_id_.encode()).hexdigest()[:32]}")
    return mail
