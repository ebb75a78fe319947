"""`datapackage.json`: what the files beside it hold, in the words of Frictionless (Data Package v1)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sanctions_monitor import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sanctions_monitor.exports.tables import Column, ExportTable

MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def resource(table: ExportTable, path: Path, name: str, format_: str, *, bom: bool = False) -> dict[str, Any]:
    """The description of one written file (`path`) that will stand under `name`."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": [_field(column, format_) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    found: dict[str, Any] = {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": name,
        "format": format_,
        "mediatype": MEDIA_TYPES[format_],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256}",
        "schema": schema,
        "sources": [{"title": table.source}],
        "licenses": [{"name": _slug(table.licence), "title": table.licence}],
    }
    if format_ in ("csv", "jsonl"):
        found["encoding"] = "utf-8-sig" if bom else "utf-8"
    return found


def package(name: str, title: str, resources: Iterable[dict[str, Any]]) -> bytes:
    """The descriptor of a folder; the same files give the same bytes."""
    descriptor = {
        "name": name,
        "title": title,
        "version": __version__,
        "description": "Times are UTC (ISO 8601). Lists are joined by |. An empty cell is unknown, never zero.",
        "resources": list(resources),
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def _field(column: Column, format_: str) -> dict[str, Any]:
    as_text = column.type == "list" and format_ in ("csv", "xlsx")
    field: dict[str, Any] = {
        "name": column.name,
        "type": "string" if as_text else "array" if column.type == "list" else column.type,
        "description": column.description + (". Values are joined by |" if as_text else ""),
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    return field


def _slug(text: str) -> str:
    return "-".join("".join(each for each in word if each.isalnum()) for word in text.lower().split()[:6]).strip("-")
