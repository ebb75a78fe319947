"""The feed behind an address: found, looked at, added; feeds switched off and on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sanctions_monitor import pipeline, subscribing
from sanctions_monitor.errors import UserError
from sanctions_monitor.feeds import all_feeds, own_file
from sanctions_monitor.feeds.discover import candidates, well_known
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

    from sanctions_monitor.settings import Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<link>https://harbour-post.example/</link><language>en-gb</language>
<item><title>Port reopens</title><link>https://harbour-post.example/1</link>
<pubDate>Mon, 02 Mar 2026 09:30:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><id>n</id>
<entry><id>1</id><title>A note</title><updated>2026-03-01T08:00:00Z</updated></entry></feed>"""


def page(*links: str) -> str:
    return f"<!doctype html><html><head>{''.join(links)}</head><body><p>Welcome</p></body></html>"


@pytest.fixture
def empty(settings: Settings, httpserver: HTTPServer) -> Settings:
    """Settings without a catalogue that may ask this test's publisher."""
    return settings.model_copy(update={"catalogue": "none", "allowed_private": f"127.0.0.1:{httpserver.port}"})


def serve(server: HTTPServer, path: str, body: str, content_type: str = "application/rss+xml") -> str:
    server.expect_request(path).respond_with_data(body, content_type=content_type)
    return server.url_for(path)


def test_a_feed_s_own_address_is_the_feed(empty, httpserver):
    (found,) = subscribing.find(empty, serve(httpserver, "/feed", FEED), NOW)

    assert (found.format, found.title, found.language, found.items) == ("rss", "Harbour Post", "en", 1)
    assert found.newest == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_page_s_feeds_are_found_by_what_it_names_comments_last(empty, httpserver):
    comments = '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
    news = '<link rel="alternate" type="application/atom+xml" href="notes.atom">'
    start = serve(httpserver, "/blog/", page(comments, news), "text/html")
    serve(httpserver, "/blog/notes.atom", ATOM)
    serve(httpserver, "/comments/feed", FEED)

    found = subscribing.find(empty, start, NOW)

    assert [each.url for each in found] == [
        httpserver.url_for("/blog/notes.atom"),
        httpserver.url_for("/comments/feed"),
    ]
    assert found[0].format == "atom"


def test_a_page_that_names_none_is_looked_around_at_the_usual_places(empty, httpserver):
    start = serve(httpserver, "/", page(), "text/html")
    serve(httpserver, "/rss.xml", FEED)

    (found,) = subscribing.find(empty, start, NOW)

    assert found.url == httpserver.url_for("/rss.xml")


def test_a_named_feed_that_is_none_does_not_end_the_search(empty, httpserver):
    gone = '<link rel="alternate" type="application/rss+xml" href="/gone">'
    start = serve(httpserver, "/", page(gone), "text/html")
    serve(httpserver, "/feed/", FEED)

    (found,) = subscribing.find(empty, start, NOW)

    assert found.url == httpserver.url_for("/feed/")


def test_a_site_without_a_feed_is_asked_a_dozen_times_at_most(empty, httpserver):
    start = serve(httpserver, "/news/today", page(), "text/html")

    with pytest.raises(UserError, match=r"no feed there, none named by the page.*docs/feeds\.md"):
        subscribing.find(empty, start, NOW)

    assert len(httpserver.log) <= 13
    asked = [request.path for request, _ in httpserver.log]
    assert len(asked) == len(set(asked))


def test_an_address_that_does_not_answer_is_asked_once(empty, httpserver):
    httpserver.expect_request("/feed").respond_with_data("no", status=403)

    with pytest.raises(UserError, match="HTTP 403"):
        subscribing.find(empty, httpserver.url_for("/feed"), NOW)

    assert len(httpserver.log) == 1


def test_no_private_address_is_asked_for_a_page_s_sake(empty, httpserver):
    inner = '<link rel="alternate" type="application/rss+xml" href="http://127.0.0.1:1/feed">'
    start = serve(httpserver, "/", page(inner), "text/html")

    with pytest.raises(UserError):
        subscribing.find(empty, start, NOW)


def test_where_a_feed_has_moved_for_good_is_the_address_to_keep(empty, httpserver):
    httpserver.expect_request("/old").respond_with_data(status=301, headers={"Location": "/new"})
    serve(httpserver, "/new", FEED)

    (found,) = subscribing.find(empty, httpserver.url_for("/old"), NOW)

    assert found.url == httpserver.url_for("/new")


def test_the_usual_places_of_gov_uk_are_the_page_itself():
    page_ = "https://www.gov.uk/government/organisations/hm-treasury"

    assert well_known(page_)[0] == f"{page_}.atom"


def test_the_usual_places_are_below_the_page_first_then_at_the_root():
    places = well_known("https://a.example/blog")

    assert places[0] == "https://a.example/blog/feed/"
    assert "https://a.example/feed/" in places
    assert len(places) == len(set(places)) <= 12


