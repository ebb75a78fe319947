"""No request reaches a private, loopback or link-local address.

The check stands where the connection is made, after the name was looked up and on every hop of a redirect, and the
very address that was checked is the one connected to: a name that answers differently a moment later changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

from sanctions_monitor.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable

    Pairs = frozenset[tuple[str, int]]
    Lookup = Callable[[str, int], list[str]]


def is_allowed(address: str, port: int, allowed: Pairs = frozenset()) -> bool:
    """Whether this IP address may be connected to at this port: public ones, and the pairs that settings allow."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # these reach IPv4 hosts: judge the address inside
        embedded = ip.ipv4_mapped or ip.sixtofour
        if embedded is None and ip != _LOOPBACK and any(ip in prefix for prefix in _PREFIXES):
            embedded = ipaddress.IPv4Address(ip.packed[-4:])
        if embedded is not None:
            return is_allowed(str(embedded), port, allowed)
    if (str(ip), port) in allowed:
        return True
    if isinstance(ip, ipaddress.IPv6Address) and (ip.is_site_local or ip in _LOCAL_NAT64):
        return False
    return ip.is_global and not ip.is_multicast


_LOOPBACK = ipaddress.IPv6Address("::1")
# RFC 6052 (NAT64) and the compatible addresses of RFC 4291, section 2.5.5.1 (::127.0.0.1)
_PREFIXES = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
"""RFC 8215: a network's own, which Python 3.11 takes for public."""


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name. Raises FetchError where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as problem:
        reason = problem.strerror if isinstance(problem, socket.gaierror) else "it is no name"
        raise FetchError(f"{host} has no address ({reason}). Check the address in the catalogue.") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses_allowed(host: str, port: int, allowed: Pairs, lookup: Lookup = look_up) -> list[str]:
    """The addresses of a host that may be asked. Raises FetchError where there is none."""
    addresses = lookup(host, port)
    if (host.lower(), port) in allowed:
        # a pair may name a host too: then whoever set it answers for where the name leads
        return addresses
    public = [each for each in addresses if is_allowed(each, port, allowed)]
    if not public:
        raise FetchError(
            f"{host} is the private address {addresses[0]}, which is never asked. Check the address in the catalogue."
        )
    return public


def connect_guarded(
    host: str, port: int, seconds: float | None, allowed: Pairs, lookup: Lookup = look_up
) -> socket.socket:
    """A connection to a host, to an address that was checked. Raises FetchError or OSError."""
    problem: OSError | None = None
    for address in addresses_allowed(host, port, allowed, lookup):
        try:
            return socket.create_connection((address, port), seconds)
        except OSError as refused:
            # the next address of the name may be reachable: many hosts have IPv6 on paper only
            problem = problem or refused
    raise problem or OSError("no address")


def refuse_private(host: str, port: int, allowed: Pairs) -> None:
    """For requests through a proxy, which looks names up by itself: refuses what is known to be private from here."""
    try:
        found = look_up(host, port)
    except FetchError:
        # a network whose names only the proxy knows
        return
    addresses_allowed(host, port, allowed, lambda _host, _port: found)
