"""One conditional GET (RFC 9110, section 13) within limits of time and size."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import IncompleteRead
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.exceptions import TimeoutError as UrllibTimeout

from sanctions_monitor import __version__
from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.address_guard import look_up
from sanctions_monitor.feeds.connections import Publishers
from sanctions_monitor.feeds.host_turns import HostTurns
from sanctions_monitor.feeds.logins import Login, split_login
from sanctions_monitor.feeds.moves import REDIRECTS, Hop
from sanctions_monitor.feeds.place import Place, place_of
from sanctions_monitor.feeds.time_limit import time_limit
from sanctions_monitor.feeds.unpack import CODINGS, unpacked
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from urllib3 import HTTPHeaderDict, HTTPResponse

    from sanctions_monitor.feeds.address_guard import Lookup
    from sanctions_monitor.settings import Settings

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.2, */*;q=0.1"
)
MAX_REDIRECTS = 5
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a publisher answered: a document, or `body` None for "not modified" (304) and for refusals.

    `headers` have lower-case names; `url` is where the answer came from, after the redirects in `hops`.
    """

    status: int
    body: bytes | None
    content_type: str
    etag: str | None
    last_modified: str | None
    url: str
    headers: Mapping[str, str]
    hops: tuple[Hop, ...] = ()
    error: str | None = None


class Session:
    """What the requests of one run share: who we are, open connections, and turns at the hosts. Safe for threads."""

    def __init__(self, settings: Settings, lookup: Lookup = look_up) -> None:
        """`lookup` finds the addresses of a name."""
        self.publishers = Publishers(settings, lookup)
        self.turns = HostTurns(settings.host_parallel, settings.host_pause)
        self.headers = {
            "User-Agent": f"SanctionsMonitor/{__version__} (+{settings.contact})",
            "Accept": ACCEPT,
            "Accept-Encoding": CODINGS,
        }

    def __enter__(self) -> Session:
        """The session itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes its connections."""
        self.publishers.close()


def open_session(settings: Settings, lookup: Lookup = look_up) -> Session:
    """A session that names us, keeps to one request a host, and reaches public addresses only."""
    return Session(settings, lookup)


def get(
    session: Session,
    url: str,
    settings: Settings,
    etag: str | None = None,
    last_modified: str | None = None,
    login: Login | None = None,
) -> Answer:
    """Asks for a document, or for news of it where validators are given. Raises FetchError with reason and remedy."""
    answer = ask(session, url, settings, etag, last_modified, login)
    if answer.error is not None:
        raise FetchError(answer.error)
    return answer


def ask(
    session: Session,
    url: str,
    settings: Settings,
    etag: str | None = None,
    last_modified: str | None = None,
    login: Login | None = None,
    before_each: Callable[[str], object] | None = None,
) -> Answer:
    """The same, where a refusal (404, 429, ...) is an answer with an `error`, since its headers tell when to come back.

    `before_each` is told every address before it is asked, redirects too, and may raise to keep us from asking.
    Raises FetchError where there is no answer at all.
    """
    validators = {
        name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
    }
    clock = _Clock(settings.total_timeout)
    try:
        return _follow(session, url, validators, login, clock, settings, before_each)
    except (FetchError, OSError, HTTPError, http.client.HTTPException, ValueError) as problem:
        if clock.left() <= 0:
            raise FetchError(f"not complete after {settings.total_timeout:g} s. It is tried again later.") from None
        if isinstance(problem, FetchError):
            raise
        raise FetchError(_in_words(problem)) from None


