"""An end to waiting for a publisher that drips: the limit of a socket begins anew with every byte, this one never."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def time_limit(seconds: float, shut_down: Callable[[], object]) -> Iterator[None]:
    """Shuts the connection down from another thread where the block takes longer; what reads from it then ends."""

    def stop() -> None:
        # the answer may have ended in the same moment, and its connection with it
        with suppress(OSError, RuntimeError, ValueError):
            shut_down()

    timer = threading.Timer(max(0.0, seconds), stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
