"""One connection to the mail server that is set, and one mail after the other."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from sanctions_monitor.delivery.answers import Refused
from sanctions_monitor.errors import DeliveryError, UserError
from sanctions_monitor.feeds.time_limit import stop_at_limit, time_limit
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Iterator

FAREWELL = 5.0
"""Seconds that a server may take to say goodbye: every mail is recorded by then."""


@contextmanager
def mail_server(url: str, timeout: float = 30.0, total: float = 120.0) -> Iterator[smtplib.SMTP]:
    """A session with the server at smtp://user:password@host:port or smtps://...

    `timeout` is the seconds to wait for the server's next word, `total` those for the whole greeting and log-in.
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
    began = time.monotonic()
    try:
        with time_limit(total):
            server = _open(parts.scheme, host, port, timeout, plain=may_be_plain(host, parts.query))
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException) as problem:
        why = _slow(total) if time.monotonic() - began >= total else problem
        raise DeliveryError(
            f"Mail server {without_password(url)}: {why}. The mails wait in the outbox; "
            "check SANCTIONS_MONITOR_SMTP_URL, then send again."
        ) from None
    try:
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException), time_limit(FAREWELL):
            server.quit()


def send(server: smtplib.SMTP, mail: bytes, sender: str, recipient: str, total: float = 120.0) -> None:
    """Hands one mail over, within `total` seconds. Raises Refused with the server's reason, or DeliveryError.

    DeliveryError is where no mail would pass: the connection broke or the time is over, or the server does not take us
    as a sender. That is no fault of the one mail, and must not make it a dead one.
    """
    # an address outside ASCII needs a server that takes one (RFC 6531)
    options = [] if recipient.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
    if options and not server.has_extn("smtputf8"):
        raise Refused("the mail server takes no address outside ASCII (SMTPUTF8)", permanent=True)
    began = time.monotonic()
    try:
        with time_limit(total):
            server.sendmail(sender, [recipient], mail, options)
    except OSError as problem:
        # all of smtplib's are; and what a server had said when its time was over is half a word
        if time.monotonic() - began >= total:
            raise DeliveryError(f"Mail server: {_slow(total)}. The mails wait in the outbox; send again.") from None
        raise _told(problem, sender, recipient) from None


def _told(problem: OSError, sender: str, recipient: str) -> Refused | DeliveryError:
    """What a fault of sending means: this mail is refused, or none would pass."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, reason = problem.recipients[recipient]
        return Refused(f"{code} {reason.decode(errors='replace')}", permanent=code >= 500)
    if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPHeloError):
        return DeliveryError(
            f"Mail server: it refuses {sender} as a sender: {problem.smtp_code} {_words(problem)}. The mails wait in "
            "the outbox; check SANCTIONS_MONITOR_MAIL_FROM and SANCTIONS_MONITOR_SMTP_URL, then send again."
        )
    if isinstance(problem, smtplib.SMTPResponseException):
        return Refused(f"{problem.smtp_code} {_words(problem)}", permanent=problem.smtp_code >= 500)
    return DeliveryError(f"Mail server: {problem}. The mails wait in the outbox; send again.")


class _Limited:
    """Ends at the limit of its thread: a server that drips starts smtplib's own timeout anew with every byte."""

    def getreply(self) -> Any:
        """The server's next answer."""
        if (sock := self.sock) is not None:  # type: ignore[attr-defined]
            stop_at_limit(sock)
        return super().getreply()  # type: ignore[misc]


class _Session(_Limited, smtplib.SMTP):
    """A session that begins in the clear."""


class _TlsSession(_Limited, smtplib.SMTP_SSL):
    """A session that is TLS from the first byte."""


def _slow(total: float) -> str:
    """At the limit we shut the connection down, and smtplib knows nothing of the reason."""
    return f"it was not done after {total:g} s (SANCTIONS_MONITOR_SMTP_TOTAL_TIMEOUT)"


def _words(problem: smtplib.SMTPResponseException) -> str:
    word = problem.smtp_error
    return word.decode(errors="replace") if isinstance(word, bytes) else word


def may_be_plain(host: str, query: str) -> bool:
    """Whether a mail may go to this host unencrypted where it offers no TLS: on loopback, or where the URL says so."""
    return parse_qs(query).get("tls") == ["off"] or is_loopback(host)


def _open(scheme: str, host: str, port: int | None, timeout: float, *, plain: bool) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return _TlsSession(host, port or 465, timeout=timeout, context=context)
    server = _Session(host, port or 587, timeout=timeout)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif not plain:
        server.close()
        raise smtplib.SMTPNotSupportedError("it offers no TLS (add ?tls=off to the URL only inside a private network)")
    return server


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, by its written name or number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
