"""FAOSTAT, Fertilizers by Nutrient: production, trade and use by country (a zip with one long CSV)."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanctions_monitor.reference.services.answers import Answers
    from sanctions_monitor.reference.services.declared import Service

NAME = "Inputs_FertilizersNutrient_E_All_Data_(Normalized).zip"
COLUMNS = ["Area Code (M49)", "Item", "Element", "Year", "Unit", "Value"]
MEASURES = {
    "Production": "production",
    "Export quantity": "exports",
    "Import quantity": "imports",
    "Agricultural Use": "consumption",
}
WORLD = "001"
MOST_BYTES = 500 * 2**20


def newer(service: Service, answers: Answers, tables: Mapping[str, pd.DataFrame], year: int) -> dict[str, pd.DataFrame]:  # noqa: ARG001 - the file says its years
    """The table country_commodity_share_optin, made whole from the newest year that most countries have."""
    body = answers.get(NAME, f"/production/{NAME}", {})
    frame = _read(service, body)
    codes = tables["country"].dropna(subset="numeric").set_index("numeric")["alpha2"]
    rows = pd.DataFrame(
        {
            "commodity_id": frame["Item"].map(service.goods),
            "measure": frame["Element"].map(MEASURES),
            "m49": frame["Area Code (M49)"].str.lstrip("'"),
            "year": pd.to_numeric(frame["Year"], errors="coerce"),
            "value": pd.to_numeric(frame["Value"], errors="coerce"),
            "unit": frame["Unit"],
        }
    ).dropna(subset=["commodity_id", "measure", "year", "value"])
    newest = rows[rows["year"] == rows["year"].max()]
    world = newest[newest["m49"] == WORLD].set_index(["commodity_id", "measure"])["value"].rename("world")
    # the sum of China's parts (159) is no state of the table, so that nothing is counted twice
    states = newest.assign(alpha2=newest["m49"].map(codes)).dropna(subset="alpha2")
    states = states.join(world, on=["commodity_id", "measure"], how="inner", validate="many_to_one")
    service.expect_enough(states["alpha2"].nunique(), "countries")
    by = ["commodity_id", "measure"]
    shares = states.assign(
        rank=states.groupby(by)["value"].rank(method="first", ascending=False),
        world_share=(states["value"] / states["world"]).round(4),
        unit="tonnes of nutrient",
        source="FAOSTAT RFN",
        licence=service.licence,
    )
    columns = tables["country_commodity_share_optin"]
    others = columns[columns["source"] != "FAOSTAT RFN"]
    fresh = shares[list(columns.columns)].astype(columns.dtypes.to_dict())
    ordered = pd.concat([others, fresh]).sort_values([*by, "source", "rank"], ignore_index=True)
    return {"country_commodity_share_optin": ordered}


def _read(service: Service, body: bytes) -> pd.DataFrame:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            named = [each for each in archive.infolist() if each.filename.endswith("(Normalized).csv")]
            if len(named) != 1:
                raise FetchError(f"{service.title}, {NAME}: {len(named)} tables in it instead of one.")
            if named[0].file_size > MOST_BYTES:
                raise FetchError(f"{service.title}, {NAME}: {named[0].file_size:,} bytes unpacked are too many.")
            with archive.open(named[0]) as file:
                frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    except (zipfile.BadZipFile, EOFError, UnicodeDecodeError, pd.errors.ParserError) as problem:
        raise FetchError(f"{service.title}, {NAME}: {problem}. It was cut off: the tables stay as they are.") from None
    if missing := [column for column in COLUMNS if column not in frame.columns]:
        raise FetchError(f"{service.title}, {NAME}: no column {missing[0]!r}; the file has changed its form.")
    return frame[COLUMNS]
