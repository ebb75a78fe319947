"""A round of polls: every feed once, a host's feeds in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.feeds.conftest import NOW

from sanctions_monitor.feeds import FeedState, fetch_round, open_session

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

    from sanctions_monitor.settings import Settings


def feeds(httpserver: HTTPServer, *paths: str) -> list[FeedState]:
    return [
        FeedState(feed_id=path[1:], title=path, url=httpserver.url_for(path), kind="news", language="en")
        for path in paths
    ]


def outcomes(settings: Settings, due: list[FeedState]) -> dict[str, str]:
    with open_session(settings) as session:
        return {each.feed.feed_id: each.outcome for each in fetch_round(session, due, settings, lambda: NOW)}


def test_every_feed_is_asked_once(httpserver: HTTPServer, patience: Settings) -> None:
    httpserver.expect_request("/good").respond_with_data("<rss/>")
    httpserver.expect_request("/bad").respond_with_data("", status=500)

    assert outcomes(patience, feeds(httpserver, "/good", "/bad")) == {"good": "new", "bad": "failed"}
    assert len(httpserver.log) == 2


def test_nothing_due_is_nothing_done(patience: Settings) -> None:
    assert outcomes(patience, []) == {}


def test_an_address_that_is_none_fails_alone(httpserver: HTTPServer, patience: Settings) -> None:
    httpserver.expect_request("/good").respond_with_data("<rss/>")
    wrong = FeedState(feed_id="wrong", title="", url="http://exa mple/", kind="news", language="en")

    assert outcomes(patience, [wrong, *feeds(httpserver, "/good")]) == {"wrong": "failed", "good": "new"}


def test_a_host_that_refuses_twice_is_left_for_this_round(httpserver: HTTPServer, patience: Settings) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=429)
    httpserver.expect_request("/b").respond_with_data("", status=429)
    httpserver.expect_request("/c").respond_with_data("<rss/>")

    assert outcomes(patience, feeds(httpserver, "/a", "/b", "/c")) == {"a": "failed", "b": "failed"}


def test_a_round_that_is_broken_off_asks_no_more(httpserver: HTTPServer, patience: Settings) -> None:
    paths = [f"/{n}" for n in range(50)]
    for path in paths:
        httpserver.expect_request(path).respond_with_data("<rss/>")

    def first_only() -> None:
        with open_session(patience) as session:
            for _ in fetch_round(session, feeds(httpserver, *paths), patience, lambda: NOW):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        first_only()

    assert len(httpserver.log) < len(paths)