def test_a_document_that_is_no_page_names_nothing():
    assert candidates(FEED.encode(), "https://a.example/") == []


class TestAdding:
    """From what was found to a line of the operator's catalogue."""

    def added(self, settings: Settings, server: HTTPServer, **columns: str):
        (found,) = subscribing.find(settings, serve(server, "/feed", FEED), NOW)
        return subscribing.add(settings, found, columns)

    def test_the_line_holds_what_the_feed_says_of_itself(self, empty, httpserver):
        (feed,) = self.added(empty, httpserver).feeds

        assert all_feeds(empty) == [feed]
        assert (feed.id, feed.title, feed.home, feed.language) == (
            "harbour_post",
            "Harbour Post",
            "https://harbour-post.example/",
            "en",
        )
        assert feed.verified is True

    def test_what_the_operator_says_goes_first(self, empty, httpserver):
        (feed,) = self.added(empty, httpserver, id="post", title="The Post", kind="trade", country="PL").feeds

        assert (feed.id, feed.title, feed.kind, feed.country) == ("post", "The Post", "trade", "PL")

    def test_a_feed_that_is_known_is_refused(self, empty, httpserver):
        self.added(empty, httpserver)

        with pytest.raises(UserError, match=r"in the catalogue already, as harbour_post \(Harbour Post\)"):
            self.added(empty, httpserver)

    def test_an_id_that_is_taken_is_refused(self, empty, httpserver):
        self.added(empty, httpserver)
        (found,) = subscribing.find(empty, serve(httpserver, "/other", FEED), NOW)

        with pytest.raises(UserError, match="id 'harbour_post' is taken"):
            subscribing.add(empty, found, {"id": "harbour_post"})

    def test_a_wrong_column_is_named_and_nothing_is_written(self, empty, httpserver):
        with pytest.raises(UserError, match="country='Poland'"):
            self.added(empty, httpserver, country="Poland")

        assert not own_file(empty).exists()

    def test_a_password_is_used_kept_apart_and_not_written(self, empty, httpserver):
        httpserver.expect_request("/in", headers={"Authorization": "Basic dTpwdw=="}).respond_with_data(FEED)
        address = httpserver.url_for("/in").replace("http://", "http://u:pw@")

        (found,) = subscribing.find(empty, address, NOW)
        subscribing.add(empty, found, {})

        assert "pw" not in own_file(empty).read_text()
        assert "pw@" not in repr(found.url)
        with connect(empty) as conn:
            assert conn.execute("select password from feed_login").fetchall() == [{"password": "pw"}]
        ((_, looked),) = subscribing.check(empty, NOW)
        assert looked.items == 1

    def test_it_is_polled_at_the_next_run(self, empty, httpserver):
        self.added(empty, httpserver)

        assert pipeline.poll_feeds(empty, NOW).new_items == 1


class TestSwitching:
    """An operator switches a feed off, and on again."""

    @pytest.fixture
    def polled(self, empty: Settings, httpserver: HTTPServer) -> Settings:
        TestAdding().added(empty, httpserver)
        return empty

    def test_a_feed_that_is_off_is_not_polled_and_keeps_the_reason(self, polled):
        subscribing.disable(polled, "harbour_post", "behind a paywall", NOW)

        assert pipeline.poll_feeds(polled, NOW).feeds == 0
        with connect(polled) as conn:
            (row,) = conn.execute("select disabled, disabled_reason, disabled_at from feed").fetchall()
        assert row == {"disabled": True, "disabled_reason": "behind a paywall", "disabled_at": NOW}

    def test_it_stays_off_when_the_catalogue_is_read_again(self, polled):
        subscribing.disable(polled, "harbour_post", "too loud", NOW)
        pipeline.poll_feeds(polled, NOW)

        assert pipeline.due_batches(polled, NOW) == []

    def test_switched_on_again_it_is_due_at_once(self, polled):
        pipeline.poll_feeds(polled, NOW)
        subscribing.disable(polled, "harbour_post", "too loud", NOW)
        subscribing.enable(polled, "harbour_post")

        assert pipeline.due_batches(polled, NOW) == [["harbour_post"]]

    def test_an_unknown_feed_is_named(self, polled):
        with pytest.raises(UserError, match="No feed nobody"):
            subscribing.disable(polled, "nobody", "too loud", NOW)


def test_a_check_stores_nothing_and_says_why_a_feed_can_not_be_read(empty, httpserver):
    good, bad = serve(httpserver, "/good", FEED), serve(httpserver, "/bad", page(), "text/html")
    subscribing.import_list(empty, f"{good}\n{bad}\n".encode(), "list.txt", {})

    first, second = subscribing.check(empty, NOW)

    assert (first[1].items, first[1].reason) == (1, None)
    assert second[1].reason is not None
    assert second[1].reason.startswith("a web page came instead of a feed")
    with connect(empty) as conn:
        assert conn.execute("select count(*) as n from item").fetchone() == {"n": 0}
        assert conn.execute("select count(*) as n from poll").fetchone() == {"n": 0}
