"""Subscribers in the database: those of the file, those made by commands, and who has stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanctions_monitor.errors import UserError
from sanctions_monitor.storage import queries
from sanctions_monitor.subscriptions.subscriber import Subscriber

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.storage.connection import Connection

_FIELDS = tuple(Subscriber.model_fields)


@dataclass(frozen=True, slots=True)
class Listed:
    """A subscriber with where he comes from and since when his mails are stopped."""

    subscriber: Subscriber
    origin: str
    added_at: datetime
    paused_at: datetime | None
    last_sent_at: datetime | None


def sync_subscribers(conn: Connection, listed_in_file: Sequence[Subscriber], now: datetime) -> None:
    """Makes the table say what the file says; one who left it is no longer active. Commands' rows stay as they are.

    Raises UserError where the file and a command use the same id.
    """
    sql = queries("subscriptions")
    ids = [each.id for each in listed_in_file]
    if taken := [row["subscriber_id"] for row in sql.made_by_command(conn, ids=ids)]:
        raise UserError(
            f"The subscriber {taken[0]!r} stands in the file and was made by a command too. "
            "Take the line out, or run `sanctions-monitor subscriptions remove`."
        )
    sql.upsert_subscribers(conn, [_row(each, "file", now) for each in listed_in_file])
    sql.retire_others(conn, listed=ids)


def add(conn: Connection, subscriber: Subscriber, now: datetime) -> None:
    """Adds one by command. Raises UserError where the id is in use."""
    if queries("subscriptions").add_subscriber(conn, **_row(subscriber, "command", now)) is None:
        raise UserError(f"There is a subscriber {subscriber.id!r} already. Remove him first, or take another id.")


def subscribers(conn: Connection) -> list[Subscriber]:
    """Those who are to get mails now: active, not paused, not removed; by id."""
    return [_subscriber(row) for row in queries("subscriptions").active(conn)]


def listed(conn: Connection) -> list[Listed]:
    """All who were not removed, by id."""
    return [
        Listed(_subscriber(row), row["origin"], row["added_at"], row["paused_at"], row["last_sent_at"])
        for row in queries("subscriptions").listed(conn)
    ]


def find(conn: Connection, only: str) -> Listed:
    """The subscriber of this id or address. Raises UserError where there is none."""
    everybody = listed(conn)
    for each in everybody:
        if only in (each.subscriber.id, each.subscriber.address):
            return each
    known = ", ".join(each.subscriber.id for each in everybody[:10]) or "none at all"
    raise UserError(f"There is no subscriber {only!r} (there: {known}). Run `sanctions-monitor subscriptions list`.")


def pause(conn: Connection, subscriber_id: str, now: datetime) -> None:
    """Stops all mails to a subscriber, those that wait among them, until `resume`."""
    sql = queries("subscriptions")
    sql.pause(conn, subscriber_id=subscriber_id, now=now)
    sql.stop_waiting(conn, subscriber_id=subscriber_id)


def resume(conn: Connection, subscriber_id: str, now: datetime) -> None:
    """Takes the stop back; what came meanwhile is not sent after."""
    queries("subscriptions").resume(conn, subscriber_id=subscriber_id, now=now)


def remove(conn: Connection, subscriber_id: str, now: datetime) -> None:
    """Removes one who was added by a command; his address is taken out of the outbox and what he got too.

    Raises UserError for a line of the file: it would come back with the next run.
    """
    sql = queries("subscriptions")
    if not sql.made_by_command(conn, ids=[subscriber_id]):
        raise UserError(
            f"The subscriber {subscriber_id!r} is a line of the subscriptions file. Take the line out; "
            "`sanctions-monitor subscriptions pause` stops his mails at once."
        )
    sql.stop_waiting(conn, subscriber_id=subscriber_id)
    sql.forget_address(conn, subscriber_id=subscriber_id)
    sql.remove(conn, subscriber_id=subscriber_id, now=now)


def _row(subscriber: Subscriber, origin: str, now: datetime) -> dict[str, Any]:
    values = {name: getattr(subscriber, name) for name in _FIELDS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()} | {
        "origin": origin,
        "now": now,
    }


def _subscriber(row: dict[str, Any]) -> Subscriber:
    # checked when it was written; checking ten thousand addresses again costs seconds
    values = {name: row[name] for name in _FIELDS}
    checked: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return Subscriber.model_construct(**checked)
