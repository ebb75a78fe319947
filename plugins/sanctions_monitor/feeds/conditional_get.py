"""One conditional GET (RFC 9110, section 13) within limits of time and size."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import requests

from sanctions_monitor import __version__
from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.address_guard import GuardedAdapter
from sanctions_monitor.feeds.time_limit import time_limit
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
    adapter = GuardedAdapter(allow_loopback=settings.allow_loopback, time_limit=settings.total_timeout)
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
        return _follow(session, url, headers, started, settings)
    except (FetchError, requests.RequestException, ValueError) as problem:
        if _late(started, settings):
            raise FetchError(f"not complete after {settings.total_timeout:g} s. It is tried again later.") from None
        if isinstance(problem, FetchError):
            raise
        if isinstance(problem, requests.Timeout):
            raise FetchError("no answer in time. It is tried again later.") from None
        # ValueError: a Location that is no address
        raise FetchError(f"{_reason(problem)}. Check the address in the catalogue.") from None


def _follow(session: requests.Session, url: str, headers: dict[str, str], started: float, settings: Settings) -> Answer:
    """The answer at the end of the redirects. requests would read the body of each to its end, whatever its size."""
    for _ in range(MAX_REDIRECTS + 1):
        with _ask(session, url, headers, settings) as response:
            target = session.get_redirect_target(response)
            if target is None:
                return _answer(response, headers, started, settings)
            url = urljoin(url, target)
        if _late(started, settings):
            break
    raise FetchError(f"more than {MAX_REDIRECTS} redirects. Look up the feed's address on its site.")


def _late(started: float, settings: Settings) -> bool:
    return time.monotonic() - started >= settings.total_timeout


def _ask(session: requests.Session, url: str, headers: dict[str, str], settings: Settings) -> requests.Response:
    request = session.prepare_request(requests.Request("GET", url, headers=headers))
    adapter = session.get_adapter(url)
    return adapter.send(request, stream=True, timeout=(settings.connect_timeout, settings.read_timeout))


def _answer(response: requests.Response, asked: dict[str, str], started: float, settings: Settings) -> Answer:
    status, given = response.status_code, response.headers
    if status == requests.codes.not_modified:
        # it may bring a newer date (RFC 9111, section 4.3.4)
        newer = _validator(given.get("Last-Modified"))
        return Answer(304, None, "", asked.get("If-None-Match"), newer or asked.get("If-Modified-Since"))
    if status != requests.codes.ok:
        raise FetchError(f"HTTP {status} {response.reason}. {_remedy(status)}")
    return Answer(
        status=status,
        body=_read(response, started, settings),
        content_type=given.get("Content-Type", ""),
        etag=_validator(given.get("ETag")),
        last_modified=_validator(given.get("Last-Modified")),
    )


def _validator(value: str | None) -> str | None:
    """A validator as it came, or None where it could not be sent back: it is empty or holds control characters."""
    return value if value and _SENDABLE.fullmatch(value) else None


_SENDABLE = re.compile(r"[^\x00-\x20\x7f][^\x00-\x08\x0a-\x1f\x7f]*")


def _read(response: requests.Response, started: float, settings: Settings) -> bytes:
    """The body, decompressed, within the limits. A drip of single bytes ends at the total time limit."""
    # the reading may hang inside one chunk's header, where the check below is not reached
    with time_limit(settings.total_timeout - (time.monotonic() - started), response.raw.shutdown):
        return _parts(response, started, settings)


def _parts(response: requests.Response, started: float, settings: Settings) -> bytes:
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
        if _late(started, settings):
            break
    if _late(started, settings):
        # a connection that was shut down looks like one that has ended
        raise FetchError("it came too slowly")
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
