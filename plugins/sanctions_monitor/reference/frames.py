"""The reference tables as frames, from the database or straight from the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanctions_monitor.reference.csv_tables import read_table, typed
from sanctions_monitor.reference.licences import allowed_texts, one_source_each, table_is_allowed
from sanctions_monitor.reference.tables import FOLDER
from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import psycopg

OPEN = "open"
"""The licences that are allowed unless a setting says otherwise."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The tables that alerts are joined with. The columns of each are declared in `tables.yaml`."""

    countries: pd.DataFrame
    """One row a state (table country)."""
    organisations: pd.DataFrame
    """One row a body (table organisation)."""
    memberships: pd.DataFrame
    """One row a body and member (table membership)."""
    commodities: pd.DataFrame
    """One row a kind of goods (table commodity)."""
    shares: pd.DataFrame
    """One row a commodity, measure and country, of one source for each commodity and measure, as the licences allow."""
    reliance: pd.DataFrame
    """One row a country and commodity (table import_reliance)."""
    bilateral: pd.DataFrame
    """One row an exporter, importer, commodity, year and source (table bilateral_trade); often empty."""
    top_goods: pd.DataFrame
    """One row a country, flow and rank (table country_top_good)."""
    partners: pd.DataFrame
    """One row a country, flow and rank (table country_trade_partner)."""


_TABLES = {
    "countries": "country",
    "organisations": "organisation",
    "memberships": "membership",
    "commodities": "commodity",
    "shares": "country_commodity_share",
    "shares_optin": "country_commodity_share_optin",
    "reliance": "import_reliance",
    "bilateral": "bilateral_trade",
    "top_goods": "country_top_good",
    "partners": "country_trade_partner",
}


def from_files(folder: Path = FOLDER, licences: str = OPEN) -> Reference:
    """The tables as the CSV files have them; they are typed, but not checked against each other (see `check`)."""
    return _allowed({field: read_table(name, folder) for field, name in _TABLES.items()}, licences)


def read(conn: psycopg.Connection[Any], licences: str = OPEN) -> Reference:
    """The tables as the database has them: empty frames with their columns where nothing was loaded yet.

    `licences` is the setting of that name. `conn` gives its rows as dictionaries, as `storage.connect` makes it.
    """
    statements = queries("reference")
    return _allowed({field: typed(getattr(statements, field)(conn), name) for field, name in _TABLES.items()}, licences)


def _allowed(frames: dict[str, pd.DataFrame], licences: str) -> Reference:
    texts = allowed_texts(licences)
    frames["shares"] = one_source_each(frames["shares"], frames.pop("shares_optin"), texts)
    for field in ("reliance", "bilateral"):
        frames[field] = frames[field][frames[field]["licence"].isin(list(texts))]
    for field in ("top_goods", "partners"):
        if not table_is_allowed(_TABLES[field], texts):
            frames[field] = frames[field].iloc[:0]
    return Reference(**frames)
