"""An answer ends in time and at its size, however it is sent."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_httpserver import HTTPServer

    from sanctions_monitor.feeds import Fetched
    from sanctions_monitor.settings import Settings

    Poll = Callable[..., Fetched]

OK = b"HTTP/1.1 200 OK\r\n"


def test_a_document_of_just_the_largest_size_is_read(httpserver: HTTPServer, patience: Settings, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data(b"x" * patience.max_bytes)

    assert poll(httpserver.url_for("/feed")).outcome == "new"


def test_a_larger_document_is_refused_with_the_setting_that_allows_it(
    httpserver: HTTPServer, patience: Settings, poll: Poll
) -> None:
    httpserver.expect_request("/feed").respond_with_data(b"x" * (patience.max_bytes + 1))

    fetched = poll(httpserver.url_for("/feed"))

    assert fetched.error.startswith("larger than 100000 bytes. Raise SANCTIONS_MONITOR_MAX_BYTES")


def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(
    httpserver: HTTPServer, patience: Settings, poll: Poll
) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    httpserver.expect_request("/feed").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})

    fetched = poll(httpserver.url_for("/feed"))

    assert fetched.error.startswith("larger than 100000 bytes")


DRIPS = {
    "the body": [OK + b"\r\n", *[b"x"] * 200],
    "the headers": [OK, *[b"X-Slow: 1\r\n"] * 200],
    "one header line": [OK + b"X-Slow: ", *[b"x"] * 200],
    "the status line": [b"HTTP/1.1 ", *[b"2"] * 200],
    "the size of a chunk": [OK + b"Transfer-Encoding: chunked\r\n\r\n1;", *[b"x"] * 200],
    "redirects": [b"HTTP/1.1 302 Found\r\n", *[b"X-Slow: 1\r\n"] * 200],
}


@pytest.mark.parametrize("answer", DRIPS.values(), ids=DRIPS)
def test_a_drip_ends_at_the_total_time_limit(
    answer: list[bytes], patience: Settings, poll: Poll, raw_publisher
) -> None:
    started = time.monotonic()

    fetched = poll(raw_publisher(answer))

    assert fetched.error == f"not complete after {patience.total_timeout:g} s. It is tried again later."
    assert time.monotonic() - started < 3 * patience.total_timeout


def test_a_drip_ends_while_hands_are_shaken(patience: Settings, poll: Poll, raw_publisher) -> None:
    # a record of TLS, announced with 16 kB
    handshake = [b"\x16\x03\x03\x40\x00", *[b"x"] * 200]

    fetched = poll(raw_publisher(handshake).replace("http:", "https:"))

    assert fetched.error == f"not complete after {patience.total_timeout:g} s. It is tried again later."


def test_a_publisher_that_says_nothing_is_left_after_the_read_timeout(
    patience: Settings, poll: Poll, raw_publisher
) -> None:
    fetched = poll(raw_publisher([b"", b""], pause=5))

    assert fetched.error == "no answer in time. It is tried again later."


def test_the_body_of_a_redirect_is_not_read(
    patience: Settings, poll: Poll, raw_publisher, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/feed").respond_with_data("a document")
    target = httpserver.url_for("/feed").encode()
    endless = [b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\n\r\n", *[b"x" * 1000] * 200]

    assert poll(raw_publisher(endless)).body == b"a document"


BROKEN = {
    "shorter than its Content-Length": OK + b"Content-Length: 100\r\n\r\nhalf",
    "cut within a chunk": OK + b"Transfer-Encoding: chunked\r\n\r\n64\r\nhalf",
    "cut before the last chunk": OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    "no gzip at all": OK + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\ntext",
    "empty": OK + b"Content-Length: 0\r\n\r\n",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n",
    "nothing": b"",
    "a status that is no number": b"HTTP/1.1 abc OK\r\n\r\n",
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_half_an_answer_is_no_document(answer: bytes, patience: Settings, poll: Poll, raw_publisher) -> None:
    fetched = poll(raw_publisher(answer))

    assert (fetched.outcome, fetched.body) == ("failed", None)
    assert fetched.error
