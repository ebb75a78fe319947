"""Reports, tables and ledger for the alerts: one act, told as a test wants it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor import measures, reference
from sanctions_monitor.alerts import Picture, Report, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

FIRST = datetime(2025, 12, 13, 15, 0, tzinfo=UTC)
TELL: dict[str, Any] = {
    "story_id": "s1",
    "family": "sanctions",
    "action": "ease",
    "status": "adopted",
    "senders": ("US",),
    "targets": ("BY",),
    "commodities": ("potash",),
    "instruments": ("sectoral",),
    "quote": "The US is lifting its sanctions on potash from Belarus.",
    "rule": "ease.lift",
    "coder_version": "1",
    "confidence": 0.9,
    "legal_act": None,
    "effective": None,
    "expires": None,
    "outlet_kind": "news",
    "outlet_country": "GB",
    "title": "US lifts potash sanctions",
}


def told(outlet: str, minutes: int = 0, **facts: Any) -> Report:
    """A report by an outlet, so many minutes after 15:00 on 13 December 2025; its wording is the outlet's own."""
    moment = FIRST + timedelta(minutes=minutes)
    id_ = facts.pop("event_id", f"{facts.get('story_id', 's1')}-{outlet}-{minutes}")
    own = {
        "event_id": id_,
        "item_id": id_,
        "dated_at": moment,
        "seen_at": moment,
        "outlet": outlet,
        "url": f"https://{outlet.lower().replace(' ', '-')}.example/1",
        "wording": " ".join(f"{outlet} {number} words of its own" for number in range(40)),
    }
    return Report(**(TELL | own | facts))


@pytest.fixture(scope="session")
def tell() -> Callable[..., Report]:
    return told


@pytest.fixture(scope="session")
def tables() -> reference.Reference:
    return reference.from_files()


@pytest.fixture(scope="session")
def ledger() -> pd.DataFrame:
    return measures.from_files()


@pytest.fixture(scope="session")
def see(tables: reference.Reference, ledger: pd.DataFrame) -> Callable[..., Picture]:
    """The picture that reports make, as known a day later unless `until` says otherwise."""

    def make(reports: Iterable[Report], until: datetime = FIRST + timedelta(days=1)) -> Picture:
        return picture(reports, tables, ledger, until)

    return make
