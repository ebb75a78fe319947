"""An end to waiting for a publisher that drips: the limit of a socket begins anew with every byte, this one never."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Limit:
    """One running limit. `shut_down` is None once its block has ended."""

    __slots__ = ("shut_down",)

    def __init__(self, shut_down: Callable[[], object]) -> None:
        self.shut_down: Callable[[], object] | None = shut_down


class _Watch:
    """One thread for all limits of the process: a timer thread for every request would cost more than the request."""

    def __init__(self) -> None:
        self._limits: list[tuple[float, int, _Limit]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def add(self, seconds: float, limit: _Limit) -> None:
        """Starts a limit."""
        due = time.monotonic() + max(0.0, seconds)
        with self._changed:
            if self._thread is None or not self._thread.is_alive():
                # not there yet, or lost in a fork
                self._thread = threading.Thread(target=self._run, name="time-limits", daemon=True)
                self._thread.start()
            heapq.heappush(self._limits, (due, next(self._numbers), limit))
            if self._limits[0][2] is limit:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._limits and self._limits[0][2].shut_down is None:
                    heapq.heappop(self._limits)
                wait = self._limits[0][0] - time.monotonic() if self._limits else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                limit = heapq.heappop(self._limits)[2]
            shut_down = limit.shut_down
            # the answer may have ended in the same moment, and its connection with it
            with suppress(OSError, RuntimeError, ValueError):
                if shut_down is not None:
                    shut_down()


_watch = _Watch()


@contextmanager
def time_limit(seconds: float, shut_down: Callable[[], object]) -> Iterator[None]:
    """Shuts the connection down from another thread where the block takes longer; what reads from it then ends."""
    limit = _Limit(shut_down)
    _watch.add(seconds, limit)
    try:
        yield
    finally:
        limit.shut_down = None
