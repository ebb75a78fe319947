"""Who is who: one page has one address, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctions_monitor.items.identity import LONGEST_KEY, as_key, canonical_url, entry_keys, identity, item_id

SAME_PAGE = {
    "as it is": "https://post.example/a/1",
    "without TLS": "http://post.example/a/1",
    "capitals": "HTTPS://Post.Example/a/1",
    "the usual port": "https://post.example:443/a/1",
    "the usual port of http": "http://post.example:80/a/1",
    "the other's usual port": "http://post.example:443/a/1",
    "a fragment": "https://post.example/a/1#comments",
    "a slash at the end": "https://post.example/a/1/",
    "a detour": "https://post.example/a/b/../1",
    "spaces around": "  https://post.example/a/1\n",
    "campaign": "https://post.example/a/1?utm_source=rss&utm_medium=feed",
    "tracking": "https://post.example/a/1?fbclid=x&at_campaign=y&gclid=z",
    "a reader's session": "https://post.example/a/1?PHPSESSID=3f",
    "a reader's session in the path": "https://post.example/a/1;jsessionid=3f",
    "user and password": "https://reader:word@post.example/a/1",
    "an escaped letter": "https://post.example/%61/1",
    "a dot behind the host": "https://post.example./a/1",
}


@pytest.mark.parametrize("url", SAME_PAGE.values(), ids=SAME_PAGE)
def test_one_page_has_one_address(url: str) -> None:
    assert canonical_url(url) == "https://post.example/a/1"


def test_parameters_that_mean_a_page_stay_in_one_order() -> None:
    assert canonical_url("http://post.example/?id=7&area=b") == canonical_url("http://post.example/?area=b&id=7")


def test_an_unusual_port_stays() -> None:
    assert canonical_url("http://post.example:8080/a") == "https://post.example:8080/a"


def test_international_names_are_written_in_ascii() -> None:
    assert canonical_url("https://exämple.com/ä") == "https://xn--exmple-cua.com/%C3%A4"


NO_PAGE = [
    "",
    "https://post.example/",
    "https://post.example/?utm_source=rss",
    "https://post.example/#top",
    "javascript:alert(1)",
    "data:text/html,<script>",
    "mailto:desk@post.example",
    "tag:post.example,2025:1",
    "file:///etc/passwd",
    "ftp://post.example/a",
    "http://",
    "http://[::1/a",
    "http://post.example:port/a",
    "http://post.example:99999/a",
    "http://two words/a",
    'http://"quoted"/a',
    "http://post.example/\ud800",
]


@pytest.mark.parametrize("url", NO_PAGE)
def test_what_is_no_page_has_no_address(url: str) -> None:
    assert canonical_url(url) is None


URLS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"https?://[a-zé:@\[\]0-9.%]{1,12}(/[^\s]{0,12})?(\?[^\s]{0,12})?(#.{0,4})?", fullmatch=True),
)


@given(URLS)
@example("http://host:443/a")
@example("http://h/a;b=1?x")
@example("http://h/?%ff=1&a=b=c")
@example("http://h/%E2%80%AE")
def test_any_text_gives_an_address_that_is_its_own_or_none(text: str) -> None:
    url = canonical_url(text)

    assert url is None or canonical_url(url) == url


@given(
    st.from_regex(r"https?://[a-z]\.example(/[a-z.~]{0,3}){0,3}(\?[a-z=&]{0,6})?", fullmatch=True),
    # "#!" names a page of a site that is one script
    st.text(max_size=12).filter(lambda behind: not behind.strip().startswith("!")),
)
@example("https://post.example/a", "ref=rss")
@example("https://post.example/a/..", "xtor=RSS-1481423633")
@example("https://post.example/a?b=1", "/x?y=1&z:-")
def test_what_stands_behind_a_hash_says_nothing_of_the_page(address: str, behind: str) -> None:
    assert canonical_url(f"{address}#{behind.strip()}") == canonical_url(address)


@given(URLS)
def test_an_address_is_safe_to_link_and_to_print(text: str) -> None:
    url = canonical_url(text) or "https://h/a"

    assert url.startswith("https://")
    assert url.isascii()
    assert url.isprintable()
    assert not set(' "<>\\') & set(url)


def test_an_item_is_its_page_whatever_feed_tells_it() -> None:
    assert identity("post", "1", "https://post.example/a") == identity("gazette", "2", "https://post.example/a")


def test_without_a_page_an_item_is_its_feed_and_guid() -> None:
    assert identity("post", "1", None) != identity("gazette", "1", None)


def test_an_item_id_is_the_same_on_every_machine() -> None:
    assert item_id("https://post.example/a/1") == "cacf4620cfbf466e2de1071e"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=LONGEST_KEY - 5, max_size=LONGEST_KEY + 400))
def test_a_key_is_never_longer_than_the_database_can_index(text: str) -> None:
    assert len(as_key(text).encode()) <= LONGEST_KEY


def test_long_keys_that_differ_at_their_end_stay_different() -> None:
    assert as_key("x" * 5000 + "1") != as_key("x" * 5000 + "2")


def keys(*named: tuple[str, str | None, str]) -> list[str]:
    return entry_keys(list(named))


def test_an_entry_is_named_by_its_guid() -> None:
    assert keys(("g1", "https://post.example/1", "One")) == ["g1"]


def test_a_guid_that_counts_edits_behind_its_address_names_the_same_entry() -> None:
    before = keys(("https://post.example/1#0", "https://post.example/1", "One"))

    assert keys(("https://post.example/1#1", "https://post.example/1", "One, corrected")) == before


def test_a_guid_that_went_from_http_to_https_names_the_same_entry() -> None:
    page = "https://post.example/?p=7"

    assert keys(("http://post.example/?p=7", page, "One")) == keys((page, page, "One"))


def test_posts_of_a_live_page_keep_the_guids_that_tell_them_apart() -> None:
    page = "https://post.example/live"

    assert keys((f"{page}#1", page, "One"), (f"{page}#2", page, "Two")) == [f"{page}#1", f"{page}#2"]


def test_a_guid_that_stands_for_several_pages_names_each_with_its_page_whatever_their_order() -> None:
    named = [("same", f"https://post.example/{n}", str(n)) for n in (1, 2, 3)]

    assert len(set(keys(*named))) == 3
    assert keys(*named[::-1]) == keys(*named)[::-1]


def test_entries_without_guids_that_share_a_page_are_told_apart_by_their_titles() -> None:
    page = "https://post.example/news"

    assert len(set(keys((page, page, "One"), (page, page, "Two")))) == 2
