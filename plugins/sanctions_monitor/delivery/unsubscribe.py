"""The signed address that ends a subscription with one click (RFC 8058), good for one subscriber and nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

PATH = "/sanctions-stop/"
"""Below the address of Airflow's web server, outside its login: who holds a mail holds its signature."""


def signing_key(conn: Connection, settings: Settings) -> bytes:
    """The key that is set, or one that was made at random and is kept in the database, so that old links stay good."""
    if settings.signing_key is not None:
        return settings.signing_key.get_secret_value().encode()
    sql = queries("delivery")
    row = sql.signing_key(conn)
    if row is None:
        sql.new_signing_key(conn, secret=secrets.token_hex(32))
        row = sql.signing_key(conn)
    return str(row["secret"]).encode()


def stop_url(settings: Settings, key: bytes, subscriber_id: str) -> str:
    """The address for one subscriber; it holds no mail address."""
    return f"{settings.public_url.rstrip('/')}{PATH}{_token(key, subscriber_id)}"


def subscriber_of(key: bytes, token: str) -> str | None:
    """Whom a token was signed for; None for one that we did not sign."""
    subscriber_id = token.rpartition(".")[0]
    return subscriber_id if hmac.compare_digest(_token(key, subscriber_id).encode(), token.encode()) else None


def _token(key: bytes, subscriber_id: str) -> str:
    digest = hmac.new(key, f"stop {subscriber_id}".encode(), hashlib.sha256).digest()
    return f"{subscriber_id}.{base64.urlsafe_b64encode(digest[:18]).decode()}"
