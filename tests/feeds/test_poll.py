"""One poll: what an answer means for its feed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.feeds.conftest import NOW

from sanctions_monitor.feeds.document_wishes import Wishes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_httpserver import HTTPServer

    from sanctions_monitor.feeds import Fetched

    Poll = Callable[..., Fetched]

FEED = b"<rss><channel><title>T</title><ttl>90</ttl></channel></rss>"
PAGE = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/real"></head></html>'


def asked(httpserver: HTTPServer) -> list[str]:
    return [request.full_path.rstrip("?") for request, _ in httpserver.log]


def test_a_permanent_move_is_told_with_the_document(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/old").respond_with_data("", status=301, headers={"Location": "/new"})
    httpserver.expect_request("/new").respond_with_data(FEED)

    fetched = poll(httpserver.url_for("/old"))

    assert (fetched.outcome, fetched.moved_to, fetched.url) == ("new", *[httpserver.url_for("/new")] * 2)


def test_a_feed_that_has_moved_is_asked_at_its_new_address_alone(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/new").respond_with_data(FEED)

    fetched = poll(httpserver.url_for("/old"), asked_url=httpserver.url_for("/new"))

    assert (fetched.outcome, fetched.moved_to) == ("new", None)
    assert asked(httpserver) == ["/new"]


def test_a_login_in_a_redirect_is_neither_sent_nor_kept(httpserver: HTTPServer, poll: Poll) -> None:
    there = f"http://reader:s3cr3t@localhost:{httpserver.port}/new"
    httpserver.expect_request("/old").respond_with_data("", status=301, headers={"Location": there})
    httpserver.expect_request("/new").respond_with_data(FEED)

    fetched = poll(httpserver.url_for("/old"))

    assert fetched.moved_to == f"http://localhost:{httpserver.port}/new"
    assert "Authorization" not in httpserver.log[1][0].headers


def test_the_address_is_asked_as_it_is_given(raw_publisher, poll: Poll, listeners) -> None:
    # signed addresses are other ones when %2f becomes %2F or parameters change places
    import socket
    import threading

    listener = listeners.pop()
    said: list[bytes] = []

    def answer() -> None:
        client, _ = listener.accept()
        said.append(client.recv(65536))
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<rss>")
        client.shutdown(socket.SHUT_RDWR)
        client.close()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    poll(f"http://127.0.0.1:{listener.getsockname()[1]}/f%2fé?b=2&a=a%20b%2fc&b=1&c&d=#top")
    thread.join(5)

    assert said[0].split(b"\r\n")[0] == b"GET /f%2f%C3%A9?b=2&a=a%20b%2fc&b=1&c&d= HTTP/1.1"


def test_gone_is_told(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=410)

    assert poll(httpserver.url_for("/feed")).gone


def test_when_to_come_back_is_told_with_the_refusal(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=429, headers={"Retry-After": "9000"})

    fetched = poll(httpserver.url_for("/feed"))

    assert (fetched.outcome, fetched.asked.not_before) == ("failed", NOW + timedelta(seconds=9000))


def test_how_long_it_is_fresh_is_told_with_a_document_and_with_not_modified(httpserver: HTTPServer, poll: Poll) -> None:
    headers = {"Cache-Control": "max-age=9000"}
    httpserver.expect_request("/feed").respond_with_data(FEED, headers=headers)
    httpserver.expect_request("/same").respond_with_data("", status=304, headers=headers)

    polls = [poll(httpserver.url_for("/feed")), poll(httpserver.url_for("/same"), etag='"1"')]

    assert [each.asked.fresh_until for each in polls] == [NOW + timedelta(seconds=9000)] * 2


def test_an_error_page_is_not_fresh_for_long(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=500, headers={"Cache-Control": "max-age=9000"})

    assert poll(httpserver.url_for("/feed")).asked.fresh_until is None


def test_the_wishes_of_the_last_document_hold_while_it_is_not_modified(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=304)
    wishes = Wishes(pause=timedelta(hours=3))

    assert poll(httpserver.url_for("/feed"), etag='"1"', wishes=wishes).asked.wishes == wishes


def test_a_new_document_has_wishes_of_its_own(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data(FEED)

    assert poll(httpserver.url_for("/feed")).asked.wishes.pause == timedelta(minutes=90)


def test_not_modified_that_nobody_asked_for_is_no_answer(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data("", status=304)

    assert poll(httpserver.url_for("/feed")).outcome == "failed"


def test_the_feed_that_a_page_names_is_read_and_health_says_so(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/page").respond_with_data(PAGE)
    httpserver.expect_request("/real").respond_with_data(FEED, headers={"ETag": '"1"'})

    fetched = poll(httpserver.url_for("/page"))

    assert (fetched.outcome, fetched.body, fetched.etag) == ("new", FEED, '"1"')
    assert (fetched.moved_to, fetched.followed) == (None, httpserver.url_for("/real"))
    assert fetched.note.startswith("a web page stands at its address; the feed that the page names is read: http")


def test_validators_of_a_named_feed_go_to_it_and_not_to_the_page(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/page").respond_with_data(PAGE)
    httpserver.expect_request("/real").respond_with_data("", status=304)

    fetched = poll(httpserver.url_for("/page"), etag='"1"', validators_url=httpserver.url_for("/real"))

    assert fetched.outcome == "not_modified"
    page, real = (request.headers for request, _ in httpserver.log)
    assert "If-None-Match" not in page
    assert real["If-None-Match"] == '"1"'


def test_a_page_where_a_feed_has_been_is_a_failure_that_names_what_the_page_names(
    httpserver: HTTPServer, poll: Poll
) -> None:
    # miniflux #3889: the page names the feed of comments, or of another section
    httpserver.expect_request("/page").respond_with_data(PAGE)

    fetched = poll(httpserver.url_for("/page"), own_document=True)

    assert fetched.outcome == "failed"
    assert "/real" in fetched.error
    assert asked(httpserver) == ["/page"]


def test_a_page_that_names_no_feed_is_a_failure(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/page").respond_with_data(b"<!doctype html><html></html>")

    assert poll(httpserver.url_for("/page")).error == (
        "a web page came instead of a feed. Look up the feed's address on its site."
    )


def test_a_page_that_names_a_page_is_a_failure_and_ends_there(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/page").respond_with_data(PAGE)
    httpserver.expect_request("/real").respond_with_data(PAGE)

    assert poll(httpserver.url_for("/page")).outcome == "failed"
    assert asked(httpserver) == ["/page", "/real"]


def test_a_page_is_what_a_described_list_is(httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/page").respond_with_data(PAGE)

    assert poll(httpserver.url_for("/page"), format="html_list").body == PAGE


@pytest.mark.parametrize("status", [404, 500])
def test_a_named_feed_that_fails_is_no_end_of_the_page(status: int, httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request("/page").respond_with_data(PAGE)
    httpserver.expect_request("/real").respond_with_data("", status=status)

    fetched = poll(httpserver.url_for("/page"))

    assert (fetched.outcome, fetched.gone) == ("failed", False)
