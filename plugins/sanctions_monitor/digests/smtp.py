"""One connection to the mail server that is set, and one mail after the other."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from sanctions_monitor.errors import DeliveryError, UserError
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

TIMEOUT = 30.0
"""Seconds for one answer of the mail server."""


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The server does not take this mail. `permanent` (5xx) means never, else (4xx) not now."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        """`reason` is the server's own word."""
        super().__init__(reason)
        self.permanent = permanent


@contextmanager
def mail_server(url: str) -> Iterator[smtplib.SMTP]:
    """A session with the server at smtp://user:password@host:port or smtps://...

    smtp:// takes up STARTTLS, and insists on it unless the host is on loopback or the URL ends in ?tls=off. Raises
    UserError where the URL can't be read, DeliveryError where the server can't be reached or refuses the log-in.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("smtp", "smtps"):
        raise UserError(
            f"SANCTIONS_MONITOR_SMTP_URL={without_password(url)!r} is no mail server: "
            "write smtp://user:password@host:587 or smtps://host:465, and %40 or %2F for @ or / in a password."
        )
    try:
        server = _open(parts.scheme, host, port, plain=may_be_plain(host, parts.query))
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException) as problem:
        raise DeliveryError(
            f"Mail server {without_password(url)}: {problem}. The mails wait in the outbox; "
            "check SANCTIONS_MONITOR_SMTP_URL, then send again."
        ) from None
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def send(server: smtplib.SMTP, mail: EmailMessage, sender: str, recipient: str) -> None:
    """Hands one mail over. Raises Refused with the server's reason, DeliveryError where no mail would pass.

    No mail passes where the connection broke, and where the server does not take us as a sender: that is no fault of
    the one mail, and must not make it a dead one.
    """
    try:
        server.send_message(mail, sender, [recipient])
    except smtplib.SMTPRecipientsRefused as problem:
        code, reason = problem.recipients[recipient]
        raise Refused(f"{code} {reason.decode(errors='replace')}", permanent=code >= 500) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError) as problem:
        raise DeliveryError(
            f"Mail server: it refuses {sender} as a sender: {problem.smtp_code} {_words(problem)}. The mails wait in "
            "the outbox; check SANCTIONS_MONITOR_MAIL_FROM and SANCTIONS_MONITOR_SMTP_URL, then send again."
        ) from None
    except smtplib.SMTPResponseException as problem:
        raise Refused(f"{problem.smtp_code} {_words(problem)}", permanent=problem.smtp_code >= 500) from None
    except smtplib.SMTPNotSupportedError as problem:
        # an address outside ASCII, and a server without SMTPUTF8 (RFC 6531)
        raise Refused(str(problem), permanent=True) from None
    except OSError as problem:
        raise DeliveryError(f"Mail server: {problem}. The mails wait in the outbox; send again.") from None


def _words(problem: smtplib.SMTPResponseException) -> str:
    word = problem.smtp_error
    return word.decode(errors="replace") if isinstance(word, bytes) else word


def may_be_plain(host: str, query: str) -> bool:
    """Whether a mail may go to this host unencrypted where it offers no TLS: on loopback, or where the URL says so."""
    return parse_qs(query).get("tls") == ["off"] or _is_loopback(host)


def _open(scheme: str, host: str, port: int | None, *, plain: bool) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, port or 587, timeout=TIMEOUT)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif not plain:
        server.close()
        raise smtplib.SMTPNotSupportedError("it offers no TLS (add ?tls=off to the URL only inside a private network)")
    return server


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
