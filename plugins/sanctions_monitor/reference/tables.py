"""What each reference table is: the declarations of `tables.yaml`, with their schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sanctions_monitor.errors import DataError
from sanctions_monitor.settings import PROJECT

DECLARATIONS = Path(__file__).parent / "tables.yaml"
FOLDER = PROJECT / "sql" / "reference"
"""Where the CSV files lie."""

LIST_SEPARATOR = "|"
CodeSystem = Literal["iso3166", "body", "commodity", "hs2022", "licence"]
CODE_SYSTEMS: dict[CodeSystem, tuple[str, str]] = {
    "iso3166": ("country", "alpha2"),
    "body": ("organisation", "code"),
    "commodity": ("commodity", "commodity_id"),
    "hs2022": ("hs2022", "hs2022"),
    "licence": ("licence", "text"),
}
"""Which table and column hold the codes of a system."""


class _Declaration(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Declaration):
    """One column: its name with us, its type and what its cells may hold."""

    name: str
    type: Literal["string", "integer", "number", "date", "boolean", "list"]
    description: str
    header: str | None = None
    """Its name in the CSV file, where that is another one."""
    nullable: bool = False
    """An empty cell means: unknown. Never zero."""
    filled: bool = False
    """A list that may not be empty."""
    unit: str | None = None
    codes: tuple[CodeSystem, ...] = ()
    values: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def csv_name(self) -> str:
        """Its name in the CSV file."""
        return self.header or self.name


class SumAtMost(_Declaration):
    """The values of a column, added up within each group, stay below a limit."""

    column: str
    by: tuple[str, ...]
    limit: float
    because: str


class Same(_Declaration):
    """Each of these columns has one value within each group."""

    columns: tuple[str, ...]
    by: tuple[str, ...]
    because: str


class Expectations(_Declaration):
    """What must hold of the table as a whole."""

    minimum_rows: int = Field(ge=0)
    unique: tuple[tuple[str, ...], ...] = ()
    """Sets of columns, apart from the primary key, that no two rows share where all are filled."""
    same: Same | None = None
    sum_at_most: SumAtMost | None = None


class Withheld(_Declaration):
    """Rows that are stored and never shown, and why."""

    column: str
    codes: tuple[str, ...]
    because: str


class Table(_Declaration):
    """One table: its file, columns, source and terms."""

    name: str
    file: str
    stored: bool
    """Whether it goes to the database; lexicons stay CSV files."""
    optional: bool = False
    """Whether it is empty where its file is not there."""
    title: str
    source: str
    licence: str
    as_of: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}$")
    """Month up to which its maker looked."""
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]
    expect: Expectations
    withheld: Withheld | None = None

    @property
    def column_names(self) -> list[str]:
        """The names of its columns, in order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The declaration of one of its columns."""
        return next(column for column in self.columns if column.name == name)


@cache
def tables() -> dict[str, Table]:
    """Every declared table by its name, parents before the tables that refer to them.

    Raises DataError where `tables.yaml` breaks its schema.
    """
    try:
        declared = TypeAdapter(list[Table]).validate_python(yaml.safe_load(DECLARATIONS.read_text(encoding="utf-8")))
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(
            f"{DECLARATIONS.name}, {place}: {first['input']!r}: {first['msg']}. Correct the declaration."
        ) from None
    return {table.name: table for table in declared}


def table(name: str) -> Table:
    """The declaration of one table. Raises DataError naming the known ones where there is none of this name."""
    try:
        return tables()[name]
    except KeyError:
        raise DataError(f"Reference table {name!r} is not declared. Known: {', '.join(tables())}.") from None
