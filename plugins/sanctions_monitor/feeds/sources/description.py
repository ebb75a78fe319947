"""The description of a source: a YAML file, checked whole when it is read."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

import jmespath
import yaml
from lxml import cssselect, etree
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PositiveInt,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from sanctions_monitor.errors import DataError
from sanctions_monitor.feeds.sources import DESCRIBED

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILT_IN = Path(__file__).parent


class Row(BaseModel):
    """One row of a list, as it stands there: markup taken out, address still relative, time aware."""

    model_config = ConfigDict(frozen=True)

    guid: str
    link: str
    title: str
    summary: str
    published: datetime


def _css(text: str) -> str:
    try:
        cssselect.CSSSelector(text, translator="html")
    except (cssselect.SelectorError, etree.XPathError) as problem:
        raise ValueError(f"no CSS selector: {problem}") from None
    return text


def _xpath(text: str) -> str:
    try:
        etree.XPath(text)
    except etree.XPathError as problem:
        raise ValueError(f"no XPath 1.0 expression: {problem}") from None
    return text


def _jmespath(text: str) -> str:
    try:
        jmespath.compile(text)
    except jmespath.exceptions.JMESPathError as problem:
        # the rest of the message draws the place with a caret
        raise ValueError(f"no JMESPath expression: {str(problem).splitlines()[0]}") from None
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as problem:
        raise ValueError(f"no regular expression: {problem}") from None
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, OSError, ValueError):
        raise ValueError("no time zone: use a name such as America/New_York") from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]
Zone = Annotated[str, AfterValidator(_zone)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class DateFormat(_Strict):
    """How a date is written: `iso`, or formats of strptime; `zone` is the place whose clock it tells.

    A date without a time is news at noon there: the one hour that is the same day in most of the world.
    """

    format: Annotated[tuple[str, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]
    zone: Zone = "UTC"


class PagePlace(_Strict):
    """Where something stands in a page: by CSS selector or XPath 1.0, the first that fits.

    The value is its attribute, or its text; `pattern` cuts it out of a longer text (its first group, or all of it).
    A bare string is a CSS selector.
    """

    css: Annotated[str, AfterValidator(_css)] | None = None
    xpath: Annotated[str, AfterValidator(_xpath)] | None = None
    attribute: str | None = None
    pattern: Pattern | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, given: Any) -> Any:
        return {"css": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one_of_both(self) -> PagePlace:
        if (self.css is None) == (self.xpath is None):
            raise ValueError("give css or xpath, and one of them only")
        if self.xpath is not None and self.attribute is not None:
            raise ValueError("an xpath names its attribute itself, as in a/@href")
        return self


class PageDate(PagePlace, DateFormat):
    """A `PagePlace` that holds a date."""


class JsonPlace(_Strict):
    """Where something stands in a JSON document: a JMESPath expression. A bare string is that expression."""

    path: Annotated[str, AfterValidator(_jmespath)]
    pattern: Pattern | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, given: Any) -> Any:
        return {"path": given} if isinstance(given, str) else given


class JsonDate(JsonPlace, DateFormat):
    """A `JsonPlace` that holds a date."""


class Expectations(_Strict):
    """What a good answer holds; less is a page that has changed.

    At least `rows` rows, of which at least the share `readable` has a title, a link and a date; the newest at most
    `newest_within_days` old, none more than `ahead_days` in the future.
    """

    rows: PositiveInt
    readable: float = Field(default=0.8, gt=0, le=1)
    newest_within_days: PositiveInt
    ahead_days: int = Field(default=2, ge=0)


class _Description(_Strict):
    verified: bool = Field(description="Whether the description was tried on the live page.")
    note: str = ""
    expect: Expectations


class HtmlList(_Description):
    """A list on a web page: `rows` finds each row, the others stand inside a row (XPath may look around it)."""

    format: Literal["html_list"]
    rows: PagePlace
    title: PagePlace
    link: PagePlace
    date: PageDate
    summary: PagePlace | None = None


class JsonApi(_Description):
    """A list in a JSON document: `rows` finds it; `keep` is true for the rows that are wanted (default: all)."""

    format: Literal["json_api"]
    rows: JsonPlace
    keep: Annotated[str, AfterValidator(_jmespath)] | None = None
    guid: JsonPlace | None = None
    title: JsonPlace
    link: JsonPlace
    date: JsonDate
    summary: JsonPlace | None = None


SourceDescription = Annotated[HtmlList | JsonApi, Field(discriminator="format")]
_ADAPTER: TypeAdapter[HtmlList | JsonApi] = TypeAdapter(SourceDescription)


def read_description(feed_id: str, format_: str, folders: Sequence[Path] = ()) -> HtmlList | JsonApi:
    """The description of a feed, from the first of `folders` that has it, else from ours.

    Raises DataError naming the file and the first thing that is wrong, or where it was looked for.
    """
    places = [folder / f"{feed_id}.yaml" for folder in (*folders, BUILT_IN)]
    path = next((each for each in places if each.is_file()), None)
    if path is None:
        looked = ", ".join(str(each) for each in places)
        raise DataError(f"{feed_id}: a feed of format {format_} needs a description, and there is none at {looked}.")
    described = _read(path, path.stat().st_mtime_ns)
    if described.format != format_:
        raise DataError(f"{path}: format is {described.format!r}, but the catalogue says {format_!r}. Mend one.")
    return described


@cache
def _read(path: Path, changed: int) -> HtmlList | JsonApi:  # noqa: ARG001 - a file that was mended is read again
    try:
        return _ADAPTER.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise DataError(f"{path}: {' '.join(str(problem).split())}. Mend the file.") from None
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part not in DESCRIBED)
        raise DataError(f"{path}, {place or 'the whole'}: {first['msg']}. Mend the file.") from None
