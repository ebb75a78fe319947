"""Entries become rows: an item once, its edits as revisions, its sightings in every feed."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor.feeds import Feed, Fetched, due_feeds, record_poll, sync_catalogue
from sanctions_monitor.items import Entry, Stored, store
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

NOW = datetime(2025, 12, 13, 16, tzinfo=UTC)
ENTRY = Entry(
    guid="g1",
    url="https://post.example/1",
    title="US lifts sanctions",
    summary="On potash.",
    text=None,
    published=NOW - timedelta(hours=1),
)


def feed(id_: str) -> Feed:
    return Feed(
        id=id_,
        title=id_,
        url=f"https://post.example/{id_}",
        home="https://post.example/",
        format="rss",
        kind="news",
        country="GB",
        language="en",
        tier=2,
        stale_after_days=2,
        verified=False,
    )


@pytest.fixture
def feeds(settings: Settings) -> Settings:
    """Settings of a database with two feeds of one outlet."""
    with connect(settings) as conn:
        sync_catalogue(conn, [feed("post"), feed("post_business")])
    return settings


def poll(
    settings: Settings, *entries: Entry, feed_id: str = "post", now: datetime = NOW, ready: Barrier | None = None
) -> Stored:
    with connect(settings) as conn:
        (state,) = due_feeds(conn, now, [feed_id])
        poll_id = record_poll(conn, Fetched(state, "not_modified", 0.0, 304), now, settings)
        if ready:
            ready.wait(5)
        return store(conn, entries, feed_id=feed_id, language="en", poll_id=poll_id, now=now)


def rows(settings: Settings, table: str, order: str = "1, 2") -> list[dict[str, Any]]:
    with connect(settings) as conn:
        return conn.execute(f"select * from {table} order by {order}").fetchall()  # noqa: S608


def wordings(settings: Settings) -> list[tuple[int, str]]:
    return [(row["revision"], row["title"]) for row in rows(settings, "item_revision")]


def test_an_entry_is_stored_with_its_first_revision_and_its_sighting(feeds: Settings) -> None:
    assert poll(feeds, ENTRY) == Stored(new=1, changed=0)

    (item,), (sighting,) = rows(feeds, "item"), rows(feeds, "item_sighting")
    assert (item["url"], item["dated_at"], item["revision"]) == (ENTRY.url, ENTRY.published, 1)
    assert (sighting["entry_key"], sighting["item_id"]) == ("g1", item["item_id"])
    assert wordings(feeds) == [(1, "US lifts sanctions")]


def test_the_same_document_again_changes_nothing(feeds: Settings) -> None:
    poll(feeds, ENTRY)
    before = [rows(feeds, table) for table in ("item", "item_revision", "item_sighting")]

    assert poll(feeds, ENTRY, now=NOW + timedelta(hours=1)) == Stored(0, 0)
    assert [rows(feeds, table) for table in ("item", "item_revision", "item_sighting")] == before


def test_an_edit_is_a_new_revision_and_the_old_one_stays(feeds: Settings) -> None:
    poll(feeds, ENTRY)

    assert poll(feeds, replace(ENTRY, title="US eases sanctions")) == Stored(0, 1)
    assert wordings(feeds) == [(1, "US lifts sanctions"), (2, "US eases sanctions")]
    assert rows(feeds, "item")[0]["revision"] == 2


def test_an_edit_does_not_make_old_news_new(feeds: Settings) -> None:
    poll(feeds, ENTRY)
    poll(feeds, replace(ENTRY, title="US eases", published=NOW + timedelta(days=3)), now=NOW + timedelta(days=3))

    assert rows(feeds, "item")[0]["dated_at"] == ENTRY.published


def test_an_item_dated_in_the_future_or_not_at_all_is_dated_by_its_first_sight(feeds: Settings) -> None:
    later = replace(ENTRY, guid="g2", url="https://post.example/2", published=NOW + timedelta(days=300))
    undated = replace(ENTRY, guid="g3", url="https://post.example/3", published=None)

    poll(feeds, later, undated)

    assert [row["dated_at"] for row in rows(feeds, "item")] == [NOW, NOW]


def test_one_page_in_two_feeds_is_one_item_with_two_sightings(feeds: Settings) -> None:
    poll(feeds, ENTRY)
    poll(feeds, replace(ENTRY, guid="b7"), feed_id="post_business")

    assert len(rows(feeds, "item")) == 1
    assert [(row["feed_id"], row["entry_key"]) for row in rows(feeds, "item_sighting")] == [
        ("post", "g1"),
        ("post_business", "b7"),
    ]


def test_two_feeds_that_word_a_page_otherwise_do_not_flip_it(feeds: Settings) -> None:
    short = replace(ENTRY, guid="b7", summary="")
    for _ in range(3):
        poll(feeds, ENTRY)
        poll(feeds, short, feed_id="post_business")

    assert len(wordings(feeds)) == 1


def test_a_guid_that_moved_to_another_address_is_the_same_item(feeds: Settings) -> None:
    poll(feeds, ENTRY)

    assert poll(feeds, replace(ENTRY, url="https://post.example/2025/1")) == Stored(0, 0)
    assert len(rows(feeds, "item")) == 1


def test_an_entry_without_a_page_is_known_by_its_guid(feeds: Settings) -> None:
    poll(feeds, replace(ENTRY, url=None))

    assert poll(feeds, replace(ENTRY, url=None, title="US eases")) == Stored(0, 1)


def test_one_guid_in_two_feeds_without_a_page_is_two_items(feeds: Settings) -> None:
    poll(feeds, replace(ENTRY, url=None))
    poll(feeds, replace(ENTRY, url=None), feed_id="post_business")

    assert len(rows(feeds, "item")) == 2


def page_of_news(*titles: str) -> list[Entry]:
    """Entries that are all linked to one page, the newest first."""
    return [replace(ENTRY, guid=title, title=title, published=None) for title in titles]


def test_entries_of_one_page_are_items_each(feeds: Settings) -> None:
    assert poll(feeds, *page_of_news("two", "one")) == Stored(new=2, changed=0)
    assert poll(feeds, *page_of_news("four", "three", "two", "one")) == Stored(new=2, changed=0)
    assert poll(feeds, *page_of_news("five")) == Stored(new=1, changed=0)

    assert sorted(wordings(feeds)) == [(1, title) for title in ("five", "four", "one", "three", "two")]


def test_a_guid_that_is_used_again_leads_to_the_item_that_it_stands_for_now(feeds: Settings) -> None:
    places = [replace(ENTRY, guid=f"#{n}", url=f"https://post.example/{n}", published=None) for n in (1, 2, 3)]
    news = [replace(each, title=f"news {n}") for n, each in enumerate(places)]
    poll(feeds, news[0], news[1])

    assert poll(feeds, replace(news[2], guid="#1"), replace(news[0], guid="#2")) == Stored(new=1, changed=0)
    assert len(rows(feeds, "item")) == 3


@pytest.mark.parametrize("url", [None, "https://post.example/"], ids=["no page", "a long address"])
def test_guids_and_addresses_of_any_length_are_stored_and_known_again(feeds: Settings, url: str | None) -> None:
    # digests can't be compressed, which would let the database index even this
    digits = "".join(hashlib.sha512(bytes([number])).hexdigest() for number in range(50))
    entry = replace(ENTRY, guid=digits[:900], url=url and url + digits)

    assert poll(feeds, entry) == Stored(1, 0)
    assert poll(feeds, entry) == Stored(0, 0)


def test_a_poll_counts_what_it_brought(feeds: Settings) -> None:
    poll(feeds, ENTRY, replace(ENTRY, guid="g2", url="https://post.example/2"))
    poll(feeds, replace(ENTRY, title="US eases"))

    assert [(row["items_new"], row["items_changed"]) for row in rows(feeds, "poll")] == [(2, 0), (0, 1)]


def test_a_process_killed_before_its_commit_leaves_nothing(feeds: Settings) -> None:
    def killed() -> None:
        with connect(feeds) as conn:
            (state,) = due_feeds(conn, NOW, ["post"])
            poll_id = record_poll(conn, Fetched(state, "not_modified", 0.0, 304), NOW, feeds)
            store(conn, [ENTRY], feed_id="post", language="en", poll_id=poll_id, now=NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert rows(feeds, "item") == rows(feeds, "item_revision") == rows(feeds, "item_sighting") == []


def both(feeds: Settings, first: list[Entry], second: list[Entry]) -> list[Stored]:
    """Two polls of the outlet's two feeds that store at the same moment."""
    ready = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(poll, feeds, *first, ready=ready)
        other = pool.submit(poll, feeds, *second, feed_id="post_business", ready=ready)
        return [one.result(20), other.result(20)]


