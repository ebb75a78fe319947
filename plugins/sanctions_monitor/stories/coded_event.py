"""A coded event with what grouping needs to know of its item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sanctions_monitor.events import Event


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One event of one item. `dated` is aware: when the item was news. `source` is the outlet, `title` the headline."""

    event_id: str
    item_id: str
    dated: datetime
    source: str
    title: str
    event: Event
