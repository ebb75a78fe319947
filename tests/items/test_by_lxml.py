"""The fast path where it repeats a state of feedparser's: bases, and descriptions of the feed before the entries."""

from __future__ import annotations

import pytest

from sanctions_monitor.items.by_feedparser import by_feedparser
from sanctions_monitor.items.by_lxml import by_lxml

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
TWICE = "<description>One</description><itunes:summary>Two</itunes:summary>"


def atom(inside: str, base: str = "") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{base}>{inside}</feed>'.encode()


def podcast(outside: str) -> bytes:
    entries = f"<item><guid>a</guid>{TWICE}</item><item><guid>b</guid>{TWICE}</item>"
    return f'<rss version="2.0" xmlns:itunes="{ITUNES}"><channel>{outside}{entries}</channel></rss>'.encode()


@pytest.mark.parametrize(
    ("document", "links"),
    [
        (atom('<entry><link href="x"/></entry>', ' xml:base="http://a.example/b/"'), ["http://a.example/b/x"]),
        (
            atom('<entry xml:base="c/"><link href=""/></entry>', ' xml:base="http://a.example/"'),
            ["http://a.example/c/"],
        ),
        # without a base of the root, feedparser stays with the last one
        (
            atom(
                '<entry><link href="x"/><content xml:base="http://a.example/">.</content></entry>'
                '<entry><link href="x"/></entry>'
            ),
            ["x", "http://a.example/x"],
        ),
        (atom('<entry xml:base="/c"><link href="/x"/></entry>'), ["/x"]),
    ],
)
def test_links_are_joined_as_feedparser_joins_them(document: bytes, links: list[str]) -> None:
    fast = by_lxml(document)

    assert fast is not None
    assert [each.link for each in fast.entries] == links
    assert fast == by_feedparser(document).feed


@pytest.mark.parametrize(
    ("outside", "texts"),
    [
        ("<description>Post</description><itunes:summary>Post</itunes:summary>", ["Two", "Two"]),
        # a second summary is content to feedparser, which then believes of the next entry that it has some
        ("<itunes:summary>Post</itunes:summary><description>Post</description>", ["", "Two"]),
    ],
)
def test_a_podcast_that_describes_itself_twice(outside: str, texts: list[str]) -> None:
    document = podcast(outside)

    fast = by_lxml(document)

    assert fast is not None
    assert [each.text for each in fast.entries] == texts
    assert fast == by_feedparser(document).feed


@pytest.mark.parametrize(
    "document",
    [
        atom("<id>a</id><id>b</id><entry><id>x</id></entry>"),
        atom("<entry><id>a</id><id>b</id></entry>"),
        atom('<entry xml:base="ftp://a.example/"><link href="x"/></entry>'),
        atom('<entry xml:base="http://a.example/"><link href="http://["/></entry>'),
    ],
)
def test_what_is_not_repeated_is_left_to_feedparser(document: bytes) -> None:
    assert by_lxml(document) is None
