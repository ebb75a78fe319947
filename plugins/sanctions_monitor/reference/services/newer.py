"""From a service's name to its newer tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.reference.services import baci, comtrade, faostat, usgs, worldbank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from sanctions_monitor.reference.services.answers import Answers
    from sanctions_monitor.reference.services.declared import Service

_ADAPTERS = {"worldbank": worldbank.newer, "usgs": usgs.newer, "faostat": faostat.newer, "baci": baci.newer}


def newer_tables(
    service: Service,
    answers: Answers,
    tables: Mapping[str, pd.DataFrame],
    year: int,
    pairs: Sequence[tuple[str, str]] = (),
) -> dict[str, pd.DataFrame]:
    """The service's newer tables by name, whole. `year` is the present one; `pairs` (seller, goods) are for Comtrade.

    Raises FetchError where an answer does not come whole or is not what was asked.
    """
    if service.id == "comtrade":
        return comtrade.newer(service, answers, tables, year, pairs)
    return _ADAPTERS[service.id](service, answers, tables, year)
