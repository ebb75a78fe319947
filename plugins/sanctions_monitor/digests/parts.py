"""What a digest carries beside its text: pictures that its HTML shows, and attachments. Each content is stored once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sanctions_monitor.storage.connection import Connection

CONTENT_ID_DOMAIN = "sanctions-monitor"
_PICTURE = re.compile(rf"(?<=src=\")cid:([a-z0-9-]+\.png)@{CONTENT_ID_DOMAIN}(?=\")")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a digest. With a `content_id` it is a picture inside the HTML (RFC 2392), else an attachment."""

    name: str
    media_type: str
    body: bytes
    content_id: str | None = None


def picture(stem: str, png: bytes) -> Part:
    """A picture, named by its content, so that the same one has one name in all digests."""
    name = f"{stem}-{hashlib.sha256(png).hexdigest()[:16]}.png"
    return Part(name, "image/png", png, f"{name}@{CONTENT_ID_DOMAIN}")


def with_local_pictures(html: str, prefix: str = "") -> str:
    """The HTML for a browser: pictures that a mail carries inside are asked for at `prefix` + their name."""
    return _PICTURE.sub(rf"{prefix}\1", html)


def store_parts(conn: Connection, digest_id: int, parts: Iterable[Part]) -> None:
    """Keeps the parts of a digest."""
    sql = queries("digests")
    rows = [
        {
            "digest_id": digest_id,
            "name": part.name,
            "media_type": part.media_type,
            "content_id": part.content_id,
            "sha256": hashlib.sha256(part.body).hexdigest(),
            "body": part.body,
        }
        for part in parts
    ]
    if rows:
        sql.new_blobs(conn, rows)
        sql.new_parts(conn, rows)


def read_parts(conn: Connection, digest_id: int) -> tuple[Part, ...]:
    """The parts of a digest, by name."""
    return tuple(
        Part(row["name"], row["media_type"], bytes(row["body"]), row["content_id"])
        for row in queries("digests").parts(conn, digest_id=digest_id)
    )
