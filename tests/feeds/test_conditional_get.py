"""Asking politely: who we are, what we know already, and what we say of an answer that is no document."""

from __future__ import annotations

import gzip
import re
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_httpserver import HTTPServer
from tests.feeds.conftest import NOW
from werkzeug import Request, Response

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds import connections, fetch, get, open_session
from sanctions_monitor.feeds.conditional_get import MAX_REDIRECTS
from sanctions_monitor.feeds.logins import split_login

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sanctions_monitor.feeds import FeedState, Fetched
    from sanctions_monitor.settings import Settings

    Poll = Callable[..., Fetched]

ETAGS = {
    "strong": '"abc"',
    "weak": 'W/"abc-gzip"',
    "without quotes": "abc",
    "quotes within": '"a"b"',
    "single quotes": "'abc'",
    "bytes of UTF-8": '"caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d"',
    "a comma": '"a,b", "c"',
}


@pytest.mark.parametrize("etag", ETAGS.values(), ids=ETAGS)
def test_validators_go_back_byte_for_byte(
    etag: str, httpserver: HTTPServer, patience: Settings, poll: Poll, raw_publisher
) -> None:
    url = raw_publisher(
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: " + etag.encode("latin-1") + b"\r\n"
        b"Last-Modified: Sat, 13 Dec 2025 15:00:00 +0000\r\n\r\nok"
    )
    first = poll(url)
    httpserver.expect_request("/feed").respond_with_data("", status=304)

    poll(httpserver.url_for("/feed"), etag=first.etag, last_modified=first.last_modified)

    asked = httpserver.log[0][0].headers
    assert asked["If-None-Match"] == etag
    assert asked["If-Modified-Since"] == "Sat, 13 Dec 2025 15:00:00 +0000"


UNSENDABLE = {
    "NUL": b'"a\x00b"',
    "empty": b"",
    "a control character": b'"\x07"',
}