class _Clock:
    """The time that the requests of one question may still take; waiting for a turn does not count."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        return self._end - time.monotonic()

    def waited(self, seconds: float) -> None:
        self._end += seconds


def _follow(
    session: Session,
    url: str,
    validators: Mapping[str, str],
    login: Login | None,
    clock: _Clock,
    settings: Settings,
    before_each: Callable[[str], object] | None,
) -> Answer:
    """The answer at the end of the redirects. The bodies of these are not read, whatever their size."""
    hops: list[Hop] = []
    # user names and passwords in addresses are taken out: those of a feed come as its login, those of redirects never
    url = split_login(url)[0]
    been = {url}
    while True:
        if before_each is not None:
            asked_for = time.monotonic()
            before_each(url)
            clock.waited(time.monotonic() - asked_for)
        place = place_of(url)
        headers = {**session.headers, **validators}
        if login is not None and (told := login.authorization(url)):
            headers["Authorization"] = told
        asked_for = time.monotonic()
        with session.turns.turn(place.host):
            clock.waited(time.monotonic() - asked_for)
            status, given, body = _request(session, place, headers, clock, settings)
        target = given.get("location") if status in REDIRECTS else None
        if target is None:
            return _answer(status, given, body, url, tuple(hops), validators)
        url = split_login(urljoin(url, _as_text(target)))[0]
        hops.append(Hop(status, url))
        if url in been:
            raise FetchError("redirects that lead in a circle. Look up the feed's address on its site.")
        if len(hops) > MAX_REDIRECTS:
            raise FetchError(f"more than {MAX_REDIRECTS} redirects. Look up the feed's address on its site.")
        been.add(url)


def _as_text(location: str) -> str:
    # headers are read as latin-1; publishers write UTF-8 into them (RFC 9110 allows neither)
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _request(
    session: Session, place: Place, headers: Mapping[str, str], clock: _Clock, settings: Settings
) -> tuple[int, Mapping[str, str], bytes | None]:
    """Status, headers by lower-case names, and the body where the status says that it is a document."""
    # handshakes and headers may drip as bodies may
    with time_limit(clock.left()), session.publishers.ask(place, headers) as response:
        raw: HTTPResponse = response.raw
        given = _by_name(raw.headers)
        body = None
        if response.status_code in DOCUMENTS:
            body = _read(raw, given, settings)
        elif raw.length_remaining == 0:
            # nothing to come: the connection can be used again
            raw.read()
    if clock.left() <= 0:
        # a connection that was shut down looks like one that has ended
        raise FetchError("it came too slowly")
    return response.status_code, given, body


DOCUMENTS = (200, 203)
"""OK, and the same changed by a proxy on the way."""


def _by_name(headers: HTTPHeaderDict) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in headers:
        key, values = name.lower(), headers.getlist(name)
        found[key] = values[0] if key in _SINGLE else ", ".join(values)
    return found


# what is sent twice by mistake: the first counts, a list of both would be a validator that nobody gave
_SINGLE = frozenset(("etag", "last-modified", "date", "expires", "location", "retry-after", "age", "content-type"))


def _read(raw: HTTPResponse, given: Mapping[str, str], settings: Settings) -> bytes:
    """The body, unpacked, within the limit of size."""
    limit = settings.max_bytes
    too_large = FetchError(f"larger than {limit} bytes. Raise SANCTIONS_MONITOR_MAX_BYTES if it is to be read.")
    if (raw.length_remaining or 0) > limit:
        raise too_large
    # its value is handed over as it stands, where parts would be held twice while they are joined
    body = BytesIO()
    for part in unpacked(_parts(raw), given.get("content-encoding", "")):
        body.write(part)
        if body.tell() > limit:
            raise too_large
    if not body.tell():
        raise FetchError("an empty answer. It is tried again later.")
    return body.getvalue()


def _parts(raw: HTTPResponse) -> Iterator[bytes]:
    try:
        while part := raw.read(CHUNK, decode_content=False):
            yield part
    except ProtocolError as problem:
        cut = _innermost(problem)
        missing = f", {cut.expected} bytes are missing" if isinstance(cut, IncompleteRead) and cut.expected else ""
        raise FetchError(f"the document broke off{missing}. It is tried again later.") from None


def _answer(
    status: int,
    given: Mapping[str, str],
    body: bytes | None,
    url: str,
    hops: tuple[Hop, ...],
    asked: Mapping[str, str],
) -> Answer:
    etag, last_modified = _validator(given.get("etag")), _validator(given.get("last-modified"))
    error = None
    if status == HTTPStatus.NOT_MODIFIED and asked:
        # the validators stay; a newer date may come with it (RFC 9111, section 4.3.4)
        etag, last_modified = asked.get("If-None-Match"), last_modified or asked.get("If-Modified-Since")
    elif body is None:
        # an error page's validators are nobody's
        etag = last_modified = None
        error = _refusal(status, given)
    return Answer(status, body, given.get("content-type", ""), etag, last_modified, url, given, hops, error)


def _validator(value: str | None) -> str | None:
    """A validator as it came, or None where it could not be sent back: it is empty or holds control characters."""
    return value if value and _SENDABLE.fullmatch(value) else None


_SENDABLE = re.compile(r"[^\x00-\x20\x7f][^\x00-\x08\x0a-\x1f\x7f]*")


def _refusal(status: int, given: Mapping[str, str]) -> str:
    name = next((each.phrase for each in HTTPStatus if each == status), "")
    if given.get("cf-mitigated") == "challenge":
        return f"HTTP {status} {name}: the publisher's shield takes us for an attack. Write to the publisher."
    return f"HTTP {status} {name}. {_remedy(status)}".replace(" .", ".")


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "The publisher refuses us: read its terms, or disable the feed."
    if status == HTTPStatus.GONE:
        return "The publisher has ended this feed: it is asked no more. Look for another on its site."
    if status == HTTPStatus.NOT_FOUND:
        return "Look for the feed's new address on its site."
    return "It is tried again later."


def _in_words(problem: BaseException) -> str:
    """A failure of the network in words, without addresses of memory and passwords."""
    problem = _innermost(problem)
    if isinstance(problem, TimeoutError | UrllibTimeout):
        return "no answer in time. It is tried again later."
    if isinstance(problem, http.client.RemoteDisconnected):
        return "the publisher hung up without an answer. It is tried again later."
    if isinstance(problem, http.client.HTTPException):
        return f"no HTTP ({type(problem).__name__}: {without_password(str(problem))[:80]}). It is tried again later."
    text = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return f"{without_password(text) or type(problem).__name__}. Check the address in the catalogue."


def _innermost(problem: BaseException) -> BaseException:
    """What requests and urllib3 have wrapped up."""
    for _ in range(8):
        inner = [each for each in (getattr(problem, "reason", None), *problem.args) if isinstance(each, BaseException)]
        if not inner:
            break
        problem = inner[0]
    return problem
