"""The declared tables (`tables.yaml`), and what a column's type means in each kind of file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from sanctions_monitor.errors import UserError

FILE = Path(__file__).with_suffix(".yaml")
OWN_LICENCE = "Sanctions Monitor's own coding: free to use with the source named"
Type = Literal["string", "integer", "number", "boolean", "date", "datetime", "list"]


class Column(BaseModel):
    """One column. `free` marks text from outside, whose cells are guarded against formulas in CSV."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    type: Type
    description: str
    unit: str | None = None
    required: bool = False
    free: bool = False
    values: tuple[str, ...] = ()


class ExportTable(BaseModel):
    """One table. `dated_by` is the column that --since and --until look at; without it all rows are written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    columns: tuple[Column, ...]
    dated_by: str | None = None
    key: tuple[str, ...] = ()
    source: str
    licence: str = OWN_LICENCE

    @property
    def names(self) -> list[str]:
        """The columns in their order."""
        return [column.name for column in self.columns]


@cache
def export_tables() -> dict[str, ExportTable]:
    """Every table by its name, in the order of the file."""
    declared = [ExportTable.model_validate(each) for each in yaml.safe_load(FILE.read_text(encoding="utf-8"))]
    return {each.name: each for each in declared}


def chosen(names: list[str] | None) -> list[ExportTable]:
    """The tables of these names, or all. Raises UserError for a name that is none."""
    known = export_tables()
    if unknown := [name for name in names or [] if name not in known]:
        raise UserError(f"There is no table {unknown[0]!r} to export. There are: {', '.join(known)}.")
    return [known[name] for name in names or known]
