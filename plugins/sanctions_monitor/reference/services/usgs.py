"""USGS Mineral Commodity Summaries: the world's production by country (one long CSV in the encoding cp1252)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.errors import FetchError
from sanctions_monitor.reference.names import code_of
from sanctions_monitor.reference.services.answers import json_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanctions_monitor.reference.services.answers import Answers
    from sanctions_monitor.reference.services.declared import Service

FILE = "MCS2026_Commodities_Data.csv"
COLUMNS = ["Section", "Commodity", "Country", "Statistics", "Statistics_detail", "Unit", "Year", "Value"]
NAMES = {"Burma": "MM", "Congo (Kinshasa)": "CD", "Congo (Brazzaville)": "CG", "Korea, North": "KP"}
NAMES |= {"Korea, Republic of": "KR", "Côte d\u2019Ivoire": "CI"}
"""Names of the source that are not the usual ones."""
WORLD = "World total"


def newer(service: Service, answers: Answers, tables: Mapping[str, pd.DataFrame], year: int) -> dict[str, pd.DataFrame]:  # noqa: ARG001 - the edition says its years
    """The table country_commodity_share with this edition's production of the goods that it tells.

    Values that the source withholds (W) or that are no plain numbers are left out, never zero.
    """
    shares = tables["country_commodity_share"]
    fresh = _shares(_production(_read(service, answers), service.goods), service)
    service.expect_enough(fresh["commodity_id"].nunique(), "goods")
    known = shares[(shares["measure"] == "production")].groupby("commodity_id")["year"].max()
    fresh = fresh[~(fresh["year"] < fresh["commodity_id"].map(known))]
    replaced = (shares["measure"] == "production") & shares["commodity_id"].isin(fresh["commodity_id"].unique())
    both = pd.concat([shares[~replaced], fresh[list(shares.columns)].astype(shares.dtypes.to_dict())])
    return {
        "country_commodity_share": both.sort_values(["commodity_id", "measure", "rank", "alpha2"], ignore_index=True)
    }


def _read(service: Service, answers: Answers) -> pd.DataFrame:
    catalogue = json_of(
        service.title, "item.json", answers.get("item.json", f"/catalog/item/{service.item}", {"format": "json"})
    )
    sizes = {file["name"]: file.get("size") for file in catalogue.get("files", [])}
    if FILE not in sizes:
        raise FetchError(f"{service.title}, item {service.item}: no file {FILE}. It has {', '.join(sizes) or 'none'}.")
    body = answers.get(FILE, f"/catalog/file/get/{service.item}", {"name": FILE})
    if sizes[FILE] is not None and sizes[FILE] != len(body):
        raise FetchError(f"{service.title}, {FILE}: {len(body):,} bytes of {sizes[FILE]:,}: it is cut off.")
    try:
        frame = pd.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False, encoding="cp1252")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as problem:
        raise FetchError(f"{service.title}, {FILE}: {problem}. It is cut off or no CSV.") from None
    if missing := [column for column in COLUMNS if column not in frame.columns]:
        raise FetchError(f"{service.title}, {FILE}: no column {missing[0]!r}; the release has changed its form.")
    return frame[COLUMNS]


def _production(frame: pd.DataFrame, goods: Mapping[str, str]) -> pd.DataFrame:
    """commodity_id, alpha2 (WORLD for the total), year, value, unit of each goods' newest year."""
    wanted = frame[
        frame["Section"].str.startswith("World")
        & (frame["Statistics"] == "Production")
        & frame["Commodity"].isin(list(goods))
    ]
    total = wanted["Country"].str.startswith(WORLD)
    codes = {name: NAMES.get(name) or code_of(name.split(" (")[0]) for name in wanted["Country"].unique()}
    rows = pd.DataFrame(
        {
            "commodity_id": wanted["Commodity"].map(dict(goods)),
            "alpha2": wanted["Country"].map(codes).where(~total, WORLD),
            "detail": wanted["Statistics_detail"].str.split(":").str[0].str.replace(", estimated", ""),
            "year": pd.to_numeric(wanted["Year"].str.extract(r"^(\d{4})(?:_estimated)?$", expand=False)),
            "value": pd.to_numeric(wanted["Value"].str.replace(",", "").str.lstrip("e"), errors="coerce"),
            "unit": wanted["Unit"],
        }
    ).dropna(subset=["alpha2", "year", "value"])
    newest = rows[rows["year"] == rows.groupby("commodity_id")["year"].transform("max")]
    # several series of one mineral (mine, smelter): the first is the one that the chapter leads with
    leading = newest.groupby("commodity_id")["detail"].transform("first")
    return newest[newest["detail"] == leading].drop_duplicates(["commodity_id", "alpha2"])


def _shares(rows: pd.DataFrame, service: Service) -> pd.DataFrame:
    world = rows[rows["alpha2"] == WORLD].set_index("commodity_id")["value"]
    states = rows[(rows["alpha2"] != WORLD) & rows["commodity_id"].isin(world.index)]
    share = states["value"] / states["commodity_id"].map(world)
    rank = states.groupby("commodity_id")["value"].rank(method="first", ascending=False).astype("Int64")
    return states.assign(
        measure="production",
        rank=rank,
        world_share=share.round(4),
        first_year=pd.Series(pd.NA, states.index, dtype="Int64"),
        year=states["year"].astype("Int64"),
        source=service.edition,
        licence=service.licence,
    )
