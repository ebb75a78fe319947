"""SQL by name: `queries("items").new_item(conn, ...)` runs the statement `new_item` of `sql/queries/items.sql`."""

from __future__ import annotations

from functools import cache
from typing import Any

import aiosql

from sanctions_monitor.settings import PROJECT

FOLDER = PROJECT / "sql" / "queries"


@cache
def queries(room: str) -> Any:
    """The statements of one room. Their names, parameters and meaning stand in the .sql file itself."""
    return aiosql.from_path(FOLDER / f"{room}.sql", "psycopg", mandatory_parameters=False)
