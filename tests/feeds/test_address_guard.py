"""No request reaches a private address, however it is written and wherever it is met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.feeds import fetch, open_session
from sanctions_monitor.feeds.address_guard import is_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_httpserver import HTTPServer

    from sanctions_monitor.feeds import FeedState
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
@pytest.mark.parametrize("allow_loopback", [False, True])
def test_private_addresses_are_refused_always(address: str, allow_loopback: bool) -> None:
    assert not is_allowed(address, allow_loopback=allow_loopback)


@pytest.mark.parametrize("address", LOOPBACK.values(), ids=LOOPBACK)
def test_loopback_is_open_only_where_settings_say_so(address: str) -> None:
    assert is_allowed(address, allow_loopback=True)
    assert not is_allowed(address, allow_loopback=False)


@pytest.mark.parametrize("address", PUBLIC.values(), ids=PUBLIC)
def test_public_addresses_are_open(address: str) -> None:
    assert is_allowed(address, allow_loopback=False)


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
    closed = patience.model_copy(update={"allow_loopback": False})
    httpserver.expect_request("/feed").respond_with_data("secret")

    with open_session(closed) as session:
        fetched = fetch(session, feed(f"http://{host}:{httpserver.port}/feed"), closed)

    assert fetched.outcome == "failed"
    assert not httpserver.log


def test_the_reason_names_the_private_address(patience: Settings, feed: Callable[..., FeedState]) -> None:
    closed = patience.model_copy(update={"allow_loopback": False})

    with open_session(closed) as session:
        fetched = fetch(session, feed("http://127.0.0.1:9/feed"), closed)

    assert fetched.error.startswith("127.0.0.1 is the private address 127.0.0.1, which is never asked.")


TARGETS = {
    "a private address": "http://10.255.255.1/",
    "a name without an address": "http://nowhere.invalid/",
    "a file": "file:///etc/passwd",
    "another scheme": "ftp://127.0.0.1/feed",
    "half an IPv6 address": "http://[::1/",
    "no text at all": "http://h/\xff",
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_redirect_to_what_may_not_be_asked_fails(
    target: str, session, patience: Settings, feed: Callable[..., FeedState], raw_publisher
) -> None:
    url = raw_publisher(
        b"HTTP/1.1 302 Found\r\nLocation: " + target.encode("latin-1") + b"\r\nContent-Length: 0\r\n\r\n"
    )

    fetched = fetch(session, feed(url), patience)

    assert fetched.outcome == "failed"
    assert fetched.body is None
