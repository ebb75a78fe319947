"""Alerts, digests and mail servers for the tests of digests and of their delivery."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from pydantic import SecretStr

from sanctions_monitor.alerts import Alert, ContextEntry, Development, Picture, Reason, Report, WatchEntry
from sanctions_monitor.delivery import Wanted, enqueue
from sanctions_monitor.digests import Coverage, Digest, bounds, compose, keep, render
from sanctions_monitor.storage import connect
from sanctions_monitor.subscriptions import Subscriber, sync_subscribers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sanctions_monitor.settings import Settings

DAY = date(2025, 12, 13)
FIRST = datetime(2025, 12, 13, 15, 0, tzinfo=UTC)
MORNING = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)


def report(outlet: str = "Post", minutes: int = 0, **facts: Any) -> Report:
    moment = FIRST + timedelta(minutes=minutes)
    told: dict[str, Any] = {
        "story_id": "s1",
        "event_id": f"{outlet}-{minutes}",
        "item_id": f"{outlet}-{minutes}",
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
        "dated_at": moment,
        "seen_at": moment,
        "outlet": outlet,
        "outlet_kind": "news",
        "outlet_country": "GB",
        "title": "US lifts potash sanctions",
        "url": f"https://{outlet.lower()}.example/1",
        "wording": "",
    }
    return Report(**(told | facts))


def alert(headline: str = "US eases potash sanctions on Belarus", **facts: Any) -> Alert:
    told: dict[str, Any] = {
        "alert_id": "s1",
        "dated_at": FIRST,
        "action": "ease",
        "status": "adopted",
        "senders": ("US",),
        "targets": ("BY",),
        "commodities": ("potash",),
        "instruments": ("sectoral",),
        "headline": headline,
        "severity": "high",
        "score": 75,
        "reasons": (Reason("action: ease", 30), Reason("the measure names goods", 45)),
        "reports": (report(),),
        "copies": 0,
        "official": (),
        "confirmed_by_sender": False,
        "legal_act": None,
        "developments": (),
        "context": (),
        "exposure": ("Belarus produced 12.3 % of the world's potash in 2025: USGS",),
        "standing": (),
    }
    return Alert(**(told | facts))


@pytest.fixture(scope="session")
def tell() -> Callable[..., Report]:
    """Makes a report: outlet, minutes after 15:00 on 13 December 2025, and what is to differ."""
    return report


@pytest.fixture(scope="session")
def raise_alert() -> Callable[..., Alert]:
    """Makes an alert: headline, and what is to differ."""
    return alert


@pytest.fixture(scope="session")
def make_digest() -> Callable[..., Digest]:
    """Makes the digest of 13 December 2025 from parts of a picture."""

    def make(
        *alerts: Alert,
        watch: tuple[WatchEntry, ...] = (),
        context: tuple[ContextEntry, ...] = (),
        zone: str = "UTC",
        late: tuple[str, ...] = (),
        failing: tuple[str, ...] = (),
        coverage: Coverage | None = None,
        **more: Any,
    ) -> Digest:
        seen = Picture(alerts, watch, context)
        read = coverage or Coverage(250, 12, failing, 60)
        return compose(DAY, zone, bounds(DAY, zone), seen, late, read, **more)

    return make


@pytest.fixture(scope="session")
def full_digest(make_digest: Callable[..., Digest]) -> Digest:
    """A digest with something in every part."""
    release = report("Gazette", 5, family="diplomacy", action="release", quote="Belarus released 123 prisoners.")
    official = report("OFAC", 45, outlet_kind="official", quote="OFAC is issuing General License 13.")
    older = alert(
        "EU extends sanctions on Russia",
        alert_id="s0",
        dated_at=FIRST - timedelta(days=2),
        developments=(Development("official", official, "OFAC tells it itself, 2 d after the first report"),),
    )
    refusal = report("Herald", 60, status="rejected", quote="The EU has no plans to ease its sanctions.")
    talks = report("Herald", 70, family="diplomacy", action="talks", quote="The US and China held talks.")
    return make_digest(
        alert(
            reports=(report(), official),
            official=("OFAC",),
            legal_act="General License 13",
            copies=2,
            context=(ContextEntry("s5", "Belarus frees prisoners", release, 1),),
            standing=("The EU's ban of 2022 still stands.",),
        ),
        older,
        watch=(WatchEntry("s2", "Refused: EU to ease sanctions on Belarus", "rejected", FIRST, refusal, 3),),
        context=(
            ContextEntry("s5", "Belarus frees prisoners", release, 1),
            ContextEntry("s6", "US and China hold talks", talks, 1),
        ),
        failing=("River Gazette",),
    )


async def drip(server: Any) -> None:
    """A byte at a time of an answer that never ends, until the client hangs up."""
    import asyncio

    for _ in range(600):
        await asyncio.sleep(0.05)
        if server.transport.is_closing():
            return
        server.transport.write(b"2")


@dataclass
class MailServer:
    """A real SMTP server that answers as it is told, by recipient, and keeps what it accepted."""

    url: str = ""
    accepted: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    to_sender: str | None = None
    after_data: Callable[[], object] | None = None

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: ARG002, N802
        envelope.mail_from = address
        return self.to_sender or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: ARG002, N802
        answer = self.answers.get(address, "250 OK")
        if answer == "hang up":
            server.transport.close()
        if answer == "drip":
            await drip(server)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        answer = self.answers.get("DATA", "250 OK")
        if answer.startswith("2"):
            self.accepted.append((envelope.rcpt_tos[0], envelope.content))
        if self.after_data:
            self.after_data()
        return answer

    @property
    def recipients(self) -> list[str]:
        return sorted(address for address, _ in self.accepted)


@contextmanager
def serve_mail() -> Iterator[MailServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = MailServer(f"smtp://127.0.0.1:{port}")
    controller = Controller(server, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with serve_mail() as server:
        yield server


@pytest.fixture
def outbox(settings: Settings, mail_server: MailServer, full_digest: Digest) -> Callable[..., Settings]:
    """Puts the digest for these subscribers into the outbox; gives settings that mail to the server."""

    def fill(*names: str, domain: str = "example.org") -> Settings:
        readers = [Subscriber(id=name, address=f"{name}@{domain}", name=name) for name in names]
        # the database would ask for the alerts of a digest too, which are of no matter here
        empty = compose(DAY, "UTC", bounds(DAY, "UTC"), Picture((), (), ()), (), Coverage(0, 0, ()))
        with connect(settings) as conn:
            sync_subscribers(conn, readers, MORNING)
            stored = keep(conn, empty, render(full_digest), MORNING)
            wanted = [Wanted(reader, stored.digest_id) for reader in readers]
            enqueue(conn, DAY.isoformat(), DAY, wanted, MORNING, settings)
        return settings.model_copy(update={"smtp_url": SecretStr(mail_server.url)})

    return fill
