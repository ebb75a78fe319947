"""Feeds of every format, in every state: what is whole is kept, what is no feed is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sanctions_monitor.errors import FetchError
from sanctions_monitor.items import Entry, parse

RSS = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Post</title>{}</channel></rss>'
SAMPLE = Path(__file__).parents[1] / "sample_edition" / "feeds"
BASE = "https://post.example/feed"


def rss(*items: str) -> bytes:
    return RSS.format("".join(f"<item>{item}</item>" for item in items)).encode()


def only(document: bytes, content_type: str = "", base: str = BASE) -> Entry:
    (entry,) = parse(document, content_type, base).entries
    return entry


def titles(document: bytes) -> list[str]:
    return [entry.title for entry in parse(document, "", BASE).entries]


FORMATS = {
    "RSS": ("harbour_post.xml", "US lifts sanctions on Belarusian potash as Minsk frees 123 prisoners"),
    "Atom": ("river_gazette.xml", "Washington drops potash sanctions against Belarus"),
    "RDF": ("by_president.rdf", "President pardons 123 people after talks with US envoy"),
    "JSON Feed": ("grain_trader.json", "Potash buyers weigh end of US sanctions on Belarus"),
}
FIRST_PUBLISHED = {
    "RSS": datetime(2025, 12, 13, 15, 10, tzinfo=UTC),
    "Atom": datetime(2025, 12, 13, 16, 30, tzinfo=UTC),
    "RDF": datetime(2025, 12, 13, 14, 40, tzinfo=UTC),
    "JSON Feed": datetime(2025, 12, 13, 21, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content_type", ["application/xml", "text/html", "text/plain", "image/png", "nonsense", ""])
def test_each_format_is_known_by_its_content_whatever_it_is_called(form: str, content_type: str) -> None:
    file, title = FORMATS[form]

    document = parse((SAMPLE / file).read_bytes(), content_type, BASE)

    first = document.entries[0]
    assert (first.title, first.published, document.complete) == (title, FIRST_PUBLISHED[form], True)


def test_an_entry_is_plain_text_with_its_page() -> None:
    entry = parse((SAMPLE / "harbour_post.xml").read_bytes(), "", BASE).entries[0]

    assert entry.guid == "hp-1"
    assert entry.url == "https://harbour-post.example/2025/12/13/potash"
    assert entry.summary.startswith("The United States is lifting")
    assert entry.text is not None
    assert entry.text.count("\n") == 2


NO_FEED = {
    "a web page": (b"<!DOCTYPE html><html><body>Blocked</body></html>", "a web page came instead of a feed"),
    "a web page behind a comment": (b"\xef\xbb\xbf <!-- x --><HTML>", "a web page came instead of a feed"),
    "text": (b"Service unavailable", "no feed: the document begins"),
    "nothing": (b"", "no feed"),
    "another XML": (b"<?xml version='1.0'?><note><to>You</to></note>", "no feed"),
    "JSON that is no feed": (b'{"error": "quota"}', "JSON, but no JSON Feed"),
    "JSON whose items are none": (b'{"items": {"a": 1}}', "JSON, but no JSON Feed"),
    "broken JSON": (b'{"items": [', "no JSON Feed"),
    "JSON nested too deep": (b'{"items":' + b"[" * 100_000, "no JSON Feed"),
    "an image": (b"\x89PNG\r\n\x1a\n\x00\x00", "no feed"),
}


@pytest.mark.parametrize(("body", "reason"), NO_FEED.values(), ids=NO_FEED)
def test_what_is_no_feed_is_said_in_words(body: bytes, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        parse(body, "application/rss+xml", BASE)


CUTS = {
    "in a title": "<title>Tw",
    "in a summary": "<title>Two</title><link>https://post.example/2</link><description>Half a sen",
    "behind a title": "<title>Two</title><link>https://post.example/2</link>",
    "in CDATA": "<title>Two</title><description><![CDATA[Half a sen",
}


@pytest.mark.parametrize("half", CUTS.values(), ids=CUTS)
def test_a_document_that_breaks_off_keeps_its_whole_items_and_says_so(half: str) -> None:
    whole = "<item><title>One</title><link>https://post.example/1</link></item>"
    document = RSS.format(whole + "<item>" + half).encode().removesuffix(b"</channel></rss>")

    found = parse(document, "", BASE)

    assert [entry.title for entry in found.entries] == ["One"]
    assert not found.complete


def test_a_document_that_breaks_off_between_items_loses_none() -> None:
    document = rss("<title>One</title>", "<title>Two</title>").removesuffix(b"</channel></rss>")

    assert titles(document) == ["One", "Two"]
    assert not parse(document, "", BASE).complete


@pytest.mark.parametrize("tail", [b"<!-- cached -->", b"<br />\n<b>Warning</b>: in x.php", b"\n\n\x00", b"</html>"])
def test_what_follows_the_end_of_a_feed_does_not_make_it_half(tail: bytes) -> None:
    assert parse(rss("<title>One</title>") + tail, "", BASE).complete


def test_a_feed_without_items_is_a_feed() -> None:
    assert parse(rss(), "", BASE).entries == ()


@pytest.mark.parametrize(("id_", "guid"), [("a", "a"), (7, "7"), (0, "0"), (None, "https://post.example/1")])
def test_an_id_of_json_feed_may_be_a_number(id_: object, guid: str) -> None:
    document = {"items": [{"id": id_, "title": "One", "url": "https://post.example/1"}]}

    assert only(json.dumps(document).encode()).guid == guid


def test_json_items_that_are_none_do_not_cost_the_others() -> None:
    document = {"items": [None, 5, "x", [], {"id": []}, {"id": "1", "title": 5}, {"id": "2", "title": "Two"}]}

    assert titles(json.dumps(document).encode()) == ["Two"]


def test_without_a_guid_the_page_is_the_guid() -> None:
    assert (
        only(rss("<title>One</title><link>http://post.example/1?utm_source=x</link>")).guid == "https://post.example/1"
    )


def test_without_guid_and_page_the_title_is_the_guid() -> None:
    assert only(rss("<title>One</title>")).guid == "One"


def test_an_entry_that_stands_twice_is_one() -> None:
    item = "<title>One</title><guid>https://post.example/1</guid>"

    assert titles(rss(item, item)) == ["One"]


def test_a_guid_that_stands_for_several_pages_costs_none_of_them() -> None:
    document = rss(
        *(f"<title>{n}</title><guid>post.example</guid><link>https://post.example/{n}</link>" for n in (1, 2, 3))
    )

    assert len(parse(document, "", BASE).entries) == 3


def test_such_a_guid_does_not_depend_on_the_order() -> None:
    items = [f"<title>{n}</title><guid>x</guid><link>https://post.example/{n}</link>" for n in (1, 2, 3)]

    guids = [{entry.guid for entry in parse(rss(*order), "", BASE).entries} for order in (items, items[::-1])]

    assert guids[0] == guids[1]


def test_an_entry_that_says_nothing_is_none() -> None:
    assert titles(rss("<guid>1</guid>", "<title> </title><link>https://post.example/1</link>")) == []


def test_an_entry_without_a_title_is_headed_by_its_first_line() -> None:
    entry = only(rss("<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description>"))

    assert entry.title == "One."


def test_a_relative_link_is_joined_to_the_feeds_address() -> None:
    assert only(rss("<title>One</title><link>/a/1</link>")).url == "https://post.example/a/1"


def test_a_link_that_is_no_web_address_is_none() -> None:
    assert only(rss("<title>One</title><link>javascript:alert(1)</link>")).url is None


def test_the_password_of_the_feeds_address_is_in_no_entry() -> None:
    item = "<title>One</title><link>a/1</link><guid>g1</guid><description>&lt;a href='b'&gt;x&lt;/a&gt;</description>"

    assert "s3cr3t" not in str(parse(rss(item), "", "https://reader:s3cr3t@post.example/feed"))


ENCODINGS = ["utf-16", "utf-16-le", "utf-8-sig", "iso-8859-1", "windows-1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_documents_in_other_encodings_are_read(encoding: str) -> None:
    text = RSS.replace("UTF-8", encoding.removesuffix("-sig").removesuffix("-le")).format(
        "<item><title>Président gracié</title></item>"
    )
    body = (b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding)

    assert titles(body) == ["Président gracié"]


def test_utf_8_is_believed_over_a_wrong_label() -> None:
    assert only(rss("<title>Zażółć</title>"), "text/xml; charset=iso-8859-1").title == "Zażółć"
