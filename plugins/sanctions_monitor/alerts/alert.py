"""What readers get: alerts, watch entries and context, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from sanctions_monitor.alerts.report import Report

Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a score, in words, with its points."""

    reason: str
    points: int


@dataclass(frozen=True, slots=True)
class Development:
    """What came after an alert's first report: an official word, a legal act, one more outlet."""

    kind: Literal["official", "legal_act", "outlet"]
    report: Report
    note: str


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


@dataclass(frozen=True, slots=True)
class Alert:
    """One adopted sanctions act, as known at one moment.

    `reports` holds one report an independent outlet, the best evidence first. `exposure` and `standing` are
    sentences that carry figures, year and source, or say that none is known. `score` lies in 0..100.
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

    @property
    def evidence(self) -> Report:
        """The report whose sentence stands for the alert."""
        return self.reports[0]

    @property
    def outlets(self) -> int:
        """Independent outlets, official bodies among them."""
        return len(self.reports)
