"""Who gets the digest: a CSV file, one line a subscriber, checked whole when it is read."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, ValidationError

from sanctions_monitor.errors import DataError
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sanctions_monitor.storage.connection import Connection


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone of the IANA list, such as UTC or Europe/Minsk") from None
    return name


class Subscriber(BaseModel):
    """One line of the subscriptions: the digest of a day in `time_zone` goes out at `hour` o'clock the next morning."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    address: EmailStr
    name: str = Field(min_length=1)
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    hour: int = Field(default=6, ge=0, le=23)
    active: bool = True


def read_subscriptions(path: Path, *, must_exist: bool = False) -> list[Subscriber]:
    """The subscribers of a file; none where there is no file, unless it `must_exist` since somebody named it.

    Raises DataError naming file, line and reason.
    """
    if not path.exists() and not must_exist:
        return []
    try:
        # spreadsheets put a mark of byte order before UTF-8, which would become part of the first column's name
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise DataError(f"{path}: {problem}. Set SANCTIONS_MONITOR_SUBSCRIPTIONS to a CSV file in UTF-8.") from None
    found: dict[str, Subscriber] = {}
    for line, row in rows:
        if None in row:
            raise DataError(f"{path}, line {line}: more cells than columns. Put a cell that holds a comma in quotes.")
        try:
            subscriber = Subscriber.model_validate(row)
        except ValidationError as problem:
            first = problem.errors()[0]
            column = ".".join(str(part) for part in first["loc"])
            raise DataError(
                f"{path}, line {line}, {column}={row.get(column)!r}: {first['msg']}. Mend the line."
            ) from None
        if subscriber.id in found:
            raise DataError(f"{path}, line {line}: the id {subscriber.id!r} stands twice. Take one out.")
        found[subscriber.id] = subscriber
    return list(found.values())


def sync_subscribers(conn: Connection, subscribers: Sequence[Subscriber]) -> None:
    """Makes the table say what the file says; a subscriber who left it is no longer active."""
    sql = queries("digests")
    sql.upsert_subscribers(conn, [each.model_dump() for each in subscribers])
    sql.retire_others(conn, listed=[each.id for each in subscribers])
