"""World Bank: GDP and population of each country, the newest year that is told (API v2, JSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.errors import FetchError
from sanctions_monitor.reference.services.answers import json_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanctions_monitor.reference.services.answers import Answers
    from sanctions_monitor.reference.services.declared import Service

INDICATORS = {"NY.GDP.MKTP.CD": ("gdp_usd", "gdp_year"), "SP.POP.TOTL": ("population", "population_year")}
SINCE = 2015


def newer(service: Service, answers: Answers, tables: Mapping[str, pd.DataFrame], year: int) -> dict[str, pd.DataFrame]:
    """The table country with newer figures; a country that the service does not tell keeps its own."""
    countries = tables["country"].copy()
    for indicator, (value, told_year) in INDICATORS.items():
        latest = _latest(service, answers, indicator, year)
        found = countries[["alpha3"]].merge(latest, on="alpha3", how="left", validate="one_to_one")
        newer_year = found["year"].notna() & ~(found["year"] < countries[told_year]).fillna(False)
        countries[value] = countries[value].mask(newer_year, found["value"].round().astype("Int64"))
        countries[told_year] = countries[told_year].mask(newer_year, found["year"])
    return {"country": countries}


def _latest(service: Service, answers: Answers, indicator: str, year: int) -> pd.DataFrame:
    """alpha3, value and year of the newest year that has a value."""
    name = f"{indicator}.json"
    asked = {"format": "json", "per_page": "20000", "date": f"{SINCE}:{year}"}
    told = json_of(service.title, name, answers.get(name, f"/v2/country/all/indicator/{indicator}", asked))
    if not isinstance(told, list) or len(told) != 2 or not isinstance(told[1], list):
        raise FetchError(f"{service.title}, {name}: no list of page and rows, but {str(told)[:120]}.")
    page, rows = told
    if page.get("total") != len(rows):
        raise FetchError(f"{service.title}, {name}: {len(rows)} rows of {page.get('total')}: the answer is cut short.")
    frame = pd.DataFrame(
        {
            "alpha3": [row["countryiso3code"] for row in rows],
            "year": [int(row["date"]) for row in rows],
            "value": [row["value"] for row in rows],
        }
    ).astype({"alpha3": "str", "year": "Int64", "value": "float64"})
    service.expect_enough(frame["alpha3"].nunique(), "countries")
    known = frame[frame["value"].notna() & (frame["alpha3"] != "")]
    return known.sort_values("year").drop_duplicates("alpha3", keep="last")
