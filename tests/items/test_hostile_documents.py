"""Hostile and broken documents: nothing is fetched, nothing grows, nothing passes that a database refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.errors import FetchError
from sanctions_monitor.items import Entry, parse
from sanctions_monitor.items.size_limits import MOST_ENTRIES, MOST_MARKUP, cut_note

if TYPE_CHECKING:
    from pathlib import Path

RSS = "<rss version='2.0'><channel><title>Post</title>{}</channel></rss>"
BASE = "https://post.example/feed"


def rss(*items: str) -> bytes:
    return RSS.format("".join(f"<item>{item}</item>" for item in items)).encode()


def only(document: bytes) -> Entry:
    (entry,) = parse(document, "", BASE).entries
    return entry


def titles(document: bytes) -> list[str]:
    return [entry.title for entry in parse(document, "", BASE).entries]


def test_an_entity_bomb_stays_small() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>' + RSS.format("<item><title>One &l11;</title></item>")

    assert all(len(title) < 1000 for title in titles(bomb.encode()))


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cr3t")
    external = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    document = external + RSS.format("<item><title>One &x;</title></item>")

    assert "s3cr3t" not in str(parse(document.encode(), "", BASE))


@pytest.mark.parametrize("reference", ["&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#8;"])
def test_a_reference_to_no_character_costs_no_item(reference: str) -> None:
    assert titles(rss(f"<title>O{reference}ne</title>", "<title>Two</title>")) == ["One", "Two"]


@pytest.mark.parametrize("hostile", ["\\u0000", "\\ud800", "\\u202e", "\\u001b[2J"])
def test_no_part_of_an_entry_holds_what_the_database_refuses(hostile: str) -> None:
    fields = ("id", "url", "title", "summary", "content_text")
    document = '{"items": [{' + ", ".join(f'"{name}": "http://x.example/{hostile}y"' for name in fields) + "}]}"

    entry = only(document.encode())

    for part in (entry.guid, entry.url or "", entry.title, entry.summary, entry.text or ""):
        # nor half a pair: that is not printable either
        assert part.isprintable()


def test_a_guid_of_any_length_can_be_indexed() -> None:
    assert len(only(rss(f"<title>One</title><guid>{'é' * 50_000}</guid>")).guid.encode()) <= 1000


PIECES = st.sampled_from(
    "<item> </item> <title> </title> <link> </link> <guid> <pubDate> One 0000-99-99 <![CDATA[ ]]> <![ ]> <!-- "
    "<!DOCTYPE & &#xD800; &nbsp; \x00 \xff http://[ <a xml:base='http://[x'>".split(" ")
)


def readable(body: bytes, content_type: str = "") -> bool:
    """Whether it gives entries; false for a FetchError, which is the only error there is."""
    try:
        return bool(parse(body, content_type, BASE).entries)
    except FetchError:
        return False


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["", "text/xml; charset=utf-16", "text/html"]))
def test_a_broken_document_gives_entries_or_a_fetch_error(inside: str, content_type: str) -> None:
    assert readable(RSS.format(inside).encode("latin-1"), content_type) in (True, False)


@given(st.binary(max_size=200))
def test_any_bytes_give_entries_or_a_fetch_error(body: bytes) -> None:
    assert readable(body) in (True, False)


def test_of_a_document_with_too_many_entries_the_first_are_read_and_the_operator_is_told() -> None:
    entries = "".join(
        f"<item><title>{number}</title><guid>{number}</guid></item>" for number in range(MOST_ENTRIES + 9)
    )

    document = parse(RSS.format(entries).encode(), "", BASE)

    assert [document.entries[0].title, document.entries[-1].title] == ["0", str(MOST_ENTRIES - 1)]
    assert (document.complete, document.note) == (True, cut_note())


def test_a_json_feed_is_cut_too() -> None:
    listed = [{"id": number, "title": f"Item {number}"} for number in range(MOST_ENTRIES + 1)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": listed}).encode()

    document = parse(body, "", BASE)

    assert (len(document.entries), document.note) == (MOST_ENTRIES, cut_note())


@pytest.mark.parametrize("much", ["<b/>", "<b a='1' b='2'/>"])
def test_more_markup_than_any_feed_has_is_refused_before_it_is_parsed(much: str) -> None:
    with pytest.raises(FetchError, match="more than 600000 tags"):
        parse(rss(much * MOST_MARKUP), "", BASE)
