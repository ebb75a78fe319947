"""What readers get: alerts, watch entries and context, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from sanctions_monitor.alerts.links import Link
    from sanctions_monitor.alerts.report import Report

Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a score, in words, with its points."""

    reason: str
    points: int


@dataclass(frozen=True, slots=True)
class Development:
    """What came after an alert's first report: an official word, a legal act, one more outlet, a correction.

    `moment` is when it came: of a correction, when the edit was seen; else when the report was news.
    """

    kind: Literal["official", "legal_act", "outlet", "correction"]
    report: Report
    note: str
    at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """When it came."""
        return self.at or self.report.dated_at


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An alert that no report carries any more: each item that told it was edited and tells it no longer."""

    alert_id: str
    headline: str
    at: datetime
    report: Report
    note: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The first word of the deciding side's own source, and how long it came after the first report (minutes)."""

    outlet: str
    report: Report
    at: datetime
    lead_minutes: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the tables about an alert's goods, with the year, source and licence that must stand beside it.

    `role` is whose figure it is: the target's weight in the world, or the sender's own dependence. `measure` is
    production or exports (target); net_import_reliance, imports or production (sender). `share` is of the world, 1 =
    all; for net_import_reliance of the country's own use. `rank` is the place among `ranked` countries that the source
    lists. `body` names the body that the country is a member of, where the event names the body.
    """

    role: Literal["target", "sender"]
    country: str
    body: str | None
    commodity_id: str
    measure: str
    share: float
    bound: Literal["more than", "less than"] | None
    rank: int | None
    ranked: int | None
    value: float | None
    unit: str | None
    first_year: int | None
    year: int
    suppliers: tuple[str, ...]
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What another sender's measures still cover: how many, and the first act to cite.

    `covers` says whether they name the goods, wider or narrower ones, or are trade measures that name none.
    """

    target: str
    commodity_id: str | None
    sender: str
    status: Literal["in_force", "eased", "suspended"]
    confirmed: bool
    covers: Literal["named", "wider", "narrower", "no goods named"]
    measures: int
    cited_as: str


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys from the target: of these very goods (`kind` buyers), or its main partners for everything (partners)."""

    target: str
    commodity_id: str | None
    kind: Literal["buyers", "partners"]
    place: int
    buyer: str
    share: float
    value_usd: float | None
    year: int
    source: str
    licence: str


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """A diplomatic act of the same countries: how it reads, and the report that tells it best."""

    story_id: str
    headline: str
    report: Report
    outlets: int


@dataclass(frozen=True, slots=True)
class WatchEntry:
    """A sanctions act that is proposed or was refused."""

    story_id: str
    headline: str
    status: Literal["proposed", "rejected"]
    dated_at: datetime
    report: Report
    outlets: int
    severity: Severity = "low"
    score: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """One adopted sanctions act, as known at one moment.

    `reports` holds one report an independent outlet, the best evidence first. `exposure`, `dependence`, `buyers_said`
    and `standing` are sentences that carry figures, year and source, or say that none is known; `figures`, `cover` and
    `buyers` are what they say, as values. `score` lies in 0..100. `announced` is the day of the decision, `effective`
    the first on which it holds, `expires` the last one that the reports name. `entities` are the persons, firms and
    vessels that the quoted sentences name, whether the act lists them or not.
    """

    alert_id: str
    dated_at: datetime
    action: Literal["impose", "extend", "ease", "enforce"]
    status: Literal["adopted"]
    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...]
    instruments: tuple[str, ...]
    headline: str
    severity: Severity
    score: int
    reasons: tuple[Reason, ...]
    reports: tuple[Report, ...]
    copies: int
    official: tuple[str, ...]
    confirmed_by_sender: bool
    legal_act: str | None
    developments: tuple[Development, ...]
    context: tuple[ContextEntry, ...]
    exposure: tuple[str, ...]
    standing: tuple[str, ...]
    announced: date | None = None
    effective: date | None = None
    expires: date | None = None
    confirmation: Confirmation | None = None
    links: tuple[Link, ...] = ()
    dependence: tuple[str, ...] = ()
    buyers_said: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    cover: tuple[Cover, ...] = ()
    buyers: tuple[Buyer, ...] = ()
    entities: tuple[str, ...] = ()

    @property
    def evidence(self) -> Report:
        """The report whose sentence stands for the alert."""
        return self.reports[0]

    @property
    def outlets(self) -> int:
        """Independent outlets, official bodies among them."""
        return len(self.reports)
