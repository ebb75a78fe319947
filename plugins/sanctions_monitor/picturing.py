"""The picture of alerts at one moment, with all that it is joined with: digests, notices and exports start from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sanctions_monitor import alerts, measures, reference

if TYPE_CHECKING:
    from datetime import datetime

    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

MEMORY = timedelta(days=14)
"""How far back stories are looked at for a digest: acts older than this bring no developments any more."""


def read_picture(
    settings: Settings, conn: Connection, since: datetime, until: datetime, told_until: datetime | None = None
) -> alerts.Picture:
    """The picture at `until` of the stories that were told since, or between `since` and `told_until`."""
    reports = alerts.read_reports(conn, since, until, told_until)
    return alerts.picture(
        reports,
        reference.read(conn, settings.licences),
        measures.read(conn),
        until,
        earlier=alerts.read_acts(conn, since - alerts.LINK_MEMORY, until),
        watch_list=alerts.read_watch_list(settings.watch_list),
    )
