"""One conditional GET (RFC 9110, section 13) within limits of time and size."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import requests

from sanctions_monitor import __version__
from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.address_guard import GuardedAdapter
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.2, */*;q=0.1"
)
MAX_REDIRECTS = 5
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a publisher answered: a document, or `body` None for "not modified" (304)."""

    status: int
    body: bytes | None
    content_type: str
    etag: str | None
    last_modified: str | None


def open_session(settings: Settings) -> requests.Session:
    """A session that names us, follows few redirects and reaches public addresses only."""
    session = requests.Session()
    session.max_redirects = MAX_REDIRECTS
    # the environment's .netrc would send passwords that nobody gave to this feed
    session.trust_env = False
    session.headers.update(
        {
            "User-Agent": f"SanctionsMonitor/{__version__} (+{settings.contact})",
            "Accept": ACCEPT,
            # br and zstd are decoded without a limit of size, so they are not asked for
            "Accept-Encoding": "gzip",
        }
    )
    adapter = GuardedAdapter(allow_loopback=settings.allow_loopback)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def get(
    session: requests.Session, url: str, settings: Settings, etag: str | None = None, last_modified: str | None = None
) -> Answer:
    """Asks for a document, or for news of it where validators are given. Raises FetchError with reason and remedy."""
    headers = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
    started = time.monotonic()
    try:
        with session.get(
            url, headers=headers, stream=True, timeout=(settings.connect_timeout, settings.read_timeout)
        ) as response:
            if response.status_code == requests.codes.not_modified:
                return Answer(304, None, "", etag, response.headers.get("Last-Modified", last_modified))
            if response.status_code != requests.codes.ok:
                raise FetchError(f"HTTP {response.status_code} {response.reason}. {_remedy(response.status_code)}")
            return Answer(
                status=response.status_code,
                body=_read(response, started, settings),
                content_type=response.headers.get("Content-Type", ""),
                etag=response.headers.get("ETag"),
                last_modified=response.headers.get("Last-Modified"),
            )
    except requests.TooManyRedirects:
        raise FetchError(f"more than {MAX_REDIRECTS} redirects. Look up the feed's address on its site.") from None
    except requests.Timeout:
        raise FetchError("no answer in time. It is tried again later.") from None
    except requests.RequestException as problem:
        raise FetchError(f"{_reason(problem)}. Check the address in the catalogue.") from None


def _read(response: requests.Response, started: float, settings: Settings) -> bytes:
    """The body, decompressed, within the limits. A drip of single bytes ends at the total time limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        try:
            part = response.raw.read1(CHUNK, decode_content=True)
        except Exception as problem:  # noqa: BLE001 - urllib3, zlib and ssl raise their own kinds here
            raise FetchError(f"the document broke off: {_reason(problem)}. It is tried again later.") from None
        if not part:
            break
        parts.append(part)
        size += len(part)
        if size > settings.max_bytes:
            raise FetchError(
                f"larger than {settings.max_bytes} bytes. Raise SANCTIONS_MONITOR_MAX_BYTES if it is to be read."
            )
        if time.monotonic() - started > settings.total_timeout:
            raise FetchError(f"not complete after {settings.total_timeout:g} s. It is tried again later.")
    if not parts:
        raise FetchError("an empty answer. It is tried again later.")
    return b"".join(parts)


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "The publisher refuses us: read its terms, or disable the feed."
    if status in (404, 410):
        return "Look for the feed's new address on its site."
    return "It is tried again later."


def _reason(problem: BaseException) -> str:
    """The innermost reason in words, without addresses of memory and passwords."""
    inner: BaseException = problem
    while True:
        cause = getattr(inner, "reason", None) or (inner.args[0] if inner.args else None)
        if not isinstance(cause, BaseException):
            break
        inner = cause
    text = str(inner).rsplit("object at 0x", maxsplit=1)[-1]
    text = text.split(">: ", maxsplit=1)[-1].split("): ", maxsplit=1)[-1]
    return without_password(text) or type(inner).__name__
