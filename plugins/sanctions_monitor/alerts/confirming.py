"""Confirmation: the deciding side's own source joins what others have reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.alerts.alert import Confirmation

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sanctions_monitor.alerts.report import Report


def confirmation(reports: Sequence[Report], senders: Collection[str]) -> Confirmation | None:
    """The first report by an official source of a sender, with its lead time: minutes after the first report of all.

    `reports` are in the order of time. 0 minutes: the official source told it first.
    """
    own = next((each for each in reports if each.official and each.outlet_country in senders), None)
    if own is None:
        return None
    wait = own.dated_at - reports[0].dated_at
    return Confirmation(own.outlet, own, own.dated_at, int(wait.total_seconds()) // 60)
