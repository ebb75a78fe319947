"""No request reaches a private, loopback or link-local address.

The check stands where the connection is made, after the name was looked up and on every hop of a redirect, and the
very address that was checked is the one connected to: a name that answers differently a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from sanctions_monitor.feeds.time_limit import time_limit

if TYPE_CHECKING:
    from collections.abc import Callable


def is_allowed(address: str, *, allow_loopback: bool) -> bool:
    """Whether an IP address may be connected to: public ones only, and loopback where tests and the demo ask for it."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.is_loopback:
        return allow_loopback
    if isinstance(ip, ipaddress.IPv6Address):
        # these reach IPv4 hosts: judge the address inside
        embedded = ip.ipv4_mapped or ip.sixtofour
        if embedded is None and any(ip in prefix for prefix in _PREFIXES):
            embedded = ipaddress.IPv4Address(ip.packed[-4:])
        if embedded is not None:
            return is_allowed(str(embedded), allow_loopback=allow_loopback)
        if ip.is_site_local or ip in _LOCAL_NAT64:
            return False
    return ip.is_global and not ip.is_multicast


# RFC 6052 (NAT64) and the compatible addresses of RFC 4291, section 2.5.5.1 (::127.0.0.1)
_PREFIXES = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
"""RFC 8215: a network's own, which Python 3.11 takes for public."""


def _guarded(connection: type[HTTPConnection], *, allow_loopback: bool, seconds: float) -> type[HTTPConnection]:
    class Guarded(connection):  # type: ignore[misc, valid-type]
        def getresponse(self) -> Any:
            # headers may drip too
            with time_limit(seconds, partial(self.sock.shutdown, socket.SHUT_RDWR)):
                return super().getresponse()

        def _new_conn(self) -> socket.socket:
            try:
                found = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
            except (socket.gaierror, UnicodeError) as problem:
                raise NameResolutionError(self.host, self, socket.gaierror(str(problem))) from problem
            addresses = [str(entry[4][0]) for entry in found]
            allowed = [each for each in addresses if is_allowed(each, allow_loopback=allow_loopback)]
            if not allowed:
                raise NewConnectionError(
                    self, f"{self.host} is the private address {addresses[0]}, which is never asked"
                )
            try:
                return create_connection(
                    (allowed[0], self.port), self.timeout, self.source_address, self.socket_options
                )
            except OSError as problem:
                raise NewConnectionError(self, str(problem)) from problem

    return Guarded


class GuardedAdapter(HTTPAdapter):
    """An adapter for requests whose connections refuse private addresses and headers that never end."""

    def __init__(self, *, allow_loopback: bool, time_limit: float) -> None:
        """`allow_loopback` opens 127.0.0.0/8 and ::1, for tests and the demo; `time_limit` is in seconds."""
        self._allow_loopback = allow_loopback
        self._time_limit = time_limit
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Makes pools whose connections are guarded."""
        super().init_poolmanager(*args, **kwargs)
        pool_classes: dict[str, Callable[..., Any]] = {
            "http": self._pool(HTTPConnectionPool, HTTPConnection),
            "https": self._pool(HTTPSConnectionPool, HTTPSConnection),
        }
        self.poolmanager.pool_classes_by_scheme = pool_classes

    def _pool(self, pool: type[HTTPConnectionPool], connection: type[HTTPConnection]) -> Any:
        guarded = _guarded(connection, allow_loopback=self._allow_loopback, seconds=self._time_limit)
        return type(pool.__name__, (pool,), {"ConnectionCls": guarded})
