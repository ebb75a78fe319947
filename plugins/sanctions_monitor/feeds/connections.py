"""How publishers are reached: by requests, over connections of ours.

requests and urllib3 give the pool, TLS and proxies; its sessions, with cookies and redirects, are not needed. Three
things they have no parameter for, and these our connections add: the socket goes to an address that was checked, the
address of a feed is asked exactly as it was given (urllib3 writes %2f as %2F, and a signed address is then another
one), and a limit of time can end a request at any moment, handshakes and headers included.
"""

from __future__ import annotations

import socket
import ssl
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection

from sanctions_monitor.feeds.address_guard import connect_guarded, look_up, refuse_private
from sanctions_monitor.feeds.time_limit import stop_at_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sanctions_monitor.feeds.address_guard import Lookup
    from sanctions_monitor.feeds.place import Place
    from sanctions_monitor.settings import Settings

    Reach = Callable[[str, int, float | None], socket.socket]

TARGET = ":path"
"""The header in which a request brings its target to the connection. HTTP/1.1 allows no such name, so that one which
is not taken out could never be sent."""


class Publishers:
    """The requests of one run, and connections that are used again. Safe for threads."""

    def __init__(self, settings: Settings, lookup: Lookup = look_up) -> None:
        """`lookup` finds the addresses of a name."""
        self._allowed = settings.private_pairs
        self._timeout = (settings.connect_timeout, settings.read_timeout)
        self._proxy = settings.proxy.get_secret_value() if settings.proxy else None
        # without a session: nothing but the settings of ours says where requests go and what they carry
        self._adapter = _Adapter(settings, lookup)

    def ask(self, place: Place, headers: Mapping[str, str]) -> requests.Response:
        """Asks for a document; the answer's body is yet to be read, and redirects are the caller's to follow.

        Raises FetchError, or what requests and urllib3 raise.
        """
        if self._proxy:
            refuse_private(place.host, place.port, self._allowed)
        asked = requests.PreparedRequest()
        asked.method = "GET"
        # what is prepared is sent as it stands
        asked.url = place.origin + place.target
        asked.headers = CaseInsensitiveDict(headers)
        asked.headers[TARGET] = asked.url if self._proxy and place.scheme == "http" else place.target
        proxies = {"http": self._proxy, "https": self._proxy} if self._proxy else {}
        return self._adapter.send(asked, stream=True, timeout=self._timeout, proxies=proxies)

    def close(self) -> None:
        """Closes what is open."""
        self._adapter.close()


class _Adapter(HTTPAdapter):
    """requests' adapter with connections of ours."""

    def __init__(self, settings: Settings, lookup: Lookup) -> None:
        self._allowed = settings.private_pairs
        self._lookup = lookup
        # the connections of hosts that were not asked for longest are closed
        super().__init__(pool_connections=2 * settings.workers, pool_maxsize=settings.host_parallel)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        """Connections that go to checked addresses."""
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, ssl_context=_tls(), **more)
        self.poolmanager.pool_classes_by_scheme = _pools(self._reach)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        """Connections to the proxy, which may be private."""
        manager = super().proxy_manager_for(proxy, ssl_context=_tls(), **more)
        manager.pool_classes_by_scheme = _pools(_connect)
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002
        """Certificates are checked, by those that our TLS context has: read anew they would cost 20 ms a connection."""
        conn.cert_reqs = "CERT_REQUIRED"

    def _reach(self, host: str, port: int, seconds: float | None) -> socket.socket:
        return connect_guarded(host, port, seconds, self._allowed, self._lookup)


def _connect(host: str, port: int, seconds: float | None) -> socket.socket:
    return socket.create_connection((host, port), seconds)


def _pools(reach: Reach) -> dict[str, Callable[..., HTTPConnectionPool]]:
    """What makes the pool of a host, by scheme."""

    def http(host: str, port: int | None = None, **more: Any) -> HTTPConnectionPool:
        pool = HTTPConnectionPool(host, port, **more)
        pool.ConnectionCls = partial(_HTTPConnection, reach)  # type: ignore[assignment]
        return pool

    def https(host: str, port: int | None = None, **more: Any) -> HTTPConnectionPool:
        pool = HTTPSConnectionPool(host, port, **more)
        pool.ConnectionCls = partial(_HTTPSConnection, reach)  # type: ignore[assignment]
        return pool

    return {"http": http, "https": https}


class _HTTPConnection(HTTPConnection):
    """A connection of urllib3 whose socket is made by `reach`; says the target that comes as a header."""

    def __init__(self, reach: Reach, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._reach = reach

    def _new_conn(self) -> socket.socket:
        made = self._reach(self._dns_host, self.port, Timeout.resolve_default_timeout(self.timeout))
        stop_at_limit(made)
        return made

    def request(  # type: ignore[override]
        self, method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        told = dict(headers or {})
        target = told.pop(TARGET, url)
        if self.sock is not None:
            # one that was kept open from a request before
            stop_at_limit(self.sock)
        super().request(method, target, body, told, **more)


class _HTTPSConnection(_HTTPConnection, HTTPSConnection):
    """The same with TLS."""


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
