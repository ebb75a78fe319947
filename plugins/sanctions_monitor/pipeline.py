"""The way of the data, step by step: prepare, poll, code, raise, send.

The DAGs and the command line call these functions and nothing else. Each takes the settings and the clock, can be
killed at any line and run again, and says in a few numbers what it did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sanctions_monitor import __version__, alerts, events, feeds, items, mailing, measures, reference
from sanctions_monitor.errors import UserError
from sanctions_monitor.events.recoding import recode as recode_items
from sanctions_monitor.events.store import Coded, item_of_row, read_uncoded, store_coded
from sanctions_monitor.items import full_text
from sanctions_monitor.logs import get_logger
from sanctions_monitor.mailing import DigestSummary, preview
from sanctions_monitor.picturing import MEMORY, read_picture
from sanctions_monitor.polling import PollSummary as PollSummary
from sanctions_monitor.polling import due_batches as due_batches
from sanctions_monitor.polling import poll_feeds as poll_feeds
from sanctions_monitor.reference import services
from sanctions_monitor.storage import connect, migrated, queries
from sanctions_monitor.stories.store import join_stories
from sanctions_monitor.urgent import NoticeSummary, send_notices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sanctions_monitor.events.recoding import Difference
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

__all__ = [
    "AlertSummary",
    "CodeSummary",
    "DigestSummary",
    "NoticeSummary",
    "PollSummary",
    "TextSummary",
    "code_items",
    "due_batches",
    "fetch_full_texts",
    "poll_feeds",
    "prepare",
    "preview",
    "raise_alerts",
    "send_digests",
    "send_notices",
]
log = get_logger("pipeline")
BATCH = 200
"""Items that are coded in one transaction."""
REBUILD_STEP = timedelta(days=30)
"""Stories that are weighed at a time when all are."""


@dataclass(frozen=True, slots=True)
class TextSummary:
    """What came of asking for the pages of items: how many were looked at, gave a text, and did not."""

    pages: int = 0
    texts: int = 0
    left_alone: int = 0
    without_text: int = 0


@dataclass(frozen=True, slots=True)
class CodeSummary:
    """What a coding run found."""

    items: int = 0
    passed_gate: int = 0
    events: int = 0
    stories: int = 0
    not_read: int = 0  # kept, but in a language that is not coded

    def __str__(self) -> str:
        other = f" ({self.not_read} in languages that are not coded)" if self.not_read else ""
        return (
            f"{self.items} items{other}, {self.passed_gate} passed the gate, "
            f"{self.events} events, {self.stories} new stories"
        )


@dataclass(frozen=True, slots=True)
class AlertSummary:
    """How many alerts are new, and how many were known before and looked at again."""

    new: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class RebuildSummary:
    """What a rebuild of all alerts did: alerts that are new, changed in what they say, the same, withdrawn."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    ledger_steps: int = 0


def prepare(settings: Settings) -> None:
    """Brings the schema, the reference tables and the ledger up to date; cheap where nothing changed."""
    migrated(settings)
    with connect(settings) as conn:
        if reference.load(conn) or not measures.is_made(conn):
            rebuild_ledger(conn)


def refresh_reference(
    settings: Settings,
    service_id: str,
    now: datetime,
    *,
    answers_folder: Path | None = None,
    pairs: Sequence[tuple[str, str]] = (),
    base_url: str | None = None,
    key: str | None = None,
    dry_run: bool = False,
) -> dict[str, reference.Difference]:
    """Swaps in newer tables of one public service and returns what changed; with `dry_run` it only compares.

    `answers_folder` has the answers as files; else the service is asked, at `base_url` where that is given, with `key`.
    Comtrade is asked for `pairs` (seller, goods); without any, for the goods that standing measures of the ledger name.
    Raises FetchError or DataError, and then nothing has changed.
    """
    service = services.service(service_id)
    if answers_folder is None and service.by_hand:
        raise UserError(f"{service.title}: {service.note}")
    if key is None and service_id == "comtrade" and settings.comtrade_key:
        key = settings.comtrade_key.get_secret_value()
    answers: services.Answers = (
        services.FolderAnswers(answers_folder)
        if answers_folder
        else services.HttpAnswers(
            service.title, base_url or service.base_url, user_agent=_user_agent(settings), key=key
        )
    )
    with connect(settings) as conn:
        wanted = pairs or (
            measures.goods_restricted(measures.read(conn), now.date()) if service_id == "comtrade" else ()
        )
        return reference.refresh(conn, service, answers, now.year, wanted, dry_run=dry_run)


def _user_agent(settings: Settings) -> str:
    return f"sanctions-monitor/{__version__} (+{settings.contact})"


def fetch_full_texts(settings: Settings, now: datetime) -> TextSummary:
    """Asks for the pages of items that may tell an event and whose summary is short, each once; before coding them.

    What can't be had (robots.txt, a paywall, a failure) is noted with the item, whose summary is coded then.
    """
    if not settings.full_text:
        return TextSummary()
    with connect(settings, read_only=True) as conn:
        wanting = full_text.read_wanting(conn, settings, events.CODER_VERSION, now)
    wanted = [each for each in wanting if events.is_read(each.item) and (each.gated or events.passes_gate(each.item))]
    with feeds.open_session(settings) as session:
        pages = full_text.fetch_texts(settings, session, wanted, now)
    texts = sum(page.outcome == "text" for page in pages)
    left_alone = sum(page.outcome == "forbidden" for page in pages)
    return TextSummary(len(pages), texts, left_alone, len(pages) - texts - left_alone)


