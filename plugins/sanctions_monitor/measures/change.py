"""What an adopted alert brings to the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Change:
    """One adopted act. Codes as in the codebook; an empty tuple means that the reports name none.

    `announced` is the day of the decision or of the first report, `effective` the first day on which it holds,
    `expires` the last one that it names. `words` is the sentence that tells it. `entities` are the persons, firms and
    ships that it names. `confirmed`: an official source tells it too.
    """

    alert_id: str
    action: Literal["impose", "extend", "ease", "enforce"]
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]
    instruments: tuple[str, ...]
    announced: date
    effective: date
    expires: date | None = None
    legal_act: str | None = None
    source_url: str | None = None
    words: str = ""
    entities: tuple[str, ...] = ()
    confirmed: bool = False
