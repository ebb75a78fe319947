"""Feeds and polls in the database: validators never outrun the items of the answer that brought them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor.feeds import (
    Feed,
    FeedState,
    Fetched,
    claimed_hosts,
    due_feeds,
    record_poll,
    record_unchanged,
    sync_catalogue,
)
from sanctions_monitor.feeds.document_wishes import Wishes
from sanctions_monitor.feeds.logins import Login
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings
    from sanctions_monitor.storage.connection import Connection

NOW = datetime(2025, 12, 13, 6, tzinfo=UTC)
POST = Feed(
    id="post",
    title="Post",
    url="https://reader:word@post.example/feed",
    home="https://post.example/",
    format="rss",
    kind="news",
    country="GB",
    language="en",
    tier=2,
    stale_after_days=2,
    verified=False,
)
GAZETTE = POST.model_copy(update={"id": "gazette", "url": "https://gazette.example/feed"})


@pytest.fixture
def listed(settings: Settings) -> Settings:
    """Settings of a database that knows the Post."""
    with connect(settings) as conn:
        sync_catalogue(conn, [POST])
    return settings


def state(settings: Settings) -> FeedState:
    with connect(settings) as conn:
        return due_feeds(conn, NOW, ["post"])[0]


def state_in(conn: Connection) -> FeedState:
    return due_feeds(conn, NOW, ["post"])[0]


def answer(settings: Settings, **facts: Any) -> Fetched:
    new = Fetched(state(settings), "new", 0.1, 200, b"<rss/>", "text/xml", "a" * 64, '"1"', "yesterday")
    return replace(new, **facts)


def record(settings: Settings, fetched: Fetched, error: str | None = None, now: datetime = NOW) -> None:
    with connect(settings) as conn:
        record_poll(conn, fetched, now, settings, error)


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    with connect(settings) as conn:
        return conn.execute(f"select * from {table}").fetchall()  # noqa: S608


def failed(settings: Settings) -> Fetched:
    return Fetched(state(settings), "failed", 0.1, error="HTTP 500")


def test_a_feed_of_the_catalogue_is_due_at_once(listed: Settings) -> None:
    with connect(listed) as conn:
        assert [feed.feed_id for feed in due_feeds(conn, NOW)] == ["post"]


def test_a_feed_that_was_polled_is_due_when_its_interval_is_over(listed: Settings) -> None:
    record(listed, answer(listed))

    with connect(listed) as conn:
        assert due_feeds(conn, NOW + timedelta(minutes=55)) == []
        assert len(due_feeds(conn, NOW + timedelta(minutes=60))) == 1


def test_a_feed_that_is_named_is_polled_due_or_not(listed: Settings) -> None:
    record(listed, answer(listed))

    assert state(listed).feed_id == "post"


def test_a_feed_that_left_the_catalogue_is_unlisted_and_comes_back_with_it(listed: Settings) -> None:
    with connect(listed) as conn:
        sync_catalogue(conn, [GAZETTE])
        assert [feed.feed_id for feed in due_feeds(conn, NOW)] == ["gazette"]
        sync_catalogue(conn, [POST, GAZETTE])
        assert [feed.feed_id for feed in due_feeds(conn, NOW)] == ["gazette", "post"]


def test_a_new_address_forgets_the_validators_of_the_old_and_is_due_at_once(listed: Settings) -> None:
    record(listed, answer(listed))

    with connect(listed) as conn:
        sync_catalogue(conn, [POST.model_copy(update={"url": "https://post.example/new"})])
        (feed,) = due_feeds(conn, NOW)

    assert (feed.etag, feed.last_modified) == (None, None)


def test_the_same_catalogue_again_changes_nothing(listed: Settings) -> None:
    record(listed, answer(listed))
    before = rows(listed, "feed")

    with connect(listed) as conn:
        sync_catalogue(conn, [POST])

    assert rows(listed, "feed") == before


def test_a_good_answer_leaves_its_validators_and_its_document(listed: Settings) -> None:
    record(listed, answer(listed))

    known = state(listed)
    assert (known.etag, known.last_modified, known.document_sha256) == ('"1"', "yesterday", "a" * 64)
    assert rows(listed, "document")[0]["bytes"] == len(b"<rss/>")


def test_a_good_answer_without_validators_clears_the_old_ones(listed: Settings) -> None:
    record(listed, answer(listed))
    record(listed, answer(listed, sha256="b" * 64, etag=None, last_modified=None))

    assert (state(listed).etag, state(listed).last_modified) == (None, None)


def test_a_failed_poll_leaves_the_validators_of_the_last_good_answer(listed: Settings) -> None:
    record(listed, answer(listed))
    record(listed, failed(listed))

    assert (state(listed).etag, state(listed).failures) == ('"1"', 1)


def test_an_answer_that_was_no_good_document_is_a_failed_poll_and_leaves_no_validators(listed: Settings) -> None:
    record(listed, answer(listed), error="a web page came instead of a feed")

    known = state(listed)
    assert (known.etag, known.document_sha256, known.failures) == (None, None, 1)
    assert rows(listed, "poll")[0]["outcome"] == "failed"


def test_a_good_answer_ends_a_row_of_failures(listed: Settings) -> None:
    record(listed, failed(listed))
    record(listed, failed(listed))
    record(listed, answer(listed))

    assert state(listed).failures == 0
    assert rows(listed, "feed")[0]["last_error"] is None


def test_every_failure_in_a_row_makes_the_pause_longer(listed: Settings) -> None:
    pauses = []
    for _ in range(3):
        record(listed, failed(listed))
        pauses.append(rows(listed, "feed")[0]["next_poll_at"] - NOW)

    assert [round(pause / timedelta(hours=1)) for pause in pauses] == [2, 4, 8]


MOVED = "https://post.example/new"


def test_a_feed_that_has_moved_is_asked_at_its_new_address_and_both_are_kept(listed: Settings) -> None:
    record(listed, answer(listed, moved_to=MOVED))

    assert (state(listed).url, state(listed).address) == ("https://post.example/feed", MOVED)
    assert [(row["url"], row["moved_to"]) for row in rows(listed, "feed_address")] == [
        ("https://post.example/feed", MOVED)
    ]


def test_a_feed_that_moves_back_is_asked_where_it_was(listed: Settings) -> None:
    record(listed, answer(listed, moved_to=MOVED))
    record(listed, answer(listed, moved_to="https://post.example/feed", sha256="b" * 64))

    assert state(listed).asked_url is None
    assert len(rows(listed, "feed_address")) == 2


def test_a_document_that_is_no_feed_moves_nothing(listed: Settings) -> None:
    record(listed, answer(listed, moved_to=MOVED), error="a web page came instead of a feed")

    assert state(listed).asked_url is None


def test_a_busy_publisher_s_move_is_remembered_with_the_failure(listed: Settings) -> None:
    record(listed, replace(failed(listed), moved_to=MOVED, status=503))

    assert (state(listed).address, state(listed).failures) == (MOVED, 1)


def test_a_line_of_the_catalogue_that_was_mended_forgets_the_move(listed: Settings) -> None:
    record(listed, answer(listed, moved_to=MOVED))

    with connect(listed) as conn:
        sync_catalogue(conn, [POST.model_copy(update={"url": "https://post.example/mended"})])

    assert state(listed).address == "https://post.example/mended"


def test_two_feeds_that_move_to_one_address_are_asked_once_there(listed: Settings) -> None:
    with connect(listed) as conn:
        sync_catalogue(conn, [POST, GAZETTE])
        record_poll(
            conn, Fetched(due_feeds(conn, NOW, ["gazette"])[0], "not_modified", 0.1, 304, moved_to=MOVED), NOW, listed
        )
    record(listed, answer(listed, moved_to=MOVED))

    with connect(listed) as conn:
        assert [feed.feed_id for feed in due_feeds(conn, NOW + timedelta(days=2))] == ["gazette"]
        # the other one has left the catalogue
        sync_catalogue(conn, [POST])
        assert [feed.feed_id for feed in due_feeds(conn, NOW + timedelta(days=2))] == ["post"]


def test_a_feed_that_is_gone_is_asked_no_more_and_still_listed(listed: Settings) -> None:
    record(listed, replace(failed(listed), gone=True, status=410))

    with connect(listed) as conn:
        assert due_feeds(conn, NOW + timedelta(days=365)) == []
    assert rows(listed, "feed")[0]["listed"]


def test_a_gone_feed_with_a_new_address_in_the_catalogue_is_asked_again(listed: Settings) -> None:
    record(listed, replace(failed(listed), gone=True, status=410))

    with connect(listed) as conn:
        sync_catalogue(conn, [POST.model_copy(update={"url": "https://post.example/mended"})])
        assert len(due_feeds(conn, NOW)) == 1


def test_a_password_is_kept_apart_from_the_address(listed: Settings) -> None:
    assert "word" not in str(rows(listed, "feed"))
    assert state(listed).login == Login("https://post.example:443", "reader", "word")


def test_a_password_outlives_an_address_without_it_and_no_move_to_another_origin(listed: Settings) -> None:
    bare = POST.model_copy(update={"url": "https://post.example/other"})
    with connect(listed) as conn:
        sync_catalogue(conn, [bare])
        assert state_in(conn).login is not None
        sync_catalogue(conn, [POST.model_copy(update={"url": "https://elsewhere.example/feed"})])
        assert state_in(conn).login is None


def test_polls_without_news_are_written_many_at_once(listed: Settings) -> None:
    record(listed, answer(listed))
    same = Fetched(state(listed), "not_modified", 0.1, 304, etag='"1"', last_modified="today")

    with connect(listed) as conn:
        record_unchanged(conn, [same], NOW + timedelta(hours=1), listed)

    assert (state(listed).etag, state(listed).last_modified, state(listed).document_sha256) == (
        '"1"',
        "today",
        "a" * 64,
    )
    assert [row["outcome"] for row in rows(listed, "poll")] == ["new", "not_modified"]


def test_the_wishes_of_a_document_outlive_polls_without_news(listed: Settings) -> None:
    wishes = Wishes(timedelta(hours=3), frozenset({1, 2}), frozenset({6}))
    record(listed, answer(listed, wishes=wishes))

    assert state(listed).wishes == wishes


def test_a_feed_is_polled_by_name_due_or_not_and_with_the_others_when_due(listed: Settings) -> None:
    record(listed, answer(listed))

    with connect(listed) as conn:
        assert due_feeds(conn, NOW, ["post"], named=True)
        assert not due_feeds(conn, NOW, ["post"], named=False)


def test_a_host_is_claimed_by_one_run_until_it_gives_it_back(listed: Settings) -> None:
    with connect(listed) as one, connect(listed) as other:
        with claimed_hosts(one, ["a.example", "b.example"]) as ours:
            assert ours == {"a.example", "b.example"}
            with claimed_hosts(other, ["b.example", "c.example"]) as theirs:
                assert theirs == {"c.example"}
        with claimed_hosts(other, ["b.example"]) as theirs:
            assert theirs == {"b.example"}


def test_a_process_killed_before_its_commit_leaves_the_validators_as_they_were(listed: Settings) -> None:
    def killed() -> None:
        with connect(listed) as conn:
            record_poll(conn, answer(listed), NOW, listed)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert (state(listed).etag, state(listed).document_sha256) == (None, None)
    assert rows(listed, "document") == rows(listed, "poll") == []


def test_a_poll_keeps_the_address_without_its_password(listed: Settings) -> None:
    record(listed, answer(listed))

    assert rows(listed, "poll")[0]["url"] == "https://post.example/feed"


@pytest.mark.parametrize("hostile", ["NUL \x00", "half a pair \ud800", "escape \x1b[2J", "x" * 100_000])
def test_what_a_publisher_says_can_always_be_stored_and_shown(hostile: str, listed: Settings) -> None:
    record(listed, answer(listed, content_type=hostile), error=f"HTTP 500 {hostile}")

    (feed,), (document,) = rows(listed, "feed"), rows(listed, "document")
    assert feed["last_error"].isprintable()
    assert document["content_type"].isprintable()
    assert len(feed["last_error"]) <= 500