@pytest.mark.parametrize("etag", UNSENDABLE.values(), ids=UNSENDABLE)
def test_a_validator_that_no_request_can_carry_is_dropped(
    etag: bytes, patience: Settings, poll: Poll, raw_publisher
) -> None:
    url = raw_publisher(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: " + etag + b"\r\n\r\nok")

    assert poll(url).etag is None


def test_a_first_poll_sends_no_validators(httpserver: HTTPServer, patience: Settings, poll: Poll) -> None:
    httpserver.expect_request("/feed").respond_with_data("a document")

    fetched = poll(httpserver.url_for("/feed"))

    assert (fetched.outcome, fetched.body) == ("new", b"a document")
    assert not {"If-None-Match", "If-Modified-Since"} & set(httpserver.log[0][0].headers.keys())


def test_not_modified_keeps_the_validators_and_takes_a_newer_date(
    patience: Settings, poll: Poll, raw_publisher
) -> None:
    url = raw_publisher(b"HTTP/1.1 304 Not Modified\r\nLast-Modified: newer\r\n\r\n")

    fetched = poll(url, etag='"1"', last_modified="older")

    assert (fetched.outcome, fetched.etag, fetched.last_modified) == ("not_modified", '"1"', "newer")


def test_an_answer_without_validators_has_none_whatever_was_sent(
    httpserver: HTTPServer, patience: Settings, poll: Poll
) -> None:
    httpserver.expect_request("/feed").respond_with_data("a document")

    fetched = poll(httpserver.url_for("/feed"), etag='"1"', last_modified="older")

    assert (fetched.etag, fetched.last_modified) == (None, None)


def test_the_same_bytes_again_are_as_good_as_not_modified(
    httpserver: HTTPServer, patience: Settings, poll: Poll
) -> None:
    httpserver.expect_request("/feed").respond_with_data("a document")
    first = poll(httpserver.url_for("/feed"))

    again = poll(httpserver.url_for("/feed"), document_sha256=first.sha256)

    assert (again.outcome, again.body) == ("same", None)


def test_a_request_names_us_and_where_to_complain_and_asks_for_packed_answers(
    httpserver: HTTPServer, patience: Settings, feed: Callable[..., FeedState]
) -> None:
    httpserver.expect_request("/feed").respond_with_data("a document")
    settings = patience.model_copy(update={"contact": "mailto:desk@example.org"})

    with open_session(settings) as session:
        fetch(session, feed(httpserver.url_for("/feed")), settings, lambda: NOW)

    asked = httpserver.log[0][0].headers
    assert asked["User-Agent"].startswith("SanctionsMonitor/")
    assert "(+mailto:desk@example.org)" in asked["User-Agent"]
    assert asked["Accept-Encoding"] == "gzip, br, zstd"
    assert "application/atom+xml" in asked["Accept"]


def test_a_compressed_document_arrives_unpacked(httpserver: HTTPServer, patience: Settings, poll: Poll) -> None:
    packed = gzip.compress(b"a document")
    httpserver.expect_request("/feed").respond_with_data(packed, headers={"Content-Encoding": "gzip"})

    assert poll(httpserver.url_for("/feed")).body == b"a document"


REASONS = {
    401: "The publisher refuses us: read its terms, or disable the feed.",
    403: "The publisher refuses us: read its terms, or disable the feed.",
    404: "Look for the feed's new address on its site.",
    410: "The publisher has ended this feed: it is asked no more. Look for another on its site.",
    429: "It is tried again later.",
    500: "It is tried again later.",
    503: "It is tried again later.",
}


@pytest.mark.parametrize(("status", "remedy"), REASONS.items())
def test_an_answer_that_is_no_document_says_its_status_and_what_to_do(
    status: int, remedy: str, httpserver: HTTPServer, patience: Settings, poll: Poll
) -> None:
    httpserver.expect_request("/feed").respond_with_data("an error page", status=status)

    fetched = poll(httpserver.url_for("/feed"))

    assert fetched.outcome == "failed"
    assert fetched.error.startswith(f"HTTP {status} ")
    assert fetched.error.endswith(remedy)


def test_a_redirect_is_followed_to_its_relative_target(httpserver: HTTPServer, patience: Settings, poll: Poll) -> None:
    httpserver.expect_request("/old").respond_with_data("", status=301, headers={"Location": "new?a=1"})
    httpserver.expect_request("/new", query_string="a=1").respond_with_data("a document")

    assert poll(httpserver.url_for("/old")).body == b"a document"


def test_a_redirect_in_a_circle_ends_where_it_began(httpserver: HTTPServer, patience: Settings, poll: Poll) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("", status=302, headers={"Location": "/a"})

    fetched = poll(httpserver.url_for("/a"))

    assert fetched.error == "redirects that lead in a circle. Look up the feed's address on its site."
    assert len(httpserver.log) == 2


def test_redirects_without_end_end(httpserver: HTTPServer, patience: Settings, poll: Poll) -> None:
    def on(request: Request) -> Response:
        return Response("", status=302, headers={"Location": request.path + "a"})

    httpserver.expect_request(re.compile("/a+")).respond_with_handler(on)

    fetched = poll(httpserver.url_for("/a"))

    assert fetched.error == "more than 5 redirects. Look up the feed's address on its site."
    assert len(httpserver.log) == MAX_REDIRECTS + 1


def test_a_password_goes_to_its_origin_and_not_to_the_next(
    httpserver: HTTPServer, patience: Settings, poll: Poll
) -> None:
    there = f"http://localhost:{httpserver.port}/there"
    httpserver.expect_request("/here").respond_with_data("", status=302, headers={"Location": there})
    httpserver.expect_request("/there").respond_with_data("a document")

    url, login = split_login(f"http://reader:word@127.0.0.1:{httpserver.port}/here")
    poll(url, login=login)

    here, away = (request.headers for request, _ in httpserver.log)
    assert here["Authorization"].startswith("Basic ")
    assert "Authorization" not in away


FAILING = {
    "nobody listens": "http://reader:s3cr3t@127.0.0.1:1/feed",
    "no such host": "http://reader:s3cr3t@nowhere.invalid/feed",
    "no address": "http://reader:s3cr3t@/feed",
}


@pytest.mark.parametrize("url", FAILING.values(), ids=FAILING)
def test_a_password_in_the_address_is_in_no_reason(url: str, patience: Settings, poll: Poll) -> None:
    fetched = poll(url)

    assert fetched.outcome == "failed"
    assert "s3cr3t" not in fetched.error


def test_cookies_are_not_kept(httpserver: HTTPServer, patience: Settings, poll: Poll) -> None:
    def answer(_: object) -> Response:
        return Response("a document", headers={"Set-Cookie": "reader=1"})

    httpserver.expect_request("/feed").respond_with_handler(answer)

    for _ in range(2):
        poll(httpserver.url_for("/feed"))

    assert "Cookie" not in httpserver.log[1][0].headers


def test_a_name_that_nobody_has_is_said_in_words(patience: Settings, poll: Poll) -> None:
    error = poll("http://nowhere.invalid/feed").error

    assert "0x" not in error
    assert error.startswith("nowhere.invalid has no address")
    assert error.endswith("Check the address in the catalogue.")


ADDRESSES = (
    "/a%2fb%2Fc?x=%e4&y=1&x=2",
    "/feed?",
    "/feed?a|b[]={c}'\"^`",
    "/a//b/../c;p=1,2",
    "/100%",
    "/feed?next=http://other.example/?q=1",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_asked_exactly_as_it_was_given(address: str, httpserver: HTTPServer, poll: Poll) -> None:
    httpserver.expect_request(re.compile(".*")).respond_with_data("a document")

    poll(f"http://localhost:{httpserver.port}{address}")

    assert httpserver.log[0][0].environ["REQUEST_URI"] == address


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, patience: Settings, poll: Poll) -> None:
    with HTTPServer(ssl_context=own_certificate(tmp_path), port=0) as shop:
        allowed = patience.model_copy(update={"allowed_private": f"localhost:{shop.port}"})
        shop.expect_request("/feed").respond_with_data("a document")

        with open_session(allowed) as session, pytest.raises(FetchError, match="certificate"):
            get(session, f"https://localhost:{shop.port}/feed", allowed)

    assert not shop.log


def test_a_publisher_with_a_good_certificate_is_read_over_tls(
    tmp_path, patience: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = own_certificate(tmp_path)
    monkeypatch.setattr(certifi, "where", lambda: str(tmp_path / "certificate.pem"))
    connections._tls.cache_clear()
    try:
        with HTTPServer(ssl_context=context, port=0) as shop:
            allowed = patience.model_copy(update={"allowed_private": f"localhost:{shop.port}"})
            shop.expect_request("/feed").respond_with_data("a document")

            with open_session(allowed) as session:
                answer = get(session, f"https://localhost:{shop.port}/feed", allowed)
    finally:
        connections._tls.cache_clear()

    assert answer.body == b"a document"


def own_certificate(folder: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate for localhost that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    return context
