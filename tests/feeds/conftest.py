"""Publishers on loopback: well-behaved ones by pytest-httpserver, others by a socket that says what it likes."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.feeds import FeedState, open_session
from sanctions_monitor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import requests

    Say = Callable[[socket.socket], None]


@pytest.fixture
def patience(tmp_path) -> Settings:
    """Settings without a database, that fetch from loopback and wait for a moment only."""
    return Settings(
        home=tmp_path, allow_loopback=True, connect_timeout=1, read_timeout=0.4, total_timeout=0.5, max_bytes=100_000
    )


@pytest.fixture
def session(patience: Settings) -> Iterator[requests.Session]:
    with open_session(patience) as opened:
        yield opened


@pytest.fixture
def feed() -> Callable[..., FeedState]:
    """Makes the state of a feed at an address."""

    def make(url: str, **known: str | None) -> FeedState:
        nothing = {"etag": None, "last_modified": None, "document_sha256": None}
        return FeedState(
            feed_id="post", title="Post", url=url, kind="news", language="en", failures=0, **(nothing | known)
        )

    return make


@contextmanager
def _serve(say: Say) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            with suppress(OSError):
                client, _ = listener.accept()
                with client:
                    client.recv(65536)
                    say(client)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@pytest.fixture
def raw_publisher() -> Iterator[Callable[[Iterable[bytes] | bytes], str]]:
    """Starts a publisher that sends these bytes, one after the other with a pause between, and gives its address."""
    running = []

    def start(answer: Iterable[bytes] | bytes, pause: float = 0.05) -> str:
        parts = [answer] if isinstance(answer, bytes) else answer
        stop = threading.Event()

        def say(client: socket.socket) -> None:
            for part in parts:
                client.sendall(part)
                if stop.wait(pause if len(parts) > 1 else 0):
                    return

        server = _serve(say)
        running.append((server, stop))
        return server.__enter__()

    yield start
    for server, stop in running:
        stop.set()
        server.__exit__(None, None, None)
