"""Hours with publishers that make other mistakes: what they are asked, and which items stand at the end.

Each publisher says its answers byte by byte; a run comes every hour of a clock that is an argument.
"""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.journeys.test_bad_input import catalogue

from sanctions_monitor import pipeline
from sanctions_monitor.digests import read_coverage
from sanctions_monitor.items.told import told_items
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sanctions_monitor.settings import Settings

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROUNDS = 5


@dataclass
class Asked:
    """One request: the how-manieth of its publisher, and what the publisher knows of it."""

    number: int
    path: str
    headers: dict[str, str]
    now: datetime
    port: int


@dataclass
class Publisher:
    """What a publisher answers, and what must come of it: titles with their revisions, and requests within bounds."""

    answer: Callable[[Asked], bytes]
    items: dict[str, int]
    requests: range = field(default_factory=lambda: range(ROUNDS, ROUNDS + 1))
    check: Callable[[list[Asked], list[dict[str, Any]]], None] = lambda _asked, _items: None


def http(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """An answer as it goes over the wire; a header's length is told unless it is given."""
    body = body.encode() if isinstance(body, str) else body
    told = {"Content_Type": "application/rss+xml", "Content_Length": str(len(body)), "Connection": "close"} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def item(name: str, link: str | None = None, guid: str | None = None, date: datetime | str | None = None) -> str:
    date = format_datetime(date) if isinstance(date, datetime) else date
    parts = {"title": name, "link": f"https://news.example/{name}" if link is None else link, "guid": guid}
    told = "".join(f"<{tag}>{text}</{tag}>" for tag, text in (parts | {"pubDate": date}).items() if text)
    return f"<item>{told}<description>About {name}.</description></item>"


def declared(document: str, encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{document}'


def rss(*items: str, attributes: str = "") -> str:
    inside = "".join(items)
    return f'<rss version="2.0" {attributes}><channel><title>News</title>{inside}</channel></rss>'


ONE = rss(item("one"))


def not_modified(asked: Asked, etag: str, **headers: str) -> bytes:
    """304 where the validator comes back as it was."""
    if asked.headers.get("if-none-match") == etag:
        return http(status="304 Not Modified", Content_Length="", **headers)
    return http(ONE, ETag=etag, **headers)


def asked_back(etag: str) -> Callable[[list[Asked], list[dict[str, Any]]], None]:
    def check(asked: list[Asked], _items: list[dict[str, Any]]) -> None:
        assert [each.headers.get("if-none-match") for each in asked] == [None] + [etag] * (len(asked) - 1)

    return check


def dated(*expected: datetime) -> Callable[[list[Asked], list[dict[str, Any]]], None]:
    def check(_asked: list[Asked], items: list[dict[str, Any]]) -> None:
        assert sorted(datetime.fromisoformat(each["published"]) for each in items) == sorted(expected)

    return check


def not_in_the_future(_asked: list[Asked], items: list[dict[str, Any]]) -> None:
    told = [datetime.fromisoformat(each["published"]) for each in items if each["published"]]
    assert all(START - timedelta(days=2) < each <= START for each in told)


def linked(*expected: str) -> Callable[[list[Asked], list[dict[str, Any]]], None]:
    def check(_asked: list[Asked], items: list[dict[str, Any]]) -> None:
        assert sorted(each["link"] or "" for each in items) == sorted(expected)

    return check


def circle(asked: Asked) -> bytes:
    other = "localhost" if asked.path.endswith("feed.xml") else "127.0.0.1"
    path = "/s/circle_across_hosts/" + ("other" if other == "localhost" else "feed.xml")
    return http(status="301 Moved Permanently", Location=f"http://{other}:{asked.port}{path}")


def to_a_new_path(asked: Asked) -> bytes:
    if asked.path.endswith("feed.xml"):
        return http(status="308 Permanent Redirect", Location="/s/moved_to_a_path/new feed?x=%2f&y")
    return http(ONE)


def moved_once(asked: list[Asked], _items: list[dict[str, Any]]) -> None:
    assert [each.path for each in asked] == ["/s/moved_to_a_path/feed.xml"] + [
        "/s/moved_to_a_path/new%20feed?x=%2f&y"
    ] * ROUNDS


def busy_until(asked: Asked) -> bytes:
    if asked.number:
        return http(ONE)
    # its clock is a day behind ours
    theirs = asked.now - timedelta(days=1)
    later = format_datetime(theirs + timedelta(hours=2, minutes=30), usegmt=True)
    return http("slow down", "429 Too Many Requests", Date=format_datetime(theirs, usegmt=True), Retry_After=later)


def came_back_after(hours: float) -> Callable[[list[Asked], list[dict[str, Any]]], None]:
    def check(asked: list[Asked], _items: list[dict[str, Any]]) -> None:
        assert asked[1].now - asked[0].now >= timedelta(hours=hours)

    return check


def chunked(body: bytes, end: bytes) -> bytes:
    head = http(Content_Length="", Transfer_Encoding="chunked")
    return head + b"".join(b"%x;note=1\r\n%s\r\n" % (len(each), each) for each in (body[:7], body[7:])) + end


def wants_a_cookie(asked: Asked) -> bytes:
    if "cookie" in asked.headers:
        return http(ONE)
    return http(status="302 Found", Location=asked.path, Set_Cookie="seen=1")


def empty_now_and_then(asked: Asked) -> bytes:
    if asked.number in (1, 2):
        return http("", ETag='"of nothing"')
    return not_modified(asked, '"of one"')


def the_good_validator(asked: list[Asked], _items: list[dict[str, Any]]) -> None:
    assert {each.headers.get("if-none-match") for each in asked[1:]} == {'"of one"'}


def nowhere(location: str) -> Callable[[Asked], bytes]:
    """A redirect to the canary, under one of the names of this machine."""

    def answer(asked: Asked) -> bytes:
        return http(status="302 Found", Location=location.replace("CANARY", str(asked.port + 1)))

    return answer


def redated(asked: Asked) -> bytes:
    names = [f"story{number}" for number in range(4)]
    return http(rss(*(item(name, guid=f"id {name}", date=asked.now) for name in names)))


def sliding(asked: Asked) -> bytes:
    """A window over ten items that moves on, in another order each time."""
    window = [item(f"story{number}", guid=f"g{number}") for number in range(asked.number, asked.number + 5)]
    return http(rss(*(window if asked.number % 2 else reversed(window))))


def with_sessions(asked: Asked) -> bytes:
    stamp = f"{asked.number}f3"
    return http(
        rss(
            item("one", link=f"https://news.example/one?PHPSESSID={stamp}"),
            item("two", link=f"https://news.example/two;jsessionid={stamp}?id=2"),
            item("three", guid=f"https://news.example/three?session={stamp}"),
        )
    )


def late_validator(asked: Asked) -> bytes:
    """A server error that repeats the feed: no document."""
    if asked.number == 0:
        return http(rss(item("wrong")), "500 Internal Server Error", ETag='"wrong"')
    return not_modified(asked, '"right"')


BASED = rss(
    item("one", link="a/one"),
    '<item xml:base="https://other.example/b/"><title>two</title><link>two</link></item>',
    item("three", link="/three"),
    item("four", link="//cdn.example/four"),
    attributes='xml:base="https://base.example/x/"',
)
WITHOUT_IDS = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": ['
    '{"url": "https://news.example/1", "title": "one", "content_text": "One."},'
    '{"external_url": "https://news.example/2", "title": "two", "content_html": "<p>Two.</p>"},'
    '{"title": "three", "content_text": "Three."},'
    '{"content_text": "Four."}, {"id": null, "title": "five"}, 6, {}]}'
)
RUSSIAN = rss(item("Россия", link="https://news.example/ru"))
FRENCH = rss(item("Éthiopie", link="https://news.example/fr"))
ALL = {"one": 1}
SILENT = range(1, ROUNDS)
"""Fewer requests than runs, since failures make the pauses longer."""

PUBLISHERS = {
    # moves and ends
    "circle_across_hosts": Publisher(circle, {}, range(2, 2 * ROUNDS)),
    "moved_to_a_path": Publisher(to_a_new_path, ALL, range(ROUNDS + 1, ROUNDS + 2), moved_once),
    "wants_a_cookie": Publisher(wants_a_cookie, {}, SILENT),
    "partial_content": Publisher(
        lambda _: http(ONE, "206 Partial Content", Content_Range=f"bytes 0-{len(ONE) - 1}/9999"), {}, SILENT
    ),
    "error_with_a_feed": Publisher(late_validator, ALL, range(3, ROUNDS + 1)),
    # when to come back
    "busy_by_their_own_clock": Publisher(busy_until, ALL, range(2, ROUNDS), came_back_after(2.5)),
    "not_stored_but_tagged": Publisher(
        lambda asked: not_modified(asked, '"a"', Cache_Control="no-store, max-age=86400"), ALL, check=asked_back('"a"')
    ),
    # validators
    "weak_and_strange_tag": Publisher(
        lambda asked: not_modified(asked, 'W/"caf\xe9, \\"x\\";:"'), ALL, check=asked_back('W/"caf\xe9, \\"x\\";:"')
    ),
    "tag_without_quotes": Publisher(lambda asked: not_modified(asked, "abc-gzip"), ALL, check=asked_back("abc-gzip")),
    "empty_now_and_then": Publisher(empty_now_and_then, ALL, range(3, ROUNDS + 1), the_good_validator),
    # bodies
    "chunks_and_garbage": Publisher(lambda _: chunked(ONE.encode(), b"0\r\nX: y\r\n\r\n<rss>HTTP/1.1 500"), ALL),
    "chunks_without_end": Publisher(lambda _: chunked(ONE.encode()[:90], b""), {}, SILENT),
    "gzip_in_name_only": Publisher(lambda _: http(ONE, Content_Encoding="gzip"), ALL),
    "gzip_with_the_length_of_what_was_packed": Publisher(
        lambda _: http(gzip.compress(ONE.encode() * 1), Content_Encoding="gzip", Content_Length="5000"), ALL
    ),
    "gzip_and_padding": Publisher(
        lambda _: http(gzip.compress(ONE.encode()) + bytes(512), Content_Encoding="gzip"), ALL
    ),
    "http_of_1996": Publisher(lambda _: b"HTTP/1.0 200 OK\r\n\r\n" + ONE.encode(), ALL),
    "a_thousand_headers": Publisher(
        lambda _: http(ONE, **{f"X_{number}": "x" * 50 for number in range(1000)}), {}, SILENT
    ),
    "a_header_of_a_megabyte": Publisher(lambda _: http(ONE, X_Long="x" * 1_000_000), {}, SILENT),
    # characters
    "utf_8_says_http_and_is_not": Publisher(
        lambda _: http(
            declared(RUSSIAN, "windows-1251").encode("cp1251"),
            Content_Type="text/xml; charset=utf-8",
        ),
        {"Россия": 1},
    ),
    "mark_against_declaration": Publisher(
        lambda _: http(
            ("\ufeff" + FRENCH.replace("<rss", '<?xml version="1.0" encoding="iso-8859-1"?><rss', 1)).encode()
        ),
        {"Éthiopie": 1},
    ),
    "an_encoding_nobody_knows": Publisher(
        lambda _: http(declared(FRENCH, "x-none").encode("latin-1")),
        {"Éthiopie": 1},
    ),
    "html_by_name": Publisher(
        lambda _: http("\n\n<!-- cached -->" + ONE, Content_Type="text/html; charset=us-ascii"), ALL
    ),
    # addresses of this machine
    **{
        f"to_this_machine_{number}": Publisher(nowhere(location), {}, SILENT)
        for number, location in enumerate(
            (
                "http://[::1]:CANARY/",
                "http://[::ffff:127.0.0.1]:CANARY/",
                "http://[::ffff:7f00:1]:CANARY/",
                "http://[64:ff9b::7f00:1]:CANARY/",
                "http://0.0.0.0:CANARY/",
                "http://127.1:CANARY/",
                "http://0x7f.0.0.1:CANARY/",
                "http://017700000001:CANARY/",
                "http://localhost.:CANARY/",
                "http://127.0.0.1%00.example:CANARY/",
                "http://news.example@127.0.0.1:CANARY/",
                "http://127.0.0.1:CANARY\\@news.example/",
                "//127.0.0.1:CANARY/",
            )
        )
    },
    # items
    "bases": Publisher(
        lambda _: http(BASED),
        {"one": 1, "two": 1, "three": 1, "four": 1},
        check=linked(
            "https://base.example/x/a/one",
            "https://other.example/b/two",
            "https://base.example/three",
            "https://cdn.example/four",
        ),
    ),
    "json_without_ids": Publisher(
        lambda _: http(WITHOUT_IDS, Content_Type="application/json"),
        {"one": 1, "two": 1, "three": 1, "Four.": 1, "five": 1},
    ),
    "another_guid_and_another_title": Publisher(
        lambda asked: http(
            rss(item(f"one {asked.number}", link="https://news.example/1", guid=f"v{asked.number}", date=START))
        ),
        {f"one {ROUNDS - 1}": ROUNDS},
    ),
    "dates_of_no_time": Publisher(
        lambda _: http(
            rss(
                item("epoch", date="Thu, 01 Jan 1970 00:00:00 GMT"),
                item("year_2099", date="Sun, 01 Mar 2099 10:00:00 GMT"),
                item("year_1", date="0001-01-01T00:00:00Z"),
                item("stamp", date="1772400000"),
                item("good", date="Sun, 01 Mar 2026 10:00:00 GMT"),
            )
        ),
        dict.fromkeys(("epoch", "year_2099", "year_1", "stamp", "good"), 1),
        check=not_in_the_future,
    ),
    "all_dated_anew": Publisher(redated, {f"story{number}": 1 for number in range(4)}, check=dated(*[START] * 4)),
    "a_window_that_slides": Publisher(sliding, {f"story{number}": 1 for number in range(ROUNDS + 4)}),
    "sessions_in_addresses": Publisher(with_sessions, {"one": 1, "two": 1, "three": 1}),
    "http_and_https_by_turns": Publisher(
        lambda asked: http(rss(item("one", link=f"http{'s' * (asked.number % 2)}://news.example/one/"))), ALL
    ),
    "the_same_item_twice": Publisher(
        lambda _: http(rss(item("one", guid="a"), item("one", guid="a"), item("one", guid="b"))), ALL
    ),
}


class Handler(socketserver.StreamRequestHandler):
    """Reads a request and lets the publisher say what it likes."""

    def handle(self) -> None:
        path = self.rfile.readline().decode("latin-1").split(" ")[1]
        headers: dict[str, str] = {}
        while (line := self.rfile.readline().decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        server: Any = self.server
        asked = Asked(len(server.asked), path, headers, server.now, server.server_address[1])
        server.asked.append(asked)
        with suppress(OSError):
            self.wfile.write(server.publisher.answer(asked))


@contextmanager
def at_work(publisher: Publisher) -> Iterator[tuple[Any, socket.socket]]:
    """The publisher's server, and a canary on the next port that nobody may ask."""
    for _ in range(50):
        server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        try:
            canary = socket.create_server(
                ("", server.server_address[1] + 1), family=socket.AF_INET6, dualstack_ipv6=True
            )
            break
        except (OSError, OverflowError):
            server.server_close()
    server.publisher, server.asked = publisher, []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        with canary:
            yield server, canary
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_feed_that_is_ended_is_told_to_operators_and_asked_no_more(settings: Settings, tmp_path: Path) -> None:
    ended = Publisher(lambda asked: http(ONE) if asked.number == 0 else http("gone", "410 Gone"), ALL)
    with at_work(ended) as (server, _):
        port = server.server_address[1]
        asking = settings.model_copy(
            update={
                "catalogue": Path(catalogue(tmp_path / "feeds.csv", {"post": f"http://127.0.0.1:{port}/s/post/feed"})),
                "allowed_private": f"127.0.0.1:{port}",
            }
        )
        for each in range(3):
            server.now = START + timedelta(hours=each)
            pipeline.poll_feeds(asking, server.now)

        assert len(server.asked) == 2
    with connect(asking, read_only=True) as conn:
        coverage = read_coverage(conn, (START, START + timedelta(days=1)), server.now)
    assert (coverage.ended, coverage.failing, coverage.items) == (("post (HTTP 410 Gone)",), (), 1)


@pytest.mark.parametrize("name", PUBLISHERS)
def test_a_difficult_publisher_is_served(name: str, settings: Settings, tmp_path: Path) -> None:
    publisher = PUBLISHERS[name]
    with at_work(publisher) as (server, canary):
        port = server.server_address[1]
        url = f"http://127.0.0.1:{port}/s/{name}/feed.xml"
        asking = settings.model_copy(
            update={
                "catalogue": Path(catalogue(tmp_path / "feeds.csv", {name: url})),
                "allowed_private": f"127.0.0.1:{port},localhost:{port}",
                "total_timeout": 3.0,
            }
        )
        for each in range(ROUNDS):
            server.now = START + timedelta(hours=each)
            pipeline.poll_feeds(asking, server.now)
        with connect(asking, read_only=True) as conn:
            items = list(told_items(conn))
            health = conn.execute("select failures, last_error from feed").fetchall()

        assert {each["title"]: each["revision"] for each in items} == publisher.items, health
        assert len(items) == len(publisher.items)
        assert len(server.asked) in publisher.requests, health
        publisher.check(server.asked, items)
        if not items:
            assert health[0]["last_error"]
            assert "\n" not in health[0]["last_error"]
        canary.setblocking(False)
        with pytest.raises(BlockingIOError):
            canary.accept()
