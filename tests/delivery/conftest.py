"""A server that drips; and what needs Airflow in the test's own process finds the home of the other tests that do."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from tests.airflow.airflow_home import airflow_home

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["airflow_home"]


@pytest.fixture
def dripping_port() -> Iterator[int]:
    """A server that says "2" twenty times a second, for half a minute at most."""

    def serve() -> None:
        with suppress(OSError):
            client, _ = listener.accept()
            with client:
                for _ in range(600):
                    client.sendall(b"2")
                    time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve)
        server.start()
        yield listener.getsockname()[1]
    server.join(40)
    assert not server.is_alive()
