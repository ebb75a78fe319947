"""Publishers on loopback: well-behaved ones by pytest-httpserver, others by a socket that says what it likes."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor.feeds import FeedState, Fetched, fetch, open_session
from sanctions_monitor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_httpserver import HTTPServer

    from sanctions_monitor.feeds import Session

    Say = Callable[[socket.socket], None]


NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def listeners() -> Iterator[list[socket.socket]]:
    """Sockets of publishers that may be started: their ports must be known when the settings are made."""
    opened = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    yield opened.copy()
    for each in opened:
        each.close()


@pytest.fixture
def patience(tmp_path, httpserver: HTTPServer, listeners: list[socket.socket]) -> Settings:
    """Settings without a database, that fetch from the publishers of this test and wait for a moment only."""
    ports = [httpserver.port, 1, *(each.getsockname()[1] for each in listeners)]
    return Settings(
        home=tmp_path,
        allowed_private=",".join(f"127.0.0.1:{port}" for port in ports),
        host_pause=0,
        connect_timeout=1,
        read_timeout=0.6,
        total_timeout=0.8,
        max_bytes=100_000,
    )


@pytest.fixture
def poll(session: Session, patience: Settings, feed: Callable[..., FeedState]) -> Callable[..., Fetched]:
    """Polls an address once, as a feed of which this much is known."""

    def once(url: str, **known: Any) -> Fetched:
        return fetch(session, feed(url, **known), patience, lambda: NOW)

    return once


@pytest.fixture
def session(patience: Settings) -> Iterator[Session]:
    with open_session(patience) as opened:
        yield opened


@pytest.fixture
def feed() -> Callable[..., FeedState]:
    """Makes the state of a feed at an address."""

    def make(url: str, **known: Any) -> FeedState:
        return FeedState(feed_id="post", title="Post", url=url, kind="news", language="en", **known)

    return make


@contextmanager
def _serve(listener: socket.socket, say: Say) -> Iterator[str]:
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
def raw_publisher(listeners: list[socket.socket]) -> Iterator[Callable[[Iterable[bytes] | bytes], str]]:
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

        server = _serve(listeners.pop(), say)
        running.append((server, stop))
        return server.__enter__()

    yield start
    for server, stop in running:
        stop.set()
        server.__exit__(None, None, None)
