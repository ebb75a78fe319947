"""The classes that the network decides between: each action in each status that is news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.events.event import FAMILY_OF

if TYPE_CHECKING:
    from sanctions_monitor.events.event import Action, Status

ACTIONS: tuple[Action, ...] = tuple(FAMILY_OF)
# "background" is what no class is given to: earlier acts are never news.
STATUSES: tuple[Status, ...] = ("adopted", "proposed", "rejected")
# The order is part of a trained network.
CLASSES: tuple[tuple[Action, Status], ...] = tuple((action, status) for action in ACTIONS for status in STATUSES)
# What a name can be to an act: the columns of the network's roles.
ROLES = ("sender", "target", "commodity")
