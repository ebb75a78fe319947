"""Names as prose uses them: "the UK", "Belarusian", "potash". Plain dictionaries from the CSV files, without pandas."""

from __future__ import annotations

import csv
from functools import cache
from typing import Literal

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


def is_code(code: str, system: Literal["party", "commodity"]) -> bool:
    """Whether a code is that of a state or body (party), or an id of goods (commodity)."""
    return code in _goods() if system == "commodity" else code in _countries() or code in _bodies()


def code_of(word: str) -> str | None:
    """The state or body of this code or usual name, in any case; None where there is none."""
    lowered = word.strip().lower()
    return _by_name().get(lowered)


def goods_of(word: str) -> str | None:
    """The goods of this id, name or alias, in any case; None where there are none."""
    return _goods_by_name().get(word.strip().lower())


_EMPTY = {"name": "", "demonym_adj": ""}


@cache
def _overrides() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in _rows("prose_name")}


@cache
def _countries() -> dict[str, dict[str, str]]:
    return {row["alpha2"]: row for row in _rows("country")}


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in [*_rows("organisation"), *_rows("country")]:
        code = row.get("alpha2") or row["id"]
        others = (row.get("alt_names") or row.get("aliases") or "").split(LIST_SEPARATOR)
        for name in (*others, row["name"], prose_name(code)):
            found.setdefault(name.lower(), code)
    # a code means itself, whatever bears its letters as a name: AU is Australia
    return found | {code.lower(): code for code in (*_bodies(), *_countries())}


@cache
def _goods_by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _rows("commodity"):
        for name in (row["id"], row["name"], goods_name(row["id"]), *row["aliases"].split(LIST_SEPARATOR)):
            found.setdefault(name.lower(), row["id"])
    return found | {code: code for code in _goods()}


@cache
def _bodies() -> dict[str, str]:
    return {row["id"]: row["name"] for row in _rows("organisation")}


@cache
def _goods() -> dict[str, str]:
    return {row["id"]: row["name"] for row in _rows("commodity")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / table(name).file).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
