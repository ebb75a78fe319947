"""One connection to the mail server that is set, and one mail after the other."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from sanctions_monitor.delivery.answers import Refused
from sanctions_monitor.errors import DeliveryError, UserError
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def mail_server(url: str, timeout: float = 30.0) -> Iterator[smtplib.SMTP]:
    """A session with the server at smtp://user:password@host:port or smtps://...

    `timeout` is the seconds that one answer may take. smtp:// takes up STARTTLS, and insists on it unless the host is
    on loopback or the URL ends in ?tls=off. Raises UserError where the URL can't be read, DeliveryError where the
    server can't be reached or refuses the log-in.
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
        server = _open(parts.scheme, host, port, timeout, plain=may_be_plain(host, parts.query))
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


def send(server: smtplib.SMTP, mail: bytes, sender: str, recipient: str) -> None:
    """Hands one mail over. Raises Refused with the server's reason, DeliveryError where no mail would pass.

    No mail passes where the connection broke, and where the server does not take us as a sender: that is no fault of
    the one mail, and must not make it a dead one.
    """
    # an address outside ASCII needs a server that takes one (RFC 6531)
    options = [] if recipient.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
    if options and not server.has_extn("smtputf8"):
        raise Refused("the mail server takes no address outside ASCII (SMTPUTF8)", permanent=True)
    try:
        server.sendmail(sender, [recipient], mail, options)
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
    except OSError as problem:
        raise DeliveryError(f"Mail server: {problem}. The mails wait in the outbox; send again.") from None


def _words(problem: smtplib.SMTPResponseException) -> str:
    word = problem.smtp_error
    return word.decode(errors="replace") if isinstance(word, bytes) else word


def may_be_plain(host: str, query: str) -> bool:
    """Whether a mail may go to this host unencrypted where it offers no TLS: on loopback, or where the URL says so."""
    return parse_qs(query).get("tls") == ["off"] or is_loopback(host)


def _open(scheme: str, host: str, port: int | None, timeout: float, *, plain: bool) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=timeout, context=context)
    server = smtplib.SMTP(host, port or 587, timeout=timeout)
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
