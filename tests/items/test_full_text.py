"""The pages behind items: asked once, where the site allows it; their text is evidence, and only that."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.items.pages import ACT, FILLER, SHORT, TITLE, article

from sanctions_monitor import pipeline, subscribing
from sanctions_monitor.items.robots import Rules, _understood
from sanctions_monitor.items.told import told_items
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer

    from sanctions_monitor.settings import Settings

NOW = datetime(2025, 12, 13, 18, tzinfo=UTC)


def feed_of(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>Harbour Post</title>{''.join(items)}</channel></rss>"


def entry(link: str, title: str = TITLE, summary: str = SHORT, text: str = "") -> str:
    content = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{text}</content:encoded>"
    return (
        f"<item><guid>{link}</guid><link>{link}</link><title>{title}</title><description>{summary}</description>"
        f"<pubDate>Sat, 13 Dec 2025 15:00:00 GMT</pubDate>{content if text else ''}</item>"
    )


@pytest.fixture
def publisher(httpserver: HTTPServer) -> HTTPServer:
    """A site with one item whose page tells what its feed does not; without a robots.txt."""
    httpserver.no_handler_status_code = 404
    serve(httpserver, "/feed", feed_of(entry(httpserver.url_for("/story"))), "application/rss+xml")
    return httpserver


def serve(server: HTTPServer, path: str, body: str | bytes, content_type: str = "text/html", **more: Any) -> None:
    server.expect_request(path).respond_with_data(body, content_type=content_type, **more)


@pytest.fixture
def reader(settings: Settings, publisher: HTTPServer) -> Settings:
    """Somebody who has that one feed, and wants full texts."""
    at_work = settings.model_copy(
        update={
            "catalogue": "none",
            "full_text": True,
            "max_bytes": 300_000,
            "allowed_private": f"127.0.0.1:{publisher.port}",
        }
    )
    subscribing.import_list(at_work, publisher.url_for("/feed").encode(), "list.txt", {})
    pipeline.prepare(at_work)
    return at_work


def run(reader: Settings, now: datetime = NOW) -> pipeline.TextSummary:
    pipeline.poll_feeds(reader, now, [subscribing.chosen_feeds(reader)[0].id])
    return pipeline.fetch_full_texts(reader, now)


def rows(settings: Settings, statement: str) -> list[dict[str, Any]]:
    with connect(settings, read_only=True) as conn:
        return conn.execute(statement).fetchall()  # type: ignore[arg-type]


def revisions(settings: Settings) -> list[dict[str, Any]]:
    return rows(settings, "select revision, kind, title, summary, body from item_revision order by revision")


def outcome(settings: Settings) -> tuple[str, str | None]:
    (row,) = rows(settings, "select outcome, reason from full_text")
    return row["outcome"], row["reason"]


def asked(server: HTTPServer, path: str) -> int:
    return sum(request.path == path for request, _ in server.log)


def test_the_text_of_a_page_is_a_revision_of_its_own_and_the_feed_s_words_stay(reader, publisher):
    serve(publisher, "/story", article())

    assert run(reader) == pipeline.TextSummary(pages=1, texts=1)

    first, second = revisions(reader)
    assert (first["kind"], first["body"]) == ("feed", None)
    assert (second["kind"], second["title"], second["summary"]) == ("full text", TITLE, SHORT)
    assert ACT in second["body"]
    assert "All rights reserved" not in second["body"]
    assert "Sport" not in second["body"]


def test_what_only_the_page_tells_is_coded_with_evidence_that_counts_in_its_text(reader, publisher):
    serve(publisher, "/story", article())
    run(reader)

    pipeline.code_items(reader, NOW)

    (event,) = rows(reader, "select * from event where family = 'sanctions'")
    assert (event["action"], event["senders"], event["targets"]) == ("ease", ["US"], ["BY"])
    assert event["evidence_field"] == "text"
    body = revisions(reader)[event["revision"] - 1]["body"]
    assert body[event["evidence_start"] : event["evidence_end"]] == event["evidence_text"]


def test_the_document_is_kept_behind_the_evidence(reader, publisher):
    serve(publisher, "/story", article())
    run(reader)

    (kept,) = rows(reader, "select body from document inner join full_text on sha256 = document_sha256")

    assert zlib.decompress(kept["body"]).decode() == article()


def test_a_page_is_asked_once_an_item(reader, publisher):
    serve(publisher, "/story", article())
    for hours in range(3):
        run(reader, NOW + timedelta(hours=hours))
        pipeline.code_items(reader, NOW + timedelta(hours=hours))

    assert asked(publisher, "/story") == 1
    assert len(revisions(reader)) == 2


def test_a_page_that_gave_no_text_is_not_asked_again_either(reader, publisher):
    serve(publisher, "/story", "sorry", status=500)
    run(reader)
    run(reader, NOW + timedelta(hours=1))

    assert asked(publisher, "/story") == 1


@pytest.mark.parametrize(
    "item",
    [
        entry("{}", summary=f"{ACT} " * 6),
        entry("{}", text=f"<p>{ACT}</p><p>{FILLER}</p>"),
        entry("{}", title="League fines club", summary="Two games behind closed doors."),
        entry("{}").replace("13 Dec 2025", "01 Dec 2025"),
    ],
    ids=["its summary is long", "its feed brings the text", "it can tell no event", "it is old"],
)
def test_a_page_is_left_alone_where(item, reader, publisher):
    serve(publisher, "/feed2", feed_of(item.replace("{}", publisher.url_for("/story"))))
    publisher.clear()
    serve(publisher, "/feed", feed_of(item.replace("{}", publisher.url_for("/story"))))

    assert run(reader) == pipeline.TextSummary()
    assert asked(publisher, "/robots.txt") == 0


def test_an_item_in_a_language_that_nobody_codes_is_left_alone(reader, publisher):
    run_settings = reader.model_copy(update={"home": reader.home.with_name("other")})
    subscribing.import_list(run_settings, publisher.url_for("/feed").encode(), "list.txt", {"language": "pl"})

    assert run(run_settings) == pipeline.TextSummary()


def test_the_setting_switches_it_off(reader, publisher):
    assert run(reader.model_copy(update={"full_text": False})) == pipeline.TextSummary()
    assert asked(publisher, "/robots.txt") == 0


class TestRobots:
    """robots.txt is asked first, and kept to (RFC 9309)."""

    def test_a_page_that_it_forbids_is_not_asked(self, reader, publisher):
        serve(publisher, "/robots.txt", "User-agent: *\nDisallow: /story\n", "text/plain")
        serve(publisher, "/story", article())

        assert run(reader) == pipeline.TextSummary(pages=1, left_alone=1)
        assert asked(publisher, "/story") == 0
        assert outcome(reader) == ("forbidden", "robots.txt asks us to leave this page alone")

    def test_nor_is_one_that_a_redirect_leads_to(self, reader, publisher):
        serve(publisher, "/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
        serve(publisher, "/story", "", status=302, headers={"Location": "/private/story"})
        serve(publisher, "/private/story", article())

        run(reader)

        assert asked(publisher, "/private/story") == 0
        assert outcome(reader)[0] == "forbidden"

    def test_rules_for_us_by_name_and_with_wildcards_are_understood(self):
        rules = Rules("User-agent: SanctionsMonitor\nDisallow: */news/\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n")

        rules.check("https://a.example/sport/1")
        assert rules.delay == 7
        with pytest.raises(Exception, match="leave this page alone"):
            rules.check("https://a.example/en/news/1")

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_a_site_that_has_none_allows_all(self, status, reader, publisher):
        serve(publisher, "/robots.txt", "", status=status)
        serve(publisher, "/story", article())

        assert run(reader).texts == 1

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_while_it_can_not_be_had_pages_wait(self, status, reader, publisher):
        serve(publisher, "/robots.txt", "", status=status)
        serve(publisher, "/story", article())

        assert run(reader) == pipeline.TextSummary()
        assert asked(publisher, "/story") == 0
        assert rows(reader, "select * from full_text") == []

    def test_they_are_asked_for_when_it_is_there_again_an_hour_later(self, reader, publisher):
        publisher.expect_ordered_request("/feed").respond_with_data(feed_of(entry(publisher.url_for("/story"))))
        publisher.expect_oneshot_request("/robots.txt").respond_with_data(status=503)
        serve(publisher, "/story", article())
        run(reader)
        pipeline.fetch_full_texts(reader, NOW + timedelta(minutes=15))
        assert asked(publisher, "/robots.txt") == 1

        assert pipeline.fetch_full_texts(reader, NOW + timedelta(minutes=61)).texts == 1

    def test_it_is_asked_once_a_day_a_site(self, reader, publisher):
        serve(publisher, "/robots.txt", "User-agent: *\nAllow: /\n", "text/plain")
        items = [entry(publisher.url_for(f"/story/{number}"), f"{TITLE}, part {number}") for number in range(3)]
        for number in range(3):
            serve(publisher, f"/story/{number}", article())
        publisher.clear_log()
        for number in range(1, 4):
            publisher.expect_oneshot_request("/feed").respond_with_data(feed_of(*items[:number]))
            run(reader, NOW + timedelta(hours=number))

        assert sum(asked(publisher, f"/story/{number}") for number in range(3)) == 3
        assert asked(publisher, "/robots.txt") == 1

    def test_a_file_of_any_size_and_content_is_understood(self):
        assert _understood(200, b"\x00\xff" * 10**6, None).text is not None
        Rules("Disallow /\n" * 1000).check("https://a.example/1")


REFUSALS = {
    "for payment": ({"status": 402}, "paywall"),
    "for nobody": ({"status": 403}, "refused"),
    "for reasons of law": ({"status": 451}, "refused"),
    "that is not there": ({"status": 404}, "failed"),
    "of a server that is out of order": ({"status": 500}, "failed"),
    "that says it is for subscribers": (
        {"body": article(head='<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>')},
        "paywall",
    ),
    "whose publisher reserves text mining": ({"body": article(), "headers": {"TDM-Reservation": "1"}}, "refused"),
    "with hardly a word on it": ({"body": article("Please wait while we check your browser.")}, "no text"),
    "that is a picture": ({"body": b"\x89PNG\r\n", "content_type": "image/png"}, "unreadable"),
    "that is a broken PDF": ({"body": b"%PDF-1.7\nnothing", "content_type": "application/pdf"}, "unreadable"),
    "that is too large": ({"body": article(FILLER * 4_000)}, "failed"),
}


@pytest.mark.parametrize("case", REFUSALS.values(), ids=REFUSALS.keys())
def test_the_summary_stands_and_the_reason_is_told_for_a_page(case, reader, publisher):
    answer, expected = case
    serve(publisher, "/story", **({"body": "x"} | answer))

    assert run(reader) == pipeline.TextSummary(pages=1, without_text=1)

    what, reason = outcome(reader)
    assert what == expected
    assert reason
    (only,) = revisions(reader)
    assert only["summary"] == SHORT


def test_a_page_at_a_private_address_is_never_asked(reader, publisher):
    publisher.clear()
    serve(
        publisher,
        "/feed",
        feed_of(entry("http://127.0.0.1:9/story"), entry("http://169.254.169.254/latest", "US sanctions Iran")),
    )

    assert run(reader).texts == 0


class TestEdits:
    """The feed's words and the page's text don't get in each other's way."""

    @pytest.fixture
    def read(self, reader: Settings, publisher: HTTPServer) -> Settings:
        serve(publisher, "/story", article())
        run(reader)
        return reader

    def test_the_same_words_of_the_feed_are_no_edit(self, read):
        run(read, NOW + timedelta(hours=1))

        assert [row["kind"] for row in revisions(read)] == ["feed", "full text"]

    def test_an_edit_keeps_the_text_without_asking_for_it_again(self, read, publisher):
        publisher.clear()
        serve(publisher, "/feed", feed_of(entry(publisher.url_for("/story"), f"{TITLE} (updated)")))

        run(read, NOW + timedelta(hours=1))

        assert [row["kind"] for row in revisions(read)] == ["feed", "full text", "feed", "full text"]
        latest = revisions(read)[-1]
        assert latest["title"] == f"{TITLE} (updated)"
        assert ACT in latest["body"]
        assert asked(publisher, "/story") == 0

    def test_the_text_leaves_the_house_in_no_listing(self, read):
        with connect(read, read_only=True) as conn:
            told = json.dumps(list(told_items(conn)))

        assert SHORT in told
        assert ACT not in told
