"""Who is who: the identity of an entry, and the fingerprint of what it says. Pure functions."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from url_normalize import url_normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

# Parameters that tell a publisher where a reader came from, or which reader it is, and never which page is meant.
_TRACKING = re.compile(
    r"^(utm_\w+|at_\w+|fbclid|gclid|mc_[ce]id|cmp|ns_\w+|ref|ref_src|smid|xtor|ito|partner|igshid"
    r"|phpsessid|jsessionid|aspsessionid\w*|sessionid|cfid|cftoken)$",
    re.IGNORECASE,
)
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)


@lru_cache(maxsize=128)
def canonical_url(url: str) -> str | None:
    """The address under which a page is known: https, lower-case host, no fragment, no tracking parameters.

    None where the text is no address of a page (no web scheme, no host, or only the outlet's front page).
    """
    # most addresses are in order as they stand, and the library takes a tenth of a poll to find that
    plain = _PLAIN.fullmatch(url)
    if plain is not None:
        return _canonical(plain[1], plain[2] or "/", plain[3] or "")
    try:
        parts = urlsplit(url_normalize(url.strip()) or "")
        host, port = parts.hostname or "", parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port not in (None, *_DEFAULT_PORTS):
        netloc += f":{port}"
    return _canonical(netloc, parts.path, parts.query)


def _canonical(netloc: str, path: str, query: str) -> str | None:
    if query:
        kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _TRACKING.match(pair[0])]
        query = urlencode(sorted(kept))
    if ";" in path:
        path = _SESSION.sub("", path)
    path = path if path == "/" else path.rstrip("/")
    if path in ("", "/") and not query:
        return None
    return urlunsplit(("https", netloc, path, query, ""))


_LABEL = r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SEGMENT = r"/(?!\.{1,2}(?:[/?#]|$))[A-Za-z0-9._~-]+"
_PLAIN = re.compile(
    rf"https?://({_LABEL}(?:\.{_LABEL})+)((?:{_SEGMENT})*/?)(?:\?([A-Za-z0-9._~=&-]*))?(?:#[A-Za-z0-9._~=&/?:-]*)?"
)
"""Addresses that url_normalize leaves as they are: a name in lower case, no escapes, no empty or dotted segments. What
stands behind "#" is left out anyway."""
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_DEFAULT_PORTS = (80, 443)


def identity(feed_id: str, guid: str, url: str | None) -> str:
    """What makes an entry the same item: its page, whatever feeds link to it; without a page, feed and guid."""
    return as_key(url or f"{feed_id} {guid}")


def entry_keys(named: Sequence[tuple[str, str | None, str]]) -> list[str]:
    """The name of each entry of a document within its feed, from its guid, page and title.

    A guid that is an address is taken without what changes of itself: the BBC counts edits behind a "#", WordPress
    sites went from http to https with all their guids (FreshRSS #6521, #5151). Where that makes entries of one
    document the same that have guids of their own, as the posts of a live page have, the guids stay as they are.
    A guid that stands for several pages of one document names none of them alone (FreshRSS #4487), nor does a page
    that several titles have for want of a guid.
    """
    short = [_short(guid) for guid, _, _ in named]
    guids_of: dict[str, set[str]] = {}
    for (guid, _, _), key in zip(named, short, strict=True):
        guids_of.setdefault(key, set()).add(guid)
    keys = [key if len(guids_of[key]) == 1 else guid for (guid, _, _), key in zip(named, short, strict=True)]
    pages_of: dict[str, set[str | None]] = {}
    titles_of: dict[str, set[str]] = {}
    for key, (_, url, title) in zip(keys, named, strict=True):
        pages_of.setdefault(key, set()).add(url)
        titles_of.setdefault(key, set()).add(title)
    return [
        as_key(f"{key} {url or title}")
        if len(pages_of[key]) > 1
        else as_key(f"{key} {title}")
        if key == url and len(titles_of[key]) > 1
        else key
        for key, (_, url, title) in zip(keys, named, strict=True)
    ]


def _short(guid: str) -> str:
    return canonical_url(guid) or guid if guid[:4].lower() == "http" else guid


LONGEST_KEY = 1000
"""Bytes. PostgreSQL refuses to index more than 2,704, and publishers send guids and addresses of any length."""


def as_key(text: str) -> str:
    """A text as the database can index it: itself, or where it is too long its beginning and its hash."""
    # a character has four bytes at most
    if len(text) <= LONGEST_KEY // 4:
        return text
    encoded = text.encode()
    if len(encoded) <= LONGEST_KEY:
        return text
    beginning = encoded[: LONGEST_KEY - 65].decode(errors="ignore")
    return f"{beginning} {hashlib.sha256(encoded).hexdigest()}"


def item_id(identity_: str) -> str:
    """24 hexadecimal digits, the same on every machine."""
    return hashlib.sha256(identity_.encode()).hexdigest()[:24]


def fingerprint(title: str, summary: str, text: str | None) -> str:
    """What an entry says, as a hash: another fingerprint is another revision."""
    return hashlib.sha256("\x00".join((title, summary, text or "")).encode()).hexdigest()