def code_items(settings: Settings, now: datetime) -> CodeSummary:
    """Codes what the present coder has not seen and gives new events their stories."""
    seen = passed = found = not_read = 0
    while True:
        with connect(settings) as conn:
            batch = read_uncoded(conn, BATCH)
            coded = [Coded(each, events.passes_gate(each.item), events.code(each.item)) for each in batch]
            store_coded(conn, coded, now)
        seen += len(coded)
        passed += sum(each.passed_gate for each in coded)
        found += sum(len(each.events) for each in coded)
        not_read += sum(not events.is_read(each.uncoded.item) for each in coded)
        if len(batch) < BATCH:
            break
    with connect(settings) as conn:
        opened = join_stories(conn)
    return CodeSummary(seen, passed, found, opened, not_read)


def recode(settings: Settings, since: datetime, until: datetime, now: datetime) -> Iterator[list[Difference]]:
    """Codes what an older coder has coded again, [since, until), batch by batch; yields where the two differ."""
    with connect(settings) as conn:
        for differences in recode_items(conn, since, until, now, BATCH):
            conn.commit()
            yield differences


def recode_and_log(settings: Settings, since: str, until: str | None, now: datetime) -> dict[str, int]:
    """`recode` for a DAG: dates as YYYY-MM-DD, each difference a line of the log; how many items differ."""
    migrated(settings)
    begin = datetime.fromisoformat(since).replace(tzinfo=UTC)
    end = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else now
    count = 0
    for differences in recode(settings, begin, end, now):
        for one in differences:
            count += 1
            log.info("coded differently", item=one.item_id, title=one.title, before=one.before, now=one.now)
    return {"items": count}


def stored_item(settings: Settings, item_id: str) -> items.Item:
    """The latest revision of a stored item. Raises UserError where no item has this id."""
    migrated(settings)
    with connect(settings, read_only=True) as conn:
        row = queries("events").stored_item(conn, item=item_id)
    if row is None:
        raise UserError(f"no stored item {item_id!r}; `sanctions-monitor items --format jsonl` lists the ids")
    return item_of_row(row)


def raise_alerts(settings: Settings, now: datetime) -> AlertSummary:
    """Weighs the stories with reports that no alert has taken in yet, keeps their alerts; the ledger follows."""
    with connect(settings) as conn:
        oldest = queries("pipeline").not_looked_at(conn, coder=events.CODER_VERSION)["oldest"]
        if oldest is None:
            return AlertSummary()
        # an item without a date is dated by the clock of its poll, which may be this very moment
        seen = read_picture(settings, conn, oldest - MEMORY, now + timedelta(seconds=1))
        new = alerts.store(conn, seen.alerts, now, seen.withdrawn)
        rebuild_ledger(conn)
    return AlertSummary(len(new), len(seen.alerts) - len(new))


def rebuild_ledger(conn: Connection) -> int:
    """Makes the ledger anew from the baseline and the alerts that stand; returns its steps."""
    measures.lock(conn)
    goods = reference.read_table("commodity")
    ledger = measures.fold(measures.stored_baseline(conn), alerts.read_changes(conn), reference.narrower_goods(goods))
    measures.store(conn, ledger)
    return len(ledger)


def rebuild_alerts(settings: Settings, now: datetime) -> RebuildSummary:
    """Weighs every story again, whatever was kept before, and makes the ledger anew, all in one transaction.

    An alert keeps its id and when it was raised; one that no story makes any more is withdrawn.
    """
    summary = RebuildSummary()
    made: list[str] = []
    with connect(settings) as conn:
        told = queries("alerts").told_span(conn, coder=events.CODER_VERSION)
        start = told["first"]
        while start is not None and start <= told["last"]:
            end = min(start + REBUILD_STEP, now + timedelta(seconds=1))
            seen = read_picture(settings, conn, start - MEMORY, now + timedelta(seconds=1), told_until=end + MEMORY)
            fresh = [alert for alert in seen.alerts if start <= alert.dated_at < end]
            gone = [each for each in seen.withdrawn if each.alert_id not in made]
            before = queries("alerts")
            was = {row["alert_id"]: row for row in before.alert_states(conn, alerts=[each.alert_id for each in fresh])}
            new = alerts.store(conn, fresh, now, gone)
            is_now = {row["alert_id"]: row for row in before.alert_states(conn, alerts=list(was))}
            changed = sum(was[each] != is_now[each] for each in was)
            made += [alert.alert_id for alert in fresh]
            summary = replace(
                summary,
                new=summary.new + len(new),
                changed=summary.changed + changed,
                same=summary.same + len(was) - changed,
            )
            start += REBUILD_STEP
        withdrawn = queries("alerts").withdraw_untold(
            conn, made=made, now=now, note="Withdrawn: no report tells it any more"
        )
        return replace(summary, withdrawn=withdrawn, ledger_steps=rebuild_ledger(conn))


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
    """Raises what is coded and not raised yet, then does what `mailing.send_digests` says; a dry run raises nothing."""
    if not dry_run:
        # a digest says which alerts it told, so they must be there; coding may have run a moment ago
        raise_alerts(settings, now)
    return mailing.send_digests(
        settings, now, day, dry_run=dry_run, subscriber=subscriber, edition=edition, deliver=deliver
    )
