"""The data dictionary in Markdown, made from the declarations alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.reference.tables import tables

if TYPE_CHECKING:
    from sanctions_monitor.reference.tables import Column, Table

HEAD = """# Data dictionary

Made by `sanctions-monitor reference dictionary` from `plugins/sanctions_monitor/reference/tables.yaml`: do not edit it.
Empty cells are unknown, never zero; `|` separates the parts of a list; key columns are in bold.
"""


def data_dictionary() -> str:
    """Every declared table with its columns: type, unit, what it may hold, meaning; source, terms and year."""
    return "\n".join([HEAD, *(_table(declared) for declared in tables().values())])


def _table(declared: Table) -> str:
    where = "database and file" if declared.stored else "file only"
    lines = [
        f"## {declared.name}: {declared.title}",
        "",
        f"`sql/reference/{declared.file}` ({where}{', optional' if declared.optional else ''}). "
        f"Source: {declared.source}. Licence: {declared.licence}. Year: {_year(declared)}.",
        "",
        "| column | type | unit | may hold | meaning |",
        "|---|---|---|---|---|",
        *(_column(declared, column) for column in declared.columns),
    ]
    if rule := declared.expect.sum_at_most:
        lines += ["", f"`{rule.column}` of one {', '.join(rule.by)} adds up to {rule.limit:g} at most: {rule.because}."]
    if declared.withheld:
        lines += ["", f"Rows of {', '.join(declared.withheld.codes)} are not shown: {declared.withheld.because}"]
    return "\n".join([*lines, ""])


def _column(declared: Table, column: Column) -> str:
    name = column.name if column.header is None else f"{column.name} (in the file: {column.header})"
    shown = f"**{name}**" if column.name in declared.primary_key else name
    holds = [f"codes of {' or '.join(column.codes)}"] if column.codes else list(column.values)
    if column.pattern:
        holds.append(f"`{column.pattern}`".replace("|", "\\|"))
    limits = [f"from {column.minimum:g}" if column.minimum is not None else ""]
    limits.append(f"to {column.maximum:g}" if column.maximum is not None else "")
    holds += [limit for limit in [" ".join(filter(None, limits))] if limit]
    if column.nullable:
        holds.append("empty")
    return f"| {shown} | {column.type} | {column.unit or ''} | {', '.join(holds)} | {column.description} |"


def _year(declared: Table) -> str:
    if any(column.name.endswith("year") for column in declared.columns):
        return "in each row"
    return f"as of {declared.as_of}" if declared.as_of else "current when written, see sql/reference/README.md"
