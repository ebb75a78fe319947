"""From alerts to readers: the daily digest, a subscriber's preview, tables of a span. Part of the pipeline's walk.

Composing, storing and filling the outbox of an edition is one transaction; sending comes after it, mail by mail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sanctions_monitor import delivery, digests, exports, measures, reference, subscriptions
from sanctions_monitor.errors import SanctionsMonitorError, UserError
from sanctions_monitor.logs import get_logger
from sanctions_monitor.picturing import MEMORY, read_picture
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sanctions_monitor.alerts import Alert, ContextEntry
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

log = get_logger("mailing")
EXPIRY_DAYS = 30
"""How far the calendar of what ends or is reviewed looks ahead."""
FEED_DAYS = timedelta(days=30)
"""How far back the feeds of alerts reach."""


@dataclass(frozen=True, slots=True)
class DigestSummary:
    """One digest of a run: what it says, where its files are, what became of its mails, and what went wrong."""

    date: date
    edition: str
    subject: str
    alerts: int
    folder: str | None
    sent: int
    waiting: int
    failed: int
    skipped: int = 0
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class _Edition:
    """A day in a time zone while its digests are made."""

    whole: digests.Digest
    context: tuple[ContextEntry, ...]
    charts: dict[str, digests.Chart]
    rendered: dict[str, digests.Rendered] = field(default_factory=dict)


def send_digests(
    settings: Settings,
    now: datetime,
    day: date | None = None,
    *,
    dry_run: bool = False,
    subscriber: str | None = None,
    edition: str | None = None,
    deliver: bool = True,
) -> list[DigestSummary]:
    """Composes, writes and delivers the digests that are due at each subscriber's hour, or those of `day`.

    An explicit day goes to every active subscriber who has not had it, or to the one named; `edition` (a time zone)
    leaves out the others. A dry run composes and writes files, but stores nothing and sends nothing; without `deliver`
    digests are stored and no mail is made. Raises UserError for an unknown subscriber or edition or a day that is not
    over, DeliveryError where the mail server is away: then all is stored, and the mails wait in the outbox.
    """
    if edition is not None:
        _check_zone(edition)
    readers = _readers(settings, now, subscriber, dry_run=dry_run)
    wanted = _editions(settings, now, readers, day, edition)
    made = [
        _make(settings, now, edition_day, zone, chosen, dry_run=dry_run, deliver=deliver)
        for (edition_day, zone), chosen in sorted(wanted.items())
    ]
    if not dry_run and deliver:
        delivery.deliver(settings, now)
    with connect(settings, read_only=True) as conn:
        return [_summary(conn, stored, folder, faults) for stored, folder, faults in made]


def preview(settings: Settings, now: datetime, subscriber: str, day: date | None) -> digests.Rendered:
    """The digest of a day as this subscriber would see it; nothing is stored or sent. Default: his latest due day."""
    with connect(settings, read_only=True) as conn:
        reader = subscriptions.find(conn, subscriber).subscriber
        day = day or digests.due_days(now, reader.time_zone, 0, None)[-1]
        edition = _compose(settings, conn, day, reader.time_zone, now)
    cut = subscriptions.cut_of(reader)
    return digests.render(digests.narrow(edition.whole, cut, edition.context), edition.charts)


def export(
    settings: Settings,
    first: datetime,
    after: datetime,
    *,
    format_: exports.Format = "csv",
    tables: list[str] | None = None,
    place: str | None = None,
    bom: bool = False,
) -> tuple[str, list[str]]:
    """Writes tables of a span (its last moment is not in it) and gives the place and the names of the files.

    Raises UserError for an unknown table, an empty span, or a place that can't be written.
    """
    if first >= after:
        raise UserError(
            f"--since {first:%Y-%m-%d} lies behind --until {after - timedelta(days=1):%Y-%m-%d}: swap them."
        )
    place = place or settings.export_to or str(settings.out / "export")
    span = exports.Span(first, after)
    with connect(settings, read_only=True) as conn:
        told = _alerts_of(settings, conn, span) if exports.needs_alerts(tables) else []
        return place, exports.write_tables(conn, span, place, alerts=told, format_=format_, tables=tables, bom=bom)


def sync(settings: Settings, now: datetime) -> None:
    """Takes the lines of the subscriptions file over into the database."""
    listed = subscriptions.read_subscriptions(
        settings.subscriptions_file, must_exist=settings.subscriptions is not None
    )
    with connect(settings) as conn:
        subscriptions.sync_subscribers(conn, listed, now)


def _readers(settings: Settings, now: datetime, only: str | None, *, dry_run: bool) -> list[subscriptions.Subscriber]:
    if dry_run:
        # nothing is stored: the file says who would get it, beside those whom a command made
        listed = subscriptions.read_subscriptions(
            settings.subscriptions_file, must_exist=settings.subscriptions is not None
        )
        in_file = {each.id for each in listed}
        with connect(settings, read_only=True) as conn:
            others = [each.subscriber for each in subscriptions.listed(conn) if each.origin == "command"]
        active = [each for each in [*listed, *others] if each.active or each.id not in in_file]
    else:
        sync(settings, now)
        with connect(settings, read_only=True) as conn:
            active = subscriptions.subscribers(conn)
    if only is None:
        return active
    chosen = [each for each in active if only in (each.id, each.address)]
    if not chosen:
        known = ", ".join(each.id for each in active[:10]) or "none at all"
        raise UserError(
            f"No active subscriber {only!r} in {settings.subscriptions_file} (there: {known}). "
            "Add a line, or mend the name."
        )
    return chosen


def _editions(
    settings: Settings,
    now: datetime,
    readers: Sequence[subscriptions.Subscriber],
    day: date | None,
    only: str | None,
) -> dict[tuple[date, str], list[subscriptions.Subscriber]]:
    """Which digests to make, as (day, time zone), and who gets each; the house edition is always among them."""
    wanted: dict[tuple[date, str], list[subscriptions.Subscriber]] = {}
    if day is not None:
        wanted[day, only or digests.HOUSE_EDITION] = []
        for each in readers:
            wanted.setdefault((day, each.time_zone), []).append(each)
    else:
        with connect(settings, read_only=True) as conn:
            sql = queries("delivery")
            latest = {row["subscriber_id"]: row["latest"] for row in sql.latest_deliveries(conn)}
            since = {row["subscriber_id"]: row["added_at"] for row in sql.subscribers_since(conn)}
            house = queries("digests").latest_digest(conn, edition=digests.HOUSE_EDITION)["latest"]
        for due in digests.due_days(now, digests.HOUSE_EDITION, digests.HOUSE_HOUR, house):
            wanted[due, digests.HOUSE_EDITION] = []
        for each in readers:
            last = latest.get(each.id)
            if last is not None and each.id in since:
                # one who was away on his own wish does not get what was due before he came back
                last = max(last, digests.due_days(since[each.id], each.time_zone, each.hour, None)[-1])
            for due in digests.due_days(now, each.time_zone, each.hour, last):
                wanted.setdefault((due, each.time_zone), []).append(each)
    return {key: chosen for key, chosen in wanted.items() if only is None or key[1] == only}


def _make(
    settings: Settings,
    now: datetime,
    day: date,
    zone: str,
    readers: Sequence[subscriptions.Subscriber],
    *,
    dry_run: bool,
    deliver: bool,
) -> tuple[digests.StoredDigest, Path, list[str]]:
    """Composes one edition and its cuts unless they are stored, fills the outbox, writes the edition's files."""
    span = digests.bounds(day, zone)
    if span[1] > now and not dry_run:
        raise UserError(
            f"{day} is not over in {zone}: its digest would be incomplete. Wait, or look at it with --dry-run."
        )
    folder = settings.out / day.isoformat()
    if zone != digests.HOUSE_EDITION:
        folder /= zone.replace("/", "-")
    with connect(settings, read_only=dry_run) as conn:
        edition = _compose(settings, conn, day, zone, now)
        stored = digests.find(conn, day, zone)
        parts: tuple[digests.Part, ...]
        if dry_run:
            if stored is None:
                stored, parts = _unstored(edition.whole, digests.render(edition.whole, edition.charts), now)
            else:
                parts = digests.read_parts(conn, stored.digest_id)
        else:
            stored = stored or _keep(conn, edition, subscriptions.WHOLE, now)
            parts = digests.read_parts(conn, stored.digest_id)
            if deliver:
                wanted = _wanted(conn, edition, stored, readers, now)
                delivery.enqueue(conn, day.isoformat(), day, wanted, now, settings)
        faults = [fault for row in queries("digests").faults(conn, day=day, edition=zone) for fault in row["faults"]]
        faults += _write(settings, conn, edition, stored, parts, folder, now)
    return stored, folder, list(dict.fromkeys(faults))


