"""Behind a proxy: it is asked for the whole address, its password goes to it alone, and private hosts stay private."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds import get, open_session

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

    from sanctions_monitor.settings import Settings


@pytest.fixture
def behind(patience: Settings, httpserver: HTTPServer) -> Settings:
    """Settings with a proxy on this machine, which may be asked as such without being an allowed pair."""
    httpserver.expect_request(re.compile(".*")).respond_with_data("a document")
    proxy = SecretStr(f"http://reader:w%40rd@127.0.0.1:{httpserver.port}")
    return patience.model_copy(update={"proxy": proxy, "allowed_private": ""})


def test_a_proxy_is_asked_for_the_whole_address_as_it_was_given(behind: Settings, httpserver: HTTPServer) -> None:
    with open_session(behind) as session:
        answer = get(session, "http://feeds.invalid/a%2fb?x=%e4&y", behind)

    asked = httpserver.log[0][0]
    assert answer.body == b"a document"
    assert asked.environ["REQUEST_URI"] == "http://feeds.invalid:80/a%2fb?x=%e4&y"
    assert asked.headers["Host"] == "feeds.invalid:80"
    assert asked.headers["Proxy-Authorization"] == "Basic cmVhZGVyOndAcmQ="


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.255.255.1", "[::1]"])
def test_a_proxy_is_not_asked_for_what_is_private(host: str, behind: Settings, httpserver: HTTPServer) -> None:
    with open_session(behind) as session, pytest.raises(FetchError, match="private address"):
        get(session, f"http://{host}/feed", behind)

    assert not httpserver.log


def test_an_address_with_tls_goes_through_a_tunnel(behind: Settings, httpserver: HTTPServer) -> None:
    with open_session(behind) as session, pytest.raises(FetchError):
        # this proxy knows no CONNECT, and says so
        get(session, "https://feeds.invalid/feed", behind)

    assert all(asked.method == "CONNECT" for asked, _ in httpserver.log)
