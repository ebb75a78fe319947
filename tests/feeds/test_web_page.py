"""A web page where a feed should be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.feeds.web_page import is_web_page, named_feeds

ADDRESS = "https://post.example/news/"
RSS = 'type="application/rss+xml"'


def page(*head: str) -> bytes:
    return f"<!doctype html><html><head>{''.join(head)}</head></html>".encode()


PAGES = [
    b"<!DOCTYPE html><html>",
    b"\xef\xbb\xbf\r\n <html>",
    b"<!-- made by hand --><HTML>",
    b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "">',
]
FEEDS = [
    b"<!DOCTYPE html><rss version='2.0'>",
    b"<html><body><feed xmlns='http://www.w3.org/2005/Atom'>",
    b"<rss>",
    b'<?xml version="1.0"?><feed>',
    b"<!-- <html> --><rss>",
    b'{"version": ""}',
    b"",
    b"text",
]


@pytest.mark.parametrize("body", PAGES)
def test_a_page_is_known_by_its_content(body: bytes) -> None:
    assert is_web_page(body)


@pytest.mark.parametrize("body", FEEDS)
def test_a_feed_is_none_whatever_it_is_sent_as(body: bytes) -> None:
    assert not is_web_page(body)


@pytest.mark.parametrize("kind", ["rss+xml", "atom+xml", "feed+json", "rdf+xml"])
def test_the_feeds_that_a_page_names(kind: str) -> None:
    named = page(f'<link rel="alternate" type="application/{kind}" href="feed.xml">')

    assert named_feeds(named, ADDRESS) == ["https://post.example/news/feed.xml"]


def test_the_base_of_the_page_counts() -> None:
    named = page('<base href="/en/">', f'<link rel="alternate" {RSS} href="feed.xml">')

    assert named_feeds(named, ADDRESS) == ["https://post.example/en/feed.xml"]


def test_feeds_of_comments_come_last() -> None:
    named = page(
        f'<link rel="alternate" {RSS} title="Post &raquo; Comments Feed" href="/comments/feed/">',
        f'<link rel="alternate" {RSS} title="Post &raquo; Feed" href="/feed/">',
    )

    assert named_feeds(named, ADDRESS) == ["https://post.example/feed/", "https://post.example/comments/feed/"]


OTHERS = [
    f'<link rel="stylesheet" {RSS} href="feed.xml">',
    '<link rel="alternate" type="text/html" href="de.html">',
    '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
    f'<link rel="alternate" {RSS} href="file:///etc/passwd">',
    f'<link rel="alternate" {RSS} href="">',
    f'<link rel="alternate" {RSS} href="http://[">',
]


@pytest.mark.parametrize("link", OTHERS)
def test_other_links_are_no_feeds(link: str) -> None:
    assert named_feeds(page(link), ADDRESS) == []


@given(st.binary())
def test_no_page_is_too_strange(body: bytes) -> None:
    named_feeds(b"<html><![" + body, ADDRESS)
