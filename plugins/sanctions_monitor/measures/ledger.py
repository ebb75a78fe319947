"""The baseline of standing regimes as a frame, from the database or from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_monitor.reference import csv_tables, table
from sanctions_monitor.reference.tables import FOLDER
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import psycopg

RECALL = "recall"
"""Value of `checked` for an act that nobody has confirmed."""
AS_OF = table("measure").as_of or "unknown"
"""The month (YYYY-MM) in which the baseline's regimes stood as it says."""


def read(conn: psycopg.Connection[Any]) -> pd.DataFrame:
    """The ledger as the database has it: the declared columns of table measure, and `confirmed`.

    `conn` gives its rows as dictionaries, as `storage.connect` makes it.
    """
    return _with_confirmed(csv_tables.typed(queries("measures").measures(conn), "measure"))


def from_files(folder: Path = FOLDER) -> pd.DataFrame:
    """The same, straight from the CSV file."""
    return _with_confirmed(csv_tables.read_table("measure", folder))


def _with_confirmed(measures: pd.DataFrame) -> pd.DataFrame:
    return measures.assign(confirmed=measures["checked"] != RECALL)
