"""Where a request goes: an address of the web read so that it can be asked exactly as it was given."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import idna

from sanctions_monitor.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_.:%-]+")
_KEPT = "".join(chr(each) for each in range(0x21, 0x7F))


class Place(NamedTuple):
    """Where a request goes: `host` as it is looked up (punycode), `target` as it stands in the request line."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


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
    target = quote(parts.path or "/", safe=_KEPT)
    if parts.query or "?" in url.partition("#")[0]:
        # a question mark with nothing behind it belongs to the address too
        target += f"?{quote(parts.query, safe=_KEPT)}"
    return Place(scheme, _punycode(host), port or _PORTS[scheme], target)


def _punycode(host: str) -> str:
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            host = ""
    if not _NAME.fullmatch(host):
        raise FetchError("the host of the address is no name. Check the address in the catalogue.")
    return host
