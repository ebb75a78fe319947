"""The reference tables as frames, from the database or straight from the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanctions_monitor.reference.csv_tables import read_table, typed
from sanctions_monitor.reference.tables import FOLDER
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import psycopg


@dataclass(frozen=True, slots=True)
class Reference:
    """The tables that alerts are joined with. The columns of each are declared in `tables.yaml`."""

    countries: pd.DataFrame
    """One row a state (table country)."""
    organisations: pd.DataFrame
    """One row a body (table organisation)."""
    commodities: pd.DataFrame
    """One row a kind of goods (table commodity)."""
    shares: pd.DataFrame
    """One row a commodity, measure and country (table country_commodity_share)."""
    top_goods: pd.DataFrame
    """One row a country, flow and rank (table country_top_good)."""
    partners: pd.DataFrame
    """One row a country, flow and rank (table country_trade_partner)."""


_TABLES = {
    "countries": "country",
    "organisations": "organisation",
    "commodities": "commodity",
    "shares": "country_commodity_share",
    "top_goods": "country_top_good",
    "partners": "country_trade_partner",
}


def from_files(folder: Path = FOLDER) -> Reference:
    """The tables as the CSV files have them; they are typed, but not checked against each other (see `check`)."""
    return Reference(**{field: read_table(name, folder) for field, name in _TABLES.items()})


def read(conn: psycopg.Connection[Any]) -> Reference:
    """The tables as the database has them: empty frames with their columns where nothing was loaded yet.

    `conn` gives its rows as dictionaries, as `storage.connect` makes it.
    """
    statements = queries("reference")
    return Reference(**{field: typed(getattr(statements, field)(conn), name) for field, name in _TABLES.items()})
