"""No request reaches a private address, however it is written and wherever it is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.feeds.conftest import NOW

from sanctions_monitor.feeds import fetch, open_session
from sanctions_monitor.feeds.address_guard import addresses_allowed, is_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_httpserver import HTTPServer

    from sanctions_monitor.feeds import FeedState, Fetched
    from sanctions_monitor.settings import Settings

PRIVATE = {
    "private 10/8": "10.1.2.3",
    "private 172.16/12": "172.16.0.1",
    "private 192.168/16": "192.168.1.1",
    "link-local (cloud metadata)": "169.254.169.254",
    "carrier-grade NAT": "100.64.0.1",
    "this host": "0.0.0.0",  # noqa: S104
    "broadcast": "255.255.255.255",
    "multicast": "224.0.0.1",
    "documentation": "192.0.2.1",
    "IPv6 unspecified": "::",
    "IPv6 link-local": "fe80::1%eth0",
    "IPv6 unique local": "fd00::1",
    "IPv6 site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "IPv4-mapped": "::ffff:10.0.0.1",
    "IPv4-compatible": "::10.0.0.1",
    "NAT64": "64:ff9b::a00:1",
    "NAT64 of the network's own": "64:ff9b:1::808:808",
    "6to4": "2002:a00:1::",
    "Teredo": "2001:0:a00:1::",
}
LOOPBACK = {"IPv4": "127.0.0.1", "all of 127/8": "127.8.8.8", "IPv6": "::1", "mapped": "::ffff:127.0.0.1"}
PUBLIC = {
    "IPv4": "8.8.8.8",
    "IPv6": "2a00:1450:4001:80b::200e",
    "mapped": "::ffff:8.8.8.8",
    "NAT64": "64:ff9b::808:808",
}


@pytest.mark.parametrize("address", PRIVATE.values(), ids=PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    assert not is_allowed(address, 80)


@pytest.mark.parametrize("address", LOOPBACK.values(), ids=LOOPBACK)
def test_a_private_address_is_open_at_the_ports_that_settings_name(address: str) -> None:
    allowed = frozenset({("127.0.0.1", 8500), ("127.8.8.8", 8500), ("::1", 8500)})

    assert is_allowed(address, 8500, allowed)
    assert not is_allowed(address, 8501, allowed)
    assert not is_allowed(address, 8500)


@pytest.mark.parametrize("address", PUBLIC.values(), ids=PUBLIC)
def test_public_addresses_are_open(address: str) -> None:
    assert is_allowed(address, 80)


HOSTS = {
    "an address": "127.0.0.1",
    "a name that resolves to loopback": "localhost",
    "a number": "2130706433",
    "octal": "0177.0.0.1",
    "short": "127.1",
    "IPv6": "[::1]",
    "mapped": "[::ffff:127.0.0.1]",
    "a private one": "10.255.255.1",
}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_a_feed_at_a_private_host_is_never_asked(
    host: str, patience: Settings, feed: Callable[..., FeedState], httpserver: HTTPServer
) -> None:
    closed = patience.model_copy(update={"allowed_private": ""})
    httpserver.expect_request("/feed").respond_with_data("secret")

    with open_session(closed) as session:
        fetched = fetch(session, feed(f"http://{host}:{httpserver.port}/feed"), closed, lambda: NOW)

    assert fetched.outcome == "failed"
    assert not httpserver.log


def test_the_reason_names_the_private_address(poll: Callable[..., Fetched]) -> None:
    error = poll("http://127.0.0.1:9/feed").error

    assert error.startswith("127.0.0.1 is the private address 127.0.0.1, which is never asked.")


def test_a_name_is_looked_up_once_for_check_and_connection_and_again_for_the_next(
    httpserver: HTTPServer, patience: Settings, feed: Callable[..., FeedState]
) -> None:
    # DNS rebinding: a name that may be asked when it is checked, and leads elsewhere a moment later
    answers = iter([["127.0.0.1"], ["10.255.255.1"]])
    httpserver.expect_request("/feed").respond_with_data("a document")
    url = f"http://rebind.example:{httpserver.port}/feed"

    def lookup(host: str, port: int) -> list[str]:
        return next(answers)

    with open_session(patience, lookup) as session:
        polls = [fetch(session, feed(url), patience, lambda: NOW) for _ in range(2)]

    assert [each.outcome for each in polls] == ["new", "failed"]
    assert "rebind.example is the private address 10.255.255.1" in polls[1].error


def test_of_a_name_with_public_and_private_addresses_the_public_ones_are_asked() -> None:
    def lookup(host: str, port: int) -> list[str]:
        return ["10.0.0.1", "8.8.8.8", "::1"]

    assert addresses_allowed("both.example", 80, frozenset(), lookup) == ["8.8.8.8"]


TARGETS = {
    "a private address": "http://10.255.255.1/",
    "a name without an address": "http://nowhere.invalid/",
    "a file": "file:///etc/passwd",
    "another scheme": "ftp://127.0.0.1/feed",
    "half an IPv6 address": "http://[::1/",
    "no text at all": "http://h/\xff",
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_redirect_to_what_may_not_be_asked_fails(target: str, poll: Callable[..., Fetched], raw_publisher) -> None:
    url = raw_publisher(
        b"HTTP/1.1 302 Found\r\nLocation: " + target.encode("latin-1") + b"\r\nContent-Length: 0\r\n\r\n"
    )

    fetched = poll(url)

    assert fetched.outcome == "failed"
    assert fetched.body is None
