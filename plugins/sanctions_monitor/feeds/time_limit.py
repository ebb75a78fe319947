"""An end to waiting for a publisher that drips: the limit of a socket begins anew with every byte, this one never."""

from __future__ import annotations

import heapq
import itertools
import os
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Limit:
    """One running limit, and the connection that its block waits for, as soon as there is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._brake: socket.socket | None = None
        self._passed = False
        self.over = False

    def hold(self, sock: socket.socket) -> None:
        """Shuts this connection down when the limit is reached."""
        # the same connection under a number of its own: TLS takes a socket away while it shakes hands, and http.client
        # lets go of one whose answer ends with the connection
        brake = socket.socket(sock.family, sock.type, sock.proto, fileno=os.dup(sock.fileno()))
        with self._lock:
            held, self._brake = self._brake, brake
            if held is not None:
                held.close()
            if self._passed:
                self._shut_down()

    def reached(self) -> None:
        with self._lock:
            self._passed = True
            self._shut_down()

    def end(self) -> None:
        with self._lock:
            self.over = True
            if self._brake is not None:
                self._brake.close()
                self._brake = None

    def _shut_down(self) -> None:
        if self._brake is not None:
            # the publisher may have hung up in the same moment
            with suppress(OSError):
                self._brake.shutdown(socket.SHUT_RDWR)


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
                while self._limits and self._limits[0][2].over:
                    heapq.heappop(self._limits)
                wait = self._limits[0][0] - time.monotonic() if self._limits else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                limit = heapq.heappop(self._limits)[2]
            limit.reached()


_watch = _Watch()
_running = threading.local()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Ends from another thread what this one waits for, where the block takes longer.

    That is the connection which `stop_at_limit` was told of last; what reads from it comes to its end.
    """
    limit = _running.limit = _Limit()
    _watch.add(seconds, limit)
    try:
        yield
    finally:
        _running.limit = None
        limit.end()


def stop_at_limit(sock: socket.socket) -> None:
    """Shuts this connection down when the limit of this thread is reached; nothing where it has none."""
    limit: _Limit | None = getattr(_running, "limit", None)
    if limit is not None:
        limit.hold(sock)