def test_two_polls_that_bring_the_same_item_at_once_store_it_once(feeds: Settings) -> None:
    stored = both(feeds, [ENTRY], [replace(ENTRY, guid="b7")])

    assert sum(each.new for each in stored) == 1
    assert len(rows(feeds, "item")) == len(rows(feeds, "item_revision")) == 1
    assert len(rows(feeds, "item_sighting")) == 2


def test_two_polls_that_bring_the_same_items_in_another_order_do_not_block_each_other(feeds: Settings) -> None:
    many = [replace(ENTRY, guid=f"g{n}", url=f"https://post.example/{n}") for n in range(60)]

    stored = both(feeds, many, many[::-1])

    assert sum(each.new for each in stored) == 60


def test_two_polls_of_one_feed_that_bring_the_same_edit_make_one_revision(feeds: Settings) -> None:
    poll(feeds, ENTRY)
    edit = replace(ENTRY, title="US eases")
    with connect(feeds) as one:
        (state,) = due_feeds(one, NOW, ["post"])
        with connect(feeds) as other, ThreadPoolExecutor(1) as pool:
            ids = [
                other.execute(
                    "insert into poll (feed_id, polled_at, url, outcome, seconds) values ('post', now(), '', 'new', 0) "
                    "returning poll_id"
                ).fetchone()["poll_id"],
                record_poll(one, Fetched(state, "not_modified", 0.0, 304), NOW, feeds),
            ]
            store(one, [edit], feed_id="post", language="en", poll_id=ids[1], now=NOW)
            late = pool.submit(store, other, [edit], feed_id="post", language="en", poll_id=ids[0], now=NOW)
            one.commit()
            assert late.result(10) in (Stored(0, 0), Stored(0, 1))

    assert wordings(feeds) == [(1, "US lifts sanctions"), (2, "US eases")]
