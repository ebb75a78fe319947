"""CEPII BACI: reconciled trade of all countries by HS code (CSV files that an operator has downloaded).

The columns are those of BACI's own documentation: t year, i seller, j buyer, k HS code of six digits, v thousand US
dollars; the countries' numbers stand in a file of their own.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd

from sanctions_monitor.errors import FetchError
from sanctions_monitor.reference.services.buyers import KEYS, as_bilateral, widest_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanctions_monitor.reference.services.answers import Answers
    from sanctions_monitor.reference.services.declared import Service

DATA, COUNTRIES = "BACI.csv", "country_codes.csv"
MOST_BUYERS = 20
"""Buyers kept of each seller and goods."""
CHUNK = 500_000


def newer(service: Service, answers: Answers, tables: Mapping[str, pd.DataFrame], year: int) -> dict[str, pd.DataFrame]:  # noqa: ARG001 - the file is of one year
    """The table bilateral_trade with the main buyers of each seller and goods."""
    states = _states(service, answers)
    known = set(tables["country"]["alpha2"])
    goods = _goods_by_code(tables["commodity"])
    parts = []
    try:
        data = io.BytesIO(answers.get(DATA, DATA, {}))
        for chunk in pd.read_csv(data, dtype={"k": str}, skipinitialspace=True, chunksize=CHUNK):
            rows = chunk.assign(
                k=chunk["k"].str.zfill(6), exporter=chunk["i"].map(states), importer=chunk["j"].map(states)
            )
            rows = rows[rows["exporter"].isin(known) & rows["importer"].isin(known)]
            parts.append(rows.merge(goods, on="k", validate="many_to_many"))
    except (KeyError, ValueError, pd.errors.ParserError) as problem:
        raise FetchError(f"{service.title}, {DATA}: {problem}. It must have the columns t, i, j, k, v.") from None
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(year=rows["t"], value_usd=rows["v"] * 1000, source="CEPII BACI")
    summed = rows.groupby(KEYS, as_index=False)["value_usd"].sum()
    order = summed.groupby(["commodity_id", "exporter"])["value_usd"].rank(method="first", ascending=False)
    main = summed[order <= MOST_BUYERS]
    table = as_bilateral(main.to_dict("records"), service.licence, tables["bilateral_trade"])
    return {"bilateral_trade": table}


def _states(service: Service, answers: Answers) -> dict[int, str]:
    body = answers.get(COUNTRIES, COUNTRIES, {})
    frame = pd.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False)
    if not {"country_code", "country_iso2"} <= set(frame.columns):
        raise FetchError(f"{service.title}, {COUNTRIES}: no columns country_code and country_iso2.")
    return dict(zip(frame["country_code"].astype(int), frame["country_iso2"], strict=True))


def _goods_by_code(commodities: pd.DataFrame) -> pd.DataFrame:
    """k (six digits of the nomenclature) and commodity_id."""
    from sanctions_monitor.reference.csv_tables import read_table

    nomenclature = read_table("hs2022")
    six = nomenclature.loc[nomenclature["level"] == 6, "hs2022"]
    pairs = [
        (code, goods)
        for goods in commodities["commodity_id"]
        for wide in widest_codes(commodities, goods)
        for code in six[six.str.startswith(wide)]
    ]
    return pd.DataFrame(pairs, columns=["k", "commodity_id"]).astype("str")
