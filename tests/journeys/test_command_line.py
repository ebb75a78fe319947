"""The command line as its help describes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.journeys.test_bad_input import catalogue

from sanctions_monitor.settings import PROJECT

if TYPE_CHECKING:
    from tests.journeys.conftest import Terminal

ITEMS = [
    {
        "id": "one",
        "title": "US lifts potash sanctions on Belarus",
        "summary": "<p>The United States lifted its <b>sanctions</b> on potash from Belarus, its envoy said.</p>",
        "published": "2025-12-13T15:00:00Z",
        "source": "Harbour Post",
        "url": "https://harbour-post.example/1",
        "lang": "en",
    },
    {
        "id": "two",
        "title": "Washington drops sanctions on Belarusian potash",
        "summary": "",
        "published": "2025-12-13T17:00:00Z",
        "source": "River Gazette",
        "url": "https://river-gazette.example/1",
        "lang": "en",
    },
    {
        "id": "three",
        "title": "League sanctions club over crowd trouble",
        "summary": "Two games behind closed doors.",
        "published": None,
        "source": "Harbour Post",
        "url": "https://harbour-post.example/2",
        "lang": "en",
    },
]


def classified(terminal: Terminal, records: list[dict[str, object]]) -> list[dict[str, object]]:
    done = terminal.run("classify", stdin="".join(json.dumps(record) + "\n" for record in records))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_classify_answers_every_item_in_the_order_of_the_input(terminal):
    assert [record["id"] for record in classified(terminal, ITEMS)] == ["one", "two", "three"]


def test_classify_gives_two_tellings_of_one_act_the_same_story_and_noise_none(terminal):
    stories = {record["id"]: record["story"] for record in classified(terminal, ITEMS)}
    assert stories["one"] == stories["two"] is not None
    assert stories["three"] is None


def test_classify_quotes_the_very_characters_of_the_field_that_it_was_given(terminal):
    by_id = {record["id"]: record for record in ITEMS}
    events = [(record["id"], event) for record in classified(terminal, ITEMS) for event in record["events"]]
    assert events
    for id_, event in events:
        evidence = event["evidence"]
        assert by_id[id_][evidence["field"]][evidence["start"] : evidence["end"]] == evidence["text"]
        assert event["rule"]


def test_classify_needs_no_database(terminal):
    terminal.settings["DATABASE_URL"] = "postgresql://127.0.0.1:1/nothing"
    assert len(classified(terminal, ITEMS)) == len(ITEMS)


def test_classify_of_nothing_is_nothing(terminal):
    assert classified(terminal, []) == []


def test_every_make_target_of_the_readme_is_in_the_makefile():
    targets = set(re.findall(r"`make ([a-z]+)", (PROJECT / "README.md").read_text(encoding="utf-8")))
    made = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets
    assert targets <= made


@pytest.mark.parametrize(
    "command", ["feeds", "items", "code", "alerts", "digest", "classify", "demo", "up", "down", "settings"]
)
def test_every_command_explains_itself(terminal, command):
    done = terminal.run(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_a_wrong_setting_is_one_line_that_names_the_variable(terminal):
    terminal.settings["POLL_MINUTES"] = "soon"
    done = terminal.run("feeds", "poll")
    assert done.returncode != 0
    assert done.stderr.startswith("error: SANCTIONS_MONITOR_POLL_MINUTES='soon'")
    assert len(done.stderr.splitlines()) == 1


FEED = """<rss version="2.0"><channel><title>Post</title>
<item><guid>1</guid><title>US lifts potash sanctions</title><link>/1?utm_source=rss</link><description>On
Belarus.</description><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture
def one_feed(terminal, httpserver, tmp_path):
    """A terminal whose catalogue is one feed with a password in its address."""
    httpserver.expect_request("/feed").respond_with_data(FEED, content_type="application/rss+xml")
    terminal.settings["ALLOWED_PRIVATE"] = f"127.0.0.1:{httpserver.port}"
    url = f"http://reader:s3cr3t@127.0.0.1:{httpserver.port}/feed"
    terminal.settings["CATALOGUE"] = catalogue(tmp_path / "feeds.csv", {"post": url})
    return terminal


def polled(terminal, at: str) -> str:
    done = terminal.run("feeds", "poll", "--at", at)
    assert done.returncode == 0, done.stderr
    return done.stdout.split(",")[0]


def test_feeds_poll_asks_what_is_due_at_the_time_that_is_given(one_feed):
    assert polled(one_feed, "2026-03-02T09:00:00Z") == "1 feeds polled"
    assert polled(one_feed, "2026-03-02T09:30:00Z") == "0 feeds polled"
    assert polled(one_feed, "2026-03-02T10:00:00Z") == "1 feeds polled"


def test_feeds_poll_of_a_name_asks_it_due_or_not(one_feed):
    polled(one_feed, "2026-03-02T09:00:00Z")

    done = one_feed.run("feeds", "poll", "post", "--at", "2026-03-02T09:30:00Z")

    assert done.stdout.startswith("1 feeds polled")


def test_items_are_told_one_a_line_with_the_address_as_it_was_imported_but_for_its_password(one_feed, httpserver):
    polled(one_feed, "2026-03-02T09:00:00Z")

    (line,) = one_feed.run("items", "--format", "jsonl").stdout.splitlines()

    item = json.loads(line)
    assert re.fullmatch(r"[0-9a-f]{24}", item.pop("id"))
    assert item == {
        "feed": f"http://127.0.0.1:{httpserver.port}/feed",
        "title": "US lifts potash sanctions",
        "summary": "On Belarus.",
        "link": f"http://127.0.0.1:{httpserver.port}/1?utm_source=rss",
        "published": "2026-03-02T08:00:00+00:00",
        "revision": 1,
    }


def test_health_says_how_each_feed_fares_and_no_command_tells_a_password(one_feed, httpserver):
    httpserver.clear()
    httpserver.expect_request("/feed").respond_with_data("", status=404)

    said = [
        one_feed.run("feeds", "poll", "--at", "2026-03-02T09:00:00Z"),
        one_feed.run("feeds", "health", "--at", "2026-03-02T09:00:00Z"),
        one_feed.run("feeds", "list"),
        one_feed.run("feeds", "export"),
        one_feed.run("items"),
    ]

    assert httpserver.log[0][0].headers["Authorization"].startswith("Basic ")
    assert re.search(r"post.*failing.*never", said[1].stdout)
    assert "s3cr3t" not in "".join(each.stdout + each.stderr for each in said)


def test_a_time_that_is_none_is_one_line(terminal):
    done = terminal.run("feeds", "poll", "--at", "teatime")
    assert done.returncode != 0
    assert done.stderr.startswith("error: --at 'teatime'")
    assert len(done.stderr.splitlines()) == 1


def test_an_empty_catalogue_is_no_error(terminal):
    terminal.settings["CATALOGUE"] = "none"
    assert polled(terminal, "2026-03-02T09:00:00Z") == "0 feeds polled"
