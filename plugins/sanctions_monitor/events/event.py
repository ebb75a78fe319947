"""The coded event and its evidence: the codebook's record (docs/codebook.md) as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Family = Literal["sanctions", "diplomacy"]
Action = Literal["impose", "extend", "ease", "enforce", "talks", "agreement", "release", "restore", "rupture"]
Status = Literal["adopted", "proposed", "rejected", "background"]
Instrument = Literal["asset_freeze", "travel_ban", "trade", "arms", "financial", "transport", "export_control", "other"]
Field = Literal["title", "summary", "text"]
EntityType = Literal["person", "company", "bank", "vessel", "aircraft", "organisation"]

FAMILY_OF: dict[Action, Family] = {
    "impose": "sanctions",
    "extend": "sanctions",
    "ease": "sanctions",
    "enforce": "sanctions",
    "talks": "diplomacy",
    "agreement": "diplomacy",
    "release": "diplomacy",
    "restore": "diplomacy",
    "rupture": "diplomacy",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that carries an event: `text` is exactly `getattr(item, field)[start:end]`."""

    field: Field
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a measure names: `id` is a number of its own, such as "IMO 9187629"."""

    name: str
    type: EntityType
    id: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Who does what to whom, about which goods, and how real it is (docs/codebook.md).

    Codes are sorted and free of repeats: senders and targets ISO 3166-1 alpha-2 or body codes, commodities ids of
    sql/reference/commodities.csv. `rule` names the rule that decided, `because` the words of the item that gave
    each part (part -> words), `confidence` lies in 0..1. Dates are given where the item says them.
    """

    action: Action
    status: Status
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]
    instruments: tuple[Instrument, ...]
    evidence: Evidence
    rule: str
    confidence: float
    because: tuple[tuple[str, str], ...] = ()
    legal_act: str | None = None
    announced: date | None = None
    effective: date | None = None
    expires: date | None = None
    entities: tuple[Entity, ...] = ()

    @property
    def family(self) -> Family:
        """The family that the action belongs to (codebook, "Fields")."""
        return FAMILY_OF[self.action]
