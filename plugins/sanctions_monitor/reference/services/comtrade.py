"""UN Comtrade: who buys which goods from whom (annual, HS; JSON).

Neither Belarus nor Russia has reported since 2022, so that for them the buyers' own reports are asked (mirror data).
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from sanctions_monitor.errors import FetchError
from sanctions_monitor.reference.services.answers import json_of
from sanctions_monitor.reference.services.buyers import as_bilateral, widest_codes
from sanctions_monitor.reference.tables import FOLDER, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from sanctions_monitor.reference.services.answers import Answers
    from sanctions_monitor.reference.services.declared import Service

MOST_RECORDS = 500
"""Records of one answer without a key; an answer with so many is cut short."""
DELAY = 2
"""Years until most countries have reported a year."""


def newer(
    service: Service,
    answers: Answers,
    tables: Mapping[str, pd.DataFrame],
    year: int,
    pairs: Sequence[tuple[str, str]],
) -> dict[str, pd.DataFrame]:
    """The table bilateral_trade with the buyers of the asked `pairs` (seller, goods); other rows stay as they are."""
    numbers = _comtrade_codes()
    states = {code: alpha2 for alpha2, code in numbers.items()}
    rule = table("country_trade_partner").withheld
    found: list[dict[str, Any]] = []
    for seller, goods in pairs:
        mirrored = rule is not None and seller in rule.codes
        codes = widest_codes(tables["commodity"], goods)
        for record in _records(service, answers, numbers[seller], codes, year - DELAY, mirrored=mirrored):
            buyer = states.get(str(record["reporterCode"] if mirrored else record["partnerCode"]))
            if buyer is None or buyer == seller:
                continue
            found.append(
                {
                    "commodity_id": goods,
                    "exporter": seller,
                    "importer": buyer,
                    "year": int(record["refYear"]),
                    "value_usd": float(record["primaryValue"]),
                    "source": f"UN Comtrade, as the {'buyers' if mirrored else 'seller'} reported",
                }
            )
    service.expect_enough(len(found), "buyers")
    return {"bilateral_trade": as_bilateral(found, service.licence, tables["bilateral_trade"])}


def _records(
    service: Service, answers: Answers, seller: str, codes: Sequence[str], year: int, *, mirrored: bool
) -> list[dict[str, Any]]:
    name = f"{seller}-{'-'.join(codes)}-{year}.json"
    asked = {"period": str(year), "cmdCode": ",".join(codes), "partner2Code": "0", "customsCode": "C00", "motCode": "0"}
    if mirrored:
        asked |= {"flowCode": "M", "partnerCode": seller}
    else:
        asked |= {"flowCode": "X", "reporterCode": seller}
    told = json_of(service.title, name, answers.get(name, "/public/v1/preview/C/A/HS", asked))
    if told.get("error"):
        raise FetchError(f"{service.title}, {name}: {told['error']}.")
    records: list[dict[str, Any]] = told.get("data", [])
    if told.get("count") != len(records):
        raise FetchError(f"{service.title}, {name}: {len(records)} records of {told.get('count')}: it is cut short.")
    if len(records) >= MOST_RECORDS:
        raise FetchError(
            f"{service.title}, {name}: {len(records)} records, as many as an answer holds: it is cut short."
        )
    # partner 0 is the world, and what is not of the asked goods would be counted beside them
    return [each for each in records if str(each["partnerCode"]) != "0" and str(each["cmdCode"]) in codes]


def _comtrade_codes() -> dict[str, str]:
    """Comtrade's number of each country, which differs from ISO's for some (US 842, India 699)."""
    with (FOLDER / table("country").file).open(newline="", encoding="utf-8") as file:
        return {row["alpha2"]: row["comtrade_code"] for row in csv.DictReader(file) if row["comtrade_code"]}
