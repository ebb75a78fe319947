"""A stored digest as a mail (RFC 5322): text, HTML with its pictures, attachments; the same bytes whenever it is made.

Ten thousand readers share a digest: its body is encoded once (`Body`), and a mail is that body behind its own header.
The one personal line, how to stop the mails, stands at two marked places of the body.
"""

from __future__ import annotations

import hashlib
import quopri
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sanctions_monitor.digests import Part, StoredDigest

NOBODY = "undisclosed-recipients:;"
STOP_MARK = "<!--how-to-stop-->"
"""Where the HTML of a digest has room for the reader's own line; everything from feeds is escaped and can't hold it."""
_TEXT_MARK = "[how-to-stop]"
_LIST_NAME = "Sanctions Monitor"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whose mail it is: everything that is not the digest's own."""

    to: str
    mail_from: str
    message_id: str
    stop_url: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The encoded body with its MIME headers, cut at the reader's own lines: before the text's, between, after."""

    pieces: tuple[bytes, bytes, bytes]


def message_id(subscriber_id: str, edition: str, channel: str, mail_from: str) -> str:
    """The same for every try of one subscriber's mail of one edition, so that a repeat can be known as one."""
    key = hashlib.sha256(f"{subscriber_id} {edition} {channel}".encode()).hexdigest()[:24]
    return f"<{edition.replace(' ', '-')}-{key}@{_domain(mail_from)}>"


def house_message_id(edition: str, day: date, mail_from: str) -> str:
    """The id of the mail that is written to a file for nobody in particular."""
    return message_id(edition, day.isoformat(), "file", mail_from)


def body(digest: StoredDigest, parts: tuple[Part, ...]) -> Body:
    """Encodes what all readers of a digest get alike."""
    html = digest.html if STOP_MARK in digest.html else digest.html.replace("</body>", f"{STOP_MARK}\n</body>")
    before, mark, after = html.partition(STOP_MARK)
    mail = EmailMessage(policy=SMTP)
    mail.set_content(f"{digest.text.rstrip()}\n\n{_TEXT_MARK}\n", cte="quoted-printable")
    mail.add_alternative(f"{before}\n{mark}\n{after}", subtype="html", cte="quoted-printable")
    page = mail.get_payload()[1]  # type: ignore[index]
    for part in parts:
        major, minor = part.media_type.split("/")
        if part.content_id is not None:
            page.add_related(  # type: ignore[union-attr]
                part.body,
                major,
                minor,
                cid=f"<{part.content_id}>",
                filename=part.name,
                disposition="inline",
            )
    for part in parts:
        major, minor = part.media_type.split("/")
        if part.content_id is None:
            mail.add_attachment(part.body, major, minor, filename=part.name)
    _fix_boundaries(mail, f"{digest.digest_id} {digest.subject} {digest.composed_at.isoformat()}")
    whole = mail.as_bytes()
    text_line, html_line = (_encoded(mark).rstrip(b"\r\n") for mark in (_TEXT_MARK, STOP_MARK))
    first, found_text, rest = whole.partition(b"\r\n" + text_line + b"\r\n")
    middle, found_html, last = rest.partition(b"\r\n" + html_line + b"\r\n")
    if not (found_text and found_html):
        raise LookupError(f"digest {digest.day}: the place for the reader's own line was lost in encoding")
    return Body((first + b"\r\n", b"\r\n" + middle + b"\r\n", b"\r\n" + last))


def compose_mail(digest: StoredDigest, shared: Body, envelope: Envelope) -> bytes:
    """The mail to one address; the same arguments give the same bytes."""
    # only an address needs UTF-8 in a header (RFC 6532); everything else can be encoded for any server
    head = EmailMessage(policy=SMTP if envelope.to.isascii() else SMTPUTF8)
    head["From"] = envelope.mail_from
    head["To"] = envelope.to
    head["Subject"] = digest.subject
    head["Date"] = format_datetime(digest.composed_at)
    head["Message-ID"] = envelope.message_id
    head["Auto-Submitted"] = "auto-generated"
    head["Precedence"] = "list"
    head["List-Id"] = f"{_LIST_NAME} <{digest.kind}.sanctions-monitor.{_domain(envelope.mail_from)}>"
    stop, text, html = "", "", ""
    if envelope.stop_url is not None:
        # not by the policy, which would fold the address onto a line of its own
        stop = f"List-Unsubscribe: <{envelope.stop_url}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
        text = f"To stop these mails: {envelope.stop_url}"
        link = f'<a href="{escape(envelope.stop_url)}">Stop these mails</a>'
        html = f"<p>This mail went to {escape(envelope.to)}. {link}</p>"
    # as_bytes ends a header without a body with an empty line
    header = head.as_bytes().rstrip(b"\r\n") + b"\r\n" + stop.encode("ascii")
    first, middle, last = shared.pieces
    return b"".join((header, first, _encoded(text), middle, _encoded(html), last))


def _encoded(line: str) -> bytes:
    """A line as quoted-printable (RFC 2045), without the end of the line."""
    return quopri.encodestring(line.encode()).replace(b"\n", b"\r\n")


def _fix_boundaries(mail: MIMEPart, seed: str) -> None:
    """A random boundary would make other bytes of the same mail."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{hashlib.sha256(f'{seed} {number}'.encode()).hexdigest()[:32]}")


def _domain(mail_from: str) -> str:
    return parseaddr(mail_from)[1].rpartition("@")[2] or "sanctions-monitor.invalid"