def _compose(settings: Settings, conn: Connection, day: date, zone: str, now: datetime) -> _Edition:
    span = digests.bounds(day, zone)
    since = span[0] - MEMORY
    picture = read_picture(settings, conn, since, span[1])
    whole = digests.compose(
        day,
        zone,
        span,
        picture,
        digests.late_alerts(conn, day, zone),
        digests.read_coverage(conn, span, now),
        corrections=digests.withdrawn(conn, day, zone, since, picture),
        expiries=digests.expiries(measures.ending(measures.read(conn), day, EXPIRY_DAYS)),
    )
    shares = reference.read(conn, settings.licences).shares
    charts = {alert.alert_id: chart for alert in whole.alerts if (chart := digests.exposure_chart(alert, shares))}
    told = tuple(entry for entry in picture.context if span[0] <= entry.report.dated_at < span[1])
    return _Edition(whole, told, charts)


def _keep(conn: Connection, edition: _Edition, cut: subscriptions.Cut, now: datetime) -> digests.StoredDigest:
    """Stores a cut of an edition, with the attachments that it asks for."""
    digest = digests.narrow(edition.whole, cut, edition.context)
    attachments = []
    if "csv" in cut.attachments:
        attachments.append(digests.Part("alerts.csv", "text/csv", exports.alerts_csv(digest.alerts, digest.day)))
    if "ics" in cut.attachments and digest.expiries:
        # a calendar without an event is none (RFC 5545, section 3.6)
        calendar = exports.calendar(digest.expiries, "", now)
        attachments.append(digests.Part("expiries.ics", "text/calendar", calendar))
    return digests.keep(conn, digest, digests.render(digest, edition.charts), now, attachments)


