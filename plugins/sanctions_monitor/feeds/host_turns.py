"""Turns at a host: so many requests at the same time, and a pause after each."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REFUSALS = 2
"""Answers of 429 in one run after which a host is left alone: the first may be about one feed, the second is not."""


class HostTurns:
    """Shared by the threads of one run, so that redirects and full texts wait for their turn like polls do."""

    def __init__(self, parallel: int, pause: float) -> None:
        """`parallel` requests to a host at the same time, and `pause` seconds from the end of one to the next."""
        self._pause = pause
        self._free: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(parallel))
        self._not_before: dict[str, float] = {}
        self._refusals: defaultdict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Waits until the host may be asked; the block is the request."""
        with self._lock:
            free = self._free[host]
        with free:
            self._wait(host)
            try:
                yield
            finally:
                with self._lock:
                    self._not_before[host] = max(self._not_before.get(host, 0.0), time.monotonic() + self._pause)

    def _wait(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            start = max(now, self._not_before.get(host, 0.0))
            # the next in line starts a pause after this one, also where several may be under way
            self._not_before[host] = start + self._pause
        if start > now:
            time.sleep(start - now)

    def refused(self, host: str) -> None:
        """Notes that the host has answered 429."""
        with self._lock:
            self._refusals[host] += 1

    def over(self, host: str) -> bool:
        """Whether the host has had enough of us for this run."""
        with self._lock:
            return self._refusals[host] >= REFUSALS
