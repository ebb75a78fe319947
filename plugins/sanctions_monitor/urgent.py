"""Urgent notices: what can't wait for the morning is told at once, once a subscriber. Part of the pipeline's walk.

A burst is bundled: who has had `urgent_at_once` notices within `urgent_window` minutes gets the rest as one notice by
the first run after that.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sanctions_monitor import delivery, digests, reference, subscriptions
from sanctions_monitor.mailing import sync
from sanctions_monitor.picturing import MEMORY, read_picture
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import pandas as pd

    from sanctions_monitor.alerts import Alert
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

STALE = timedelta(hours=72)
"""An item that was older when it was first seen is no urgent news, and neither is an alert that is older now."""


@dataclass(frozen=True, slots=True)
class NoticeSummary:
    """Urgent notices of a run: alerts that were told at once, and to how many subscribers."""

    alerts: int = 0
    subscribers: int = 0


def send_notices(settings: Settings, now: datetime) -> NoticeSummary:
    """Tells at once, and once, what is at or over a subscriber's threshold and fits his filter; then sends what waits.

    All that a run finds for a subscriber is one notice; in a burst it waits and joins what comes after. Raises
    DeliveryError where a server is away: the notices wait.
    """
    sync(settings, now)
    with connect(settings) as conn:
        sql = queries("delivery")
        # one process at a time, so that nobody is told twice
        sql.lock_urgent(conn)
        untold = list(sql.untold(conn, since=now - STALE))
        told = _queue_notices(settings, conn, untold, now) if untold else NoticeSummary()
    delivery.deliver(settings, now)
    return told


def _queue_notices(
    settings: Settings, conn: Connection, untold: Sequence[dict[str, Any]], now: datetime
) -> NoticeSummary:
    """Puts one notice for each subscriber who is to be told into the outbox, a row for each of his channels."""
    # an item without a date is dated by the clock of its poll, which may be this very moment
    until = now + timedelta(seconds=1)
    since = min(row["dated_at"] for row in untold) - MEMORY
    picture = read_picture(settings, conn, since, until)
    shares = reference.read(conn, settings.licences).shares
    fresh = {alert.alert_id: alert for alert in picture.alerts if _is_news(alert)}
    by_subscriber: dict[str, list[Alert]] = {}
    for row in untold:
        if (alert := fresh.get(row["alert_id"])) is not None:
            for subscriber_id in row["subscriber_ids"]:
                by_subscriber.setdefault(subscriber_id, []).append(alert)
    told: set[str] = set()
    count = 0
    window = now - timedelta(minutes=settings.urgent_window)
    rows = queries("delivery").bursts(conn, since=window, at_once=settings.urgent_at_once)
    in_burst = {row["subscriber_id"] for row in rows}
    for reader in subscriptions.subscribers(conn):
        if reader.id in in_burst:
            continue
        fitting = [alert for alert in by_subscriber.get(reader.id, ()) if _is_urgent_for(reader, alert)]
        if not fitting:
            continue
        fitting.sort(key=lambda alert: (-alert.score, alert.dated_at, alert.alert_id))
        stored = _keep_notice(conn, reader, fitting, shares, now)
        delivery.enqueue(
            conn,
            f"urgent-{stored.cut}",
            stored.day,
            [delivery.Wanted(reader, stored.digest_id, channel, urgent=True) for channel in reader.urgent_by],
            now,
            settings,
        )
        queries("delivery").tell_urgent(
            conn, [{"subscriber_id": reader.id, "alert_id": alert.alert_id, "now": now} for alert in fitting]
        )
        told |= {alert.alert_id for alert in fitting}
        count += 1
    return NoticeSummary(len(told), count)


def _is_news(alert: Alert) -> bool:
    """Whether the first report of the act itself was seen in time: what a new feed digs up is no urgent news."""
    first = min((report for report in alert.reports if report.status == "adopted"), key=lambda each: each.dated_at)
    return first.seen_at - first.dated_at <= STALE


def _is_urgent_for(reader: subscriptions.Subscriber, alert: Alert) -> bool:
    threshold = reader.urgent_from
    # the threshold of notices stands for itself, above or below that of the digest
    cut = replace(subscriptions.cut_of(reader), min_severity=subscriptions.SEVERITIES[0])
    return (
        threshold is not None
        and subscriptions.SEVERITIES.index(alert.severity) >= threshold
        and cut.takes(digests.alert_codes(alert))
    )


def _keep_notice(
    conn: Connection,
    reader: subscriptions.Subscriber,
    told: Sequence[Alert],
    shares: pd.DataFrame,
    now: datetime,
) -> digests.StoredDigest:
    ids = [alert.alert_id for alert in told]
    key = hashlib.sha256(" ".join([reader.language, reader.time_zone, *ids]).encode()).hexdigest()[:16]
    day = now.astimezone(ZoneInfo(reader.time_zone)).date()
    found = digests.find(conn, day, reader.time_zone, kind="urgent", cut=key)
    if found is not None:
        return found
    charts = {alert.alert_id: chart for alert in told if (chart := digests.exposure_chart(alert, shares))}
    rendered = digests.render_notice(told, reader.time_zone, reader.language, charts)
    return digests.keep_notice(conn, rendered, ids, day, reader.time_zone, key, now)
