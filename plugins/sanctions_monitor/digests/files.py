"""A digest as files beside its CSVs: as text, as a page, and as a mail to nobody in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.digests.mail import message, message_id

if TYPE_CHECKING:
    from pathlib import Path

    from sanctions_monitor.digests.store import StoredDigest
    from sanctions_monitor.settings import Settings


def write_files(digest: StoredDigest, folder: Path, settings: Settings) -> None:
    """Writes `digest.html`, `digest.txt` and `digest.eml`; the mail names no subscriber, since files are passed on."""
    folder.mkdir(parents=True, exist_ok=True)
    mail = message(
        digest,
        mail_from=settings.mail_from,
        message_id_=message_id(digest.edition, digest.day, settings.mail_from),
    )
    for name, content in (
        ("digest.html", digest.html.encode()),
        ("digest.txt", digest.text.encode()),
        ("digest.eml", mail.as_bytes()),
    ):
        part = folder / f".{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
