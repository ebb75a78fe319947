"""One subscriber: a line of the subscriptions, every cell checked."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, EmailStr, Field, ValidationError

from sanctions_monitor.reference.tables import FOLDER, table

SEVERITIES = ("low", "medium", "high")
ACTIONS = ("impose", "extend", "ease", "enforce")
_CHANNEL = re.compile(r"mail|(webhook|slack):[A-Za-z0-9_.-]+")


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone of the IANA list, such as UTC or Europe/Minsk") from None
    return name


def _language(name: str) -> str:
    try:
        return str(Locale.parse(name.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise ValueError("must be a language that dates can be written in, such as en, de or pt_BR") from None


def _cells(value: object) -> object:
    """A cell's list: values apart by "|"; lists as they are."""
    if isinstance(value, str):
        return tuple(each.strip() for each in value.split("|") if each.strip())
    return value


def _one_of(known: frozenset[str], kind: str, where: str, values: tuple[str, ...]) -> tuple[str, ...]:
    for each in values:
        if each not in known:
            raise ValueError(f"{each!r} is no {kind}. {where}")
    return tuple(sorted(set(values)))


def _parties(values: tuple[str, ...]) -> tuple[str, ...]:
    where = "Use ISO 3166-1 alpha-2 (BY, GB) or a body (EU, UN); several are joined by |"
    return _one_of(_ids("country", "alpha2") | _ids("organisation", "id"), "country or body", where, values)


def _goods(values: tuple[str, ...]) -> tuple[str, ...]:
    return _one_of(_ids("commodity", "id"), "kind of goods", "The ids stand in sql/reference/commodities.csv", values)


def _actions(values: tuple[str, ...]) -> tuple[str, ...]:
    return _one_of(frozenset(ACTIONS), "action", f"There are {', '.join(ACTIONS)}", values)


def _attachments(values: tuple[str, ...]) -> tuple[str, ...]:
    return _one_of(frozenset({"csv", "ics"}), "attachment", "There are csv and ics", values)


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    if short := [each for each in values if len(each) < 3]:
        raise ValueError(f"{short[0]!r} is too short to be looked for: three characters at least")
    return tuple(sorted(set(values), key=str.casefold))


def _channels(values: tuple[str, ...]) -> tuple[str, ...]:
    for each in values:
        if not _CHANNEL.fullmatch(each):
            raise ValueError(f"{each!r} is no way of sending: mail, webhook:NAME or slack:NAME")
    return tuple(dict.fromkeys(values)) or ("mail",)


@cache
def _ids(name: str, column: str) -> frozenset[str]:
    with (FOLDER / table(name).file).open(newline="", encoding="utf-8") as file:
        return frozenset(row[column] for row in csv.DictReader(file))


def _list_of(check: Any) -> Any:
    return Annotated[tuple[str, ...], BeforeValidator(_cells), AfterValidator(check)]


class Subscriber(BaseModel):
    """One subscriber: the digest of a day in `time_zone` goes out at `hour` o'clock the next morning.

    An empty list of countries, goods, senders, actions or names is no restriction; `cut.py` has the rules.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9_-]+$", max_length=100)
    address: EmailStr
    name: str = Field(min_length=1, max_length=200)
    language: Annotated[str, AfterValidator(_language)] = "en"
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    hour: int = Field(default=6, ge=0, le=23)
    countries: _list_of(_parties) = ()  # type: ignore[valid-type]
    goods: _list_of(_goods) = ()  # type: ignore[valid-type]
    senders: _list_of(_parties) = ()  # type: ignore[valid-type]
    actions: _list_of(_actions) = ()  # type: ignore[valid-type]
    names: _list_of(_names) = ()  # type: ignore[valid-type]
    min_severity: Literal["low", "medium", "high"] = "low"
    attachments: _list_of(_attachments) = ()  # type: ignore[valid-type]
    quiet: Literal["short", "nothing"] = "short"
    urgent: Literal["off", "on", "low", "medium", "high"] = "off"
    urgent_by: _list_of(_channels) = ("mail",)  # type: ignore[valid-type]
    active: bool = True

    @property
    def urgent_from(self) -> int | None:
        """The least severity (place in `SEVERITIES`) of an urgent notice; None: no notices."""
        if self.urgent == "off":
            return None
        return SEVERITIES.index(self.min_severity if self.urgent == "on" else self.urgent)


def first_fault(problem: ValidationError, given: dict[str, Any]) -> str:
    """The first fault of a line in words: column, value and what it takes."""
    first = problem.errors()[0]
    column = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{column}={given.get(column)!r}: {message}"
