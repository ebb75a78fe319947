"""User name and password of a feed: taken out of its address, kept apart, sent to its origin alone."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and password, and the only origin (scheme://host:port) that they are sent to."""

    origin: str
    user_name: str
    password: str

    def __repr__(self) -> str:
        """Without the password, so that no log and no traceback tells it."""
        return f"Login({self.origin!r})"

    def authorization(self, url: str) -> str | None:
        """The header `Authorization` for a request to this address; None for every other origin."""
        if origin_of(url) != self.origin:
            return None
        # RFC 7617, section 2.1: bytes as the address had them
        told = unquote_to_bytes(self.user_name) + b":" + unquote_to_bytes(self.password)
        return "Basic " + b64encode(told).decode("ascii")


def origin_of(url: str) -> str:
    """Scheme, host and port of an address (RFC 6454), the port always written. Raises ValueError for a wrong one."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return f"{scheme}://{(parts.hostname or '').lower()}:{parts.port or _DEFAULT_PORTS.get(scheme, 0)}"


def split_login(url: str) -> tuple[str, Login | None]:
    """An address without user name and password, and these apart. Every other character stays as it was."""
    parts = urlsplit(url)
    given, at, _ = parts.netloc.rpartition("@")
    if not at:
        return url, None
    # not put together again from its parts, which would lose an empty query or fragment
    bare = url.replace(f"{given}@", "", 1)
    user_name, _, password = given.partition(":")
    return bare, Login(origin_of(bare), user_name, password) if given else None
