"""A digest as files beside its tables: as text, as a page with its pictures, and as a mail to nobody in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.delivery.mail import NOBODY, Envelope, body, compose_mail, house_message_id
from sanctions_monitor.digests.parts import with_local_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sanctions_monitor.digests import Part, StoredDigest
    from sanctions_monitor.settings import Settings


def write_files(digest: StoredDigest, parts: Sequence[Part], folder: Path, settings: Settings) -> None:
    """Writes `digest.html` with its pictures, `digest.txt` and `digest.eml`; the mail names no subscriber."""
    folder.mkdir(parents=True, exist_ok=True)
    envelope = Envelope(NOBODY, settings.mail_from, house_message_id(digest.edition, digest.day, settings.mail_from))
    pictures = {part.name: part.body for part in parts if part.content_id is not None}
    files = {
        "digest.html": with_local_pictures(digest.html).encode(),
        "digest.txt": digest.text.encode(),
        "digest.eml": compose_mail(digest, body(digest, tuple(parts)), envelope),
    }
    for name, content in (pictures | files).items():
        part = folder / f".{name}.part"
        try:
            part.write_bytes(content)
            part.replace(folder / name)
        finally:
            part.unlink(missing_ok=True)
