"""Countries, bodies, goods, production and trade: what an alert is joined with.

In: the CSV tables of `sql/reference/`, declared in `tables.yaml` (columns, units, source, terms, expectations).
Out: the same tables in PostgreSQL (`load`), as frames (`read`, `from_files`), joined with alerts (`exposure`), and
as short names and sentences for prose.
What stays true: a table that breaks its declaration changes nothing and says where it is broken; unknown stays
missing and is never zero; every figure carries its source and year; a code means one thing ("NA" is Namibia).

The names below are imported when they are first used, so that `names` costs no pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sanctions_monitor.reference.tables import Table, table

if TYPE_CHECKING:
    from sanctions_monitor.reference.checks import check
    from sanctions_monitor.reference.csv_tables import read_table
    from sanctions_monitor.reference.dependences import dependence
    from sanctions_monitor.reference.dictionary import data_dictionary
    from sanctions_monitor.reference.differences import Difference, told_differences
    from sanctions_monitor.reference.exposures import exposure
    from sanctions_monitor.reference.frames import Reference, from_files, read
    from sanctions_monitor.reference.goods import narrower_goods
    from sanctions_monitor.reference.licences import allowed_texts
    from sanctions_monitor.reference.loading import current, load, swap
    from sanctions_monitor.reference.members import members_on
    from sanctions_monitor.reference.names import (
        adjective_of,
        code_of,
        goods_name,
        goods_of,
        is_code,
        name_in_sentence,
        prose_name,
    )
    from sanctions_monitor.reference.refreshing import refresh
    from sanctions_monitor.reference.sentences import (
        body_dependence_sentence,
        body_sentence,
        buyers_sentence,
        dependence_sentence,
        exposure_sentence,
        trade_sentence,
    )
    from sanctions_monitor.reference.trade import buyers, main_goods

__all__ = [
    "Difference",
    "Reference",
    "Table",
    "adjective_of",
    "allowed_texts",
    "body_dependence_sentence",
    "body_sentence",
    "buyers",
    "buyers_sentence",
    "check",
    "code_of",
    "current",
    "data_dictionary",
    "dependence",
    "dependence_sentence",
    "exposure",
    "exposure_sentence",
    "from_files",
    "goods_name",
    "goods_of",
    "is_code",
    "load",
    "main_goods",
    "members_on",
    "name_in_sentence",
    "narrower_goods",
    "prose_name",
    "read",
    "read_table",
    "refresh",
    "swap",
    "table",
    "told_differences",
    "trade_sentence",
]

_HOME = {
    "told_differences": "differences",
    "Difference": "differences",
    "refresh": "refreshing",
    "data_dictionary": "dictionary",
    "allowed_texts": "licences",
    "swap": "loading",
    "narrower_goods": "goods",
    "members_on": "members",
    "main_goods": "trade",
    "is_code": "names",
    "goods_of": "names",
    "dependence_sentence": "sentences",
    "dependence": "dependences",
    "current": "loading",
    "code_of": "names",
    "buyers_sentence": "sentences",
    "buyers": "trade",
    "body_dependence_sentence": "sentences",
    "body_sentence": "sentences",
    "Reference": "frames",
    "adjective_of": "names",
    "check": "checks",
    "exposure": "exposures",
    "exposure_sentence": "sentences",
    "from_files": "frames",
    "goods_name": "names",
    "load": "loading",
    "name_in_sentence": "names",
    "prose_name": "names",
    "read": "frames",
    "read_table": "csv_tables",
    "trade_sentence": "sentences",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
