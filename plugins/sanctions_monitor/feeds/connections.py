"""A pool of connections to publishers, guarded, and a request on one of them.

http.client is used as it is: the libraries above it rewrite escapes in the address (urllib3 writes %2f as %2F, and a
signed address is then another one), and unpack bodies without a limit.
"""

from __future__ import annotations

import http.client
import re
import select
import ssl
import threading
from base64 import b64encode
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

import certifi
import idna

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.address_guard import connect_guarded, look_up, refuse_private

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from sanctions_monitor.feeds.address_guard import Lookup
    from sanctions_monitor.settings import Settings

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_.:%-]+")


class Place(NamedTuple):
    """Where a request goes: `host` as it is looked up (punycode), `target` as it stands in the request line."""

    scheme: str
    host: str
    port: int
    target: str


def place_of(url: str) -> Place:
    """Reads an address. Path and query stay as they are; only what no request can carry is escaped.

    Raises FetchError where it is no address of the web.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise FetchError(f"no address that can be asked: {problem}. Check it in the catalogue.") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        raise FetchError(f"{scheme or 'no scheme'}: is no address of the web, which alone is asked. Check it.")
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Place(scheme, _punycode(host), port or _PORTS[scheme], target)


_KEPT = "".join(chr(each) for each in range(0x21, 0x7F))


def _punycode(host: str) -> str:
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            host = ""
    if not _NAME.fullmatch(host):
        raise FetchError("the host of the address is no name. Check the address in the catalogue.")
    return host


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


class Connections:
    """Open connections by host, used again within a run. Safe for threads."""

    def __init__(self, settings: Settings, lookup: Lookup = look_up) -> None:
        """`lookup` finds the addresses of a name."""
        self._settings = settings
        self._allowed = settings.private_pairs
        self._lookup = lookup
        self._proxy = urlsplit(settings.proxy.get_secret_value()) if settings.proxy else None
        self._idle: defaultdict[tuple[str, str, int], list[http.client.HTTPConnection]] = defaultdict(list)
        self._lock = threading.Lock()

    def connection(self, place: Place) -> http.client.HTTPConnection:
        """A connection that is free: one that the publisher has kept open, or a new one."""
        with self._lock:
            idle = self._idle[place[:3]]
            while idle:
                kept = idle.pop()
                if _still_open(kept.sock):
                    return kept
                kept.close()
        return self._new(place)

    def give_back(self, place: Place, connection: http.client.HTTPConnection) -> None:
        """Keeps a connection whose answer was read to its end."""
        with self._lock:
            self._idle[place[:3]].append(connection)

    def close(self) -> None:
        """Closes what is idle."""
        with self._lock:
            for connections in self._idle.values():
                for each in connections:
                    each.close()
            self._idle.clear()

    def close_host(self, host: str) -> None:
        """Closes what is idle at one host, which has no more feeds in this run."""
        with self._lock:
            for key in [key for key in self._idle if key[1] == host]:
                for each in self._idle.pop(key):
                    each.close()

    def target(self, place: Place) -> str:
        """What stands in the request line: the path, or the whole address where a proxy is asked for it."""
        if self._proxy is None or place.scheme == "https":
            return place.target
        return f"http://{_bracketed(place.host)}:{place.port}{place.target}"

    def headers(self, place: Place) -> Mapping[str, str]:
        """What the way to this place asks for: the proxy's password."""
        if self._proxy is None or place.scheme == "https":
            return {}
        return _proxy_login(self._proxy)

    def _new(self, place: Place) -> http.client.HTTPConnection:
        settings = self._settings
        made: http.client.HTTPConnection
        host, port = place.host, place.port
        if self._proxy is not None:
            refuse_private(host, port, self._allowed)
            host, port = self._proxy.hostname or "", self._proxy.port or 3128
        if place.scheme == "https":
            made = http.client.HTTPSConnection(host, port, timeout=settings.connect_timeout, context=_tls())
        else:
            made = http.client.HTTPConnection(host, port, timeout=settings.connect_timeout)
        if self._proxy is None:
            # the one place of http.client where a socket is made, so that TLS and tunnels follow as they are
            made._create_connection = self._connect  # type: ignore[attr-defined]
        elif place.scheme == "https":
            made.set_tunnel(place.host, place.port, dict(_proxy_login(self._proxy)))
        return made

    def _connect(self, address: tuple[str, int], seconds: float, _source: Any = None) -> socket.socket:
        return connect_guarded(address[0], address[1], seconds, self._allowed, self._lookup)


def _still_open(sock: socket.socket | None) -> bool:
    """Whether a kept connection can be used: one that the publisher has closed meanwhile can be read from at once.

    A request that fails on such a connection would have to be made a second time, which no run does.
    """
    if sock is None:
        return False
    # not select.select, which knows no more than 1024 sockets
    waiting = select.poll()
    waiting.register(sock, select.POLLIN)
    return not waiting.poll(0)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _proxy_login(proxy: Any) -> dict[str, str]:
    if not proxy.username:
        return {}
    told = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return {"Proxy-Authorization": "Basic " + b64encode(told).decode("ascii")}