def _unstored(
    digest: digests.Digest, rendered: digests.Rendered, now: datetime
) -> tuple[digests.StoredDigest, tuple[digests.Part, ...]]:
    stored = digests.StoredDigest(
        0,
        digest.day,
        digest.zone,
        rendered.subject,
        rendered.text,
        rendered.html,
        len(digest.alerts),
        len(digest.watch),
        now,
    )
    return stored, rendered.parts


def _wanted(
    conn: Connection,
    edition: _Edition,
    whole: digests.StoredDigest,
    readers: Sequence[subscriptions.Subscriber],
    now: datetime,
) -> list[delivery.Wanted]:
    """Which document each reader gets; readers of one cut share it."""
    by_cut: dict[subscriptions.Cut, list[subscriptions.Subscriber]] = {}
    for each in readers:
        by_cut.setdefault(subscriptions.cut_of(each), []).append(each)
    wanted = []
    for cut, same in by_cut.items():
        empty = digests.narrow(edition.whole, cut, edition.context).empty
        stored = whole
        if cut.key and not all(empty and each.quiet == "nothing" for each in same):
            stored = digests.find(conn, whole.day, whole.edition, cut=cut.key) or _keep(conn, edition, cut, now)
        wanted += [delivery.Wanted(each, stored.digest_id, skipped=empty and each.quiet == "nothing") for each in same]
    return wanted


def _write(
    settings: Settings,
    conn: Connection,
    edition: _Edition,
    stored: digests.StoredDigest,
    parts: Sequence[digests.Part],
    folder: Path,
    now: datetime,
) -> list[str]:
    """Writes the files of an edition; what can't be written is told and keeps no mail back."""
    day, zone = edition.whole.day, edition.whole.zone
    span = exports.Span(*digests.bounds(day, zone), day)
    try:
        delivery.write_files(stored, parts, folder, settings)
        exports.write_tables(conn, span, str(folder), alerts=edition.whole.alerts)
        if settings.export_to is not None:
            place = f"{settings.export_to.rstrip('/')}/{folder.relative_to(settings.out).as_posix()}"
            exports.write_tables(conn, span, place, alerts=edition.whole.alerts)
        if zone == digests.HOUSE_EDITION:
            _write_feeds(settings, conn, edition, now)
    except OSError as problem:
        fault = f"files of {day} in {folder}: {problem.strerror or problem}"
    except SanctionsMonitorError as problem:
        fault = f"files of {day}: {problem}"
    else:
        return []
    log.error("files_not_written", day=day.isoformat(), reason=fault)
    return [fault]


def _alerts_of(settings: Settings, conn: Connection, span: exports.Span) -> list[Alert]:
    """The alerts first told in a span as they are known at its end, by time."""
    picture = read_picture(settings, conn, span.first - MEMORY, span.after)
    told = [alert for alert in picture.alerts if span.first <= alert.dated_at < span.after]
    return sorted(told, key=lambda alert: (alert.dated_at, alert.alert_id))


def _write_feeds(settings: Settings, conn: Connection, edition: _Edition, now: datetime) -> None:
    """The feeds of alerts and the calendar, as of the end of the edition's day, beside the folders of the days."""
    after = digests.bounds(edition.whole.day, edition.whole.zone)[1]
    latest = _alerts_of(settings, conn, exports.Span(after - FEED_DAYS, after))
    files = {
        "alerts.atom": exports.atom(latest, settings.public_url, after),
        "alerts.json": exports.json_feed(latest, settings.public_url),
        "expiries.ics": exports.calendar(edition.whole.expiries, settings.public_url, now),
    }
    for name, content in files.items():
        with exports.whole_file(str(settings.out), name) as path:
            path.write_bytes(content)


def _summary(conn: Connection, stored: digests.StoredDigest, folder: Path, faults: Sequence[str]) -> DigestSummary:
    states = {
        row["state"]: row["mails"]
        for row in queries("delivery").delivery_states(conn, day=stored.day, edition=stored.edition)
    }
    return DigestSummary(
        date=stored.day,
        edition=stored.edition,
        subject=stored.subject,
        alerts=stored.alerts,
        folder=str(folder),
        sent=states.get("sent", 0),
        waiting=states.get("pending", 0),
        failed=states.get("dead", 0),
        skipped=states.get("skipped", 0),
        faults=tuple(faults),
    )


def _check_zone(edition: str) -> None:
    try:
        ZoneInfo(edition)
    except (LookupError, ValueError, OSError):
        raise UserError(
            f"There is no edition {edition!r}: an edition is the name of a time zone, such as UTC or Europe/Warsaw."
        ) from None
