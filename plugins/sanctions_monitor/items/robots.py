"""robots.txt (RFC 9309): may this page be asked? Asked once a day a host, by the same guarded session as everything."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from protego import Protego

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.conditional_get import ask
from sanctions_monitor.feeds.logins import origin_of
from sanctions_monitor.storage import connect, queries

if TYPE_CHECKING:
    from datetime import datetime

    from sanctions_monitor.feeds import Session
    from sanctions_monitor.settings import Settings

OUR_NAME = "SanctionsMonitor"
"""What a rule for us alone would be written to; the first word of our User-Agent."""
KEPT = timedelta(days=1)
"""RFC 9309, section 2.4."""
KEPT_FAILURE = timedelta(hours=1)
LONGEST = 500 * 1024
"""Bytes that are read: RFC 9309, section 2.5, asks for no more."""
LONGEST_DELAY = 30.0
"""Seconds of a Crawl-delay that are kept to; who asks for more is asked for one page a run."""


class LeftAloneError(FetchError):
    """A page that robots.txt asks us to leave alone."""


class NotNowError(FetchError):
    """A page whose robots.txt could not be had: it is not asked until that is there."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site's robots.txt says. `text` is empty where there is none, and None where it could not be had."""

    text: str | None
    error: str | None = None

    def check(self, url: str) -> None:
        """Raises LeftAloneError where the page is not to be asked, NotNowError where nobody can tell at present."""
        if self.text is None:
            raise NotNowError(f"robots.txt could not be had: {self.error}")
        if not _parsed(self.text).can_fetch(url, OUR_NAME):
            raise LeftAloneError("robots.txt asks us to leave this page alone")

    @property
    def delay(self) -> float:
        """Seconds between two pages that the site asks for."""
        return float(_parsed(self.text).crawl_delay(OUR_NAME) or 0) if self.text else 0.0


@lru_cache(maxsize=64)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)


class Robots:
    """The rules of the sites of one run, kept in the database from one run to the next. Safe for threads."""

    def __init__(self, settings: Settings, session: Session, now: datetime) -> None:
        """`now` decides which of those that were kept are still good."""
        self._settings = settings
        self._session = session
        self._now = now
        self._known: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def rules(self, url: str) -> Rules:
        """The rules of the site at which a page stands. Raises ValueError for what is no address."""
        origin = origin_of(url)
        with self._lock:
            known = self._known.get(origin)
        if known is None:
            known = self._kept(origin) or self._ask(origin)
            with self._lock:
                self._known[origin] = known
        return known

    def _kept(self, origin: str) -> Rules | None:
        with connect(self._settings, read_only=True) as conn:
            row = queries("full_text").known_robots(conn, origin=origin)
        if row is None:
            return None
        lifetime = KEPT if row["rules"] is not None else KEPT_FAILURE
        fresh = row["fetched_at"] <= self._now < row["fetched_at"] + lifetime
        return Rules(row["rules"], row["error"]) if fresh else None

    def _ask(self, origin: str) -> Rules:
        status: int | None = None
        try:
            answer = ask(self._session, f"{origin}/robots.txt", self._settings)
        except FetchError as problem:
            rules = Rules(None, str(problem))
        else:
            status = answer.status
            rules = _understood(status, answer.body, answer.error)
        with connect(self._settings) as conn:
            queries("full_text").keep_robots(
                conn, origin=origin, now=self._now, http_status=status, rules=rules.text, error=rules.error
            )
        return rules


def _understood(status: int, body: bytes | None, error: str | None) -> Rules:
    """RFC 9309, section 2.3.1: without a file all is allowed; while the server is out of order, nothing is."""
    if body is not None:
        # PostgreSQL keeps no NUL in a text
        return Rules(body[:LONGEST].decode("utf-8", errors="replace").replace("\x00", ""))
    # 429 is the server's word that it has no time, although it is a 4xx
    if 400 <= status < 500 and status != 429:
        return Rules("")
    return Rules(None, error or f"HTTP {status}")
