"""The digests that are stored, and what became of their mails. Read only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg.errors import UndefinedTable

from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from datetime import date, datetime

    from sanctions_monitor.settings import Settings


@dataclass(frozen=True)
class Entry:
    """One digest in the list. `sent`, `waiting` and `refused` count its mails."""

    day: date
    edition: str
    subject: str
    alerts: int
    watch: int
    composed_at: datetime
    sent: int
    waiting: int
    refused: int


@dataclass(frozen=True)
class StoredDigest:
    """One digest as it was rendered; `older` and `newer` are the days of its neighbours in the same edition."""

    day: date
    edition: str
    subject: str
    body_html: str
    older: date | None
    newer: date | None


def find_picture(settings: Settings, name: str) -> bytes | None:
    """A picture of any digest by its name, which its content gives it. Raises StorageError as `find_digest` does."""
    try:
        with connect(settings, read_only=True) as conn:
            row = queries("web").find_picture(conn, name=name)
    except UndefinedTable:
        return None
    return bytes(row["body"]) if row else None


def list_digests(settings: Settings, *, before: date | None, days: int) -> list[Entry]:
    """The digests of the latest `days` days that have one, newest first; `before` is the first day left out.

    Raises StorageError where the database can't be reached.
    """
    try:
        with connect(settings, read_only=True) as conn:
            return [Entry(**row) for row in queries("web").list_digests(conn, before=before, days=days)]
    except UndefinedTable:
        # a server before its first poll: the pages never migrate, since they only read
        return []


def find_digest(settings: Settings, day: date, edition: str) -> StoredDigest | None:
    """The digest of this day and edition, if there is one. Raises StorageError where the database can't be reached."""
    try:
        with connect(settings, read_only=True) as conn:
            row = queries("web").find_digest(conn, day=day, edition=edition)
    except UndefinedTable:
        return None
    return StoredDigest(**row) if row else None
