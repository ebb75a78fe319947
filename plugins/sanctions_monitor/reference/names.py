"""Names as prose uses them: "the UK", "Belarusian", "potash". Plain dictionaries from the CSV files, without pandas."""

from __future__ import annotations

import csv
from functools import cache

from sanctions_monitor.reference.tables import FOLDER, LIST_SEPARATOR, table


def prose_name(code: str) -> str:
    """The short name of a state or body ("US", "UK", "Belarus", "EU"); a code that nobody knows stays itself."""
    if override := _overrides().get(code):
        return override["name"]
    return _countries().get(code, _EMPTY)["name"] or _bodies().get(code) or code


def name_in_sentence(code: str) -> str:
    """The same with its article where English wants one: "the US", "the Netherlands", "Belarus"."""
    article = _overrides().get(code, _EMPTY).get("article", "")
    return f"{article} {prose_name(code)}".lstrip()


def adjective_of(code: str) -> str:
    """The adjective of a state or body ("Belarusian", "British", "EU"); its name where it has none."""
    override = _overrides().get(code, _EMPTY).get("adjective", "")
    return override or _countries().get(code, _EMPTY)["demonym_adj"].split(LIST_SEPARATOR)[0] or prose_name(code)


def goods_name(commodity_id: str) -> str:
    """Goods inside a sentence: their name without its scope in brackets ("potash"); an unknown id stays itself."""
    if override := _overrides().get(commodity_id):
        return override["name"]
    name = _goods().get(commodity_id, commodity_id).split(" (")[0]
    return name[:1].lower() + name[1:]


_EMPTY = {"name": "", "demonym_adj": ""}


@cache
def _overrides() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in _rows("prose_name")}


@cache
def _countries() -> dict[str, dict[str, str]]:
    return {row["alpha2"]: row for row in _rows("country")}


@cache
def _bodies() -> dict[str, str]:
    return {row["id"]: row["name"] for row in _rows("organisation")}


@cache
def _goods() -> dict[str, str]:
    return {row["id"]: row["name"] for row in _rows("commodity")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / table(name).file).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
