"""The catalogue: which feeds there are. A CSV file, one line a feed, checked whole when it is read."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urljoin, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, ValidationError

from sanctions_monitor.errors import DataError
from sanctions_monitor.feeds.sources import DESCRIBED
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from pathlib import Path


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        readable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        readable = False
    if not readable:
        raise ValueError("must be an http or https address, with %40 for @ and %2F for / in a password")
    return url


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Feed(BaseModel):
    """One line of the catalogue.

    `country` is an ISO 3166-1 alpha-2 code or a body's (EU, UN); `language` an ISO 639-1 code; `tier` 1 (first hand)
    to 3. `items_per_week` (None where unknown) and `stale_after_days` are what an operator may expect of it. `verified`
    is true where it was seen live by us; a feed known from elsewhere says false. `html_list` and `json_api` are no
    feeds: they need a description (`sources/<id>.yaml`, beside the catalogue or ours). Feeds with the same `home` are
    one outlet, which bears the shortest of their titles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str = Field(min_length=1)
    url: WebAddress
    home: WebAddress
    format: Literal["rss", "atom", "rdf", "json", "html_list", "json_api"]
    kind: Literal["official", "news", "trade", "rights"]
    country: str = Field(pattern=r"^[A-Z0-9]{2,6}$")
    language: str = Field(pattern=r"^[a-z]{2}$")
    tier: int = Field(ge=1, le=3)
    items_per_week: Annotated[PositiveInt | None, BeforeValidator(lambda text: text or None)] = None
    stale_after_days: int = Field(ge=1)
    verified: bool
    note: str = ""

    @property
    def host(self) -> str:
        """The host that is asked, so that one host is asked by one task only."""
        return urlsplit(self.url).hostname or ""


def read_catalogue(path: Path, base_url: str | None = None) -> list[Feed]:
    """The feeds of a catalogue file, in its order; relative addresses are joined to `base_url`.

    Raises DataError naming file, line and reason for the first wrong line, where ids or addresses repeat, or where
    there is no feed at all.
    """
    try:
        # spreadsheets put a mark of byte order before UTF-8, which would become part of the first column's name
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise DataError(f"{path}: {problem}. Set SANCTIONS_MONITOR_CATALOGUE to a catalogue in UTF-8.") from None
    feeds: list[Feed] = []
    lines_of: dict[str, int] = {}
    for line, row in rows:
        if None in row:
            raise DataError(f"{path}, line {line}: more cells than columns. Put a cell that holds a comma in quotes.")
        if base_url:
            row["url"] = urljoin(base_url, row.get("url") or "")
        try:
            feed = Feed.model_validate(row)
        except ValidationError as problem:
            first = problem.errors()[0]
            column = ".".join(str(part) for part in first["loc"])
            value = without_password(repr(row.get(column)))
            raise DataError(f"{path}, line {line}, {column}={value}: {first['msg']}. Mend the line.") from None
        for name, value in (("id", feed.id), ("url", feed.url)):
            if (other := lines_of.setdefault(f"{name} {value}", line)) != line:
                raise DataError(f"{path}, line {line}: {name} {value!r} stands in line {other} already. Take one out.")
        if feed.format in DESCRIBED:
            from sanctions_monitor.feeds.sources.description import read_description

            try:
                read_description(feed.id, feed.format, [path.parent / "sources"])
            except DataError as problem:
                raise DataError(f"{path}, line {line}: {problem}") from None
        feeds.append(feed)
    if not feeds:
        # half a file would otherwise end all polling without a word
        raise DataError(f"{path}: no feed in it. Set SANCTIONS_MONITOR_CATALOGUE to a catalogue, or to none.")
    return feeds
