"""Lists of feeds in and out: OPML, CSV, one address a line; the operator's own catalogue file."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sanctions_monitor import subscribing
from sanctions_monitor.errors import UserError
from sanctions_monitor.feeds import Feed, all_feeds, own_file, read_catalogue
from sanctions_monitor.feeds.opml import read_opml, write_opml
from sanctions_monitor.feeds.own_feeds import BUILT_IN, as_csv
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News">
  <outline type="rss" text="Harbour Post" xmlUrl="https://harbour-post.example/feed?a=1&amp;b=2"
           htmlUrl="https://harbour-post.example/" language="en-GB"/>
  <outline text="Deeper"><outline TYPE="RSS" title="River &amp; Gazette" XMLURL="http://river-gazette.example/rss"/></outline>
</outline>
<outline text="A note without a feed"/>
</body></opml>"""


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    """Settings of somebody who has no feeds yet."""
    return Settings(home=tmp_path / "home", catalogue="none")


def test_feeds_are_found_in_folders_and_under_names_in_any_case():
    first, second = read_opml(LIST)

    assert first.url == "https://harbour-post.example/feed?a=1&b=2"
    assert first.columns == {
        "title": "Harbour Post",
        "home": "https://harbour-post.example/",
        "language": "en",
    }
    assert (second.url, second.columns["title"]) == ("http://river-gazette.example/rss", "River & Gazette")


CARELESS = {
    "no declaration, a bare ampersand": b'<opml><body><outline text="A & B" xmlUrl="https://a.example/f"/></body></opml>',
    "a mark of byte order": b'\xef\xbb\xbf<opml><body><outline xmlUrl="https://a.example/f"/></body></opml>',
    "a name space": b'<opml xmlns="http://opml.org/spec2"><body><outline xmlUrl="https://a.example/f"/></body></opml>',
    "no end": b'<opml><body><outline xmlUrl="https://a.example/f"/>',
    "blanks around": b'<opml><body><outline xmlUrl=" https://a.example/f\n"/></body></opml>',
}


@pytest.mark.parametrize("document", CARELESS.values(), ids=CARELESS.keys())
def test_careless_lists_are_read(document):
    assert [outline.url for outline in read_opml(document)] == ["https://a.example/f"]


@pytest.mark.parametrize("document", [b"<html><body>no list</body></html>", b"<", b""])
def test_what_is_no_opml_is_refused_in_one_line(document):
    with pytest.raises(UserError, match=r"^No OPML"):
        read_opml(document)


def test_entities_of_a_list_load_no_file_and_do_not_grow():
    hostile = b"""<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
    <opml><body><outline text="&f;&b;" xmlUrl="https://a.example/f"/></body></opml>"""

    assert "root:" not in str(read_opml(hostile))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_reason(document):
    with suppress(UserError):
        read_opml(b"<opml>" + document)


def test_what_we_export_is_read_back_whole(empty):
    feeds = read_catalogue(BUILT_IN)

    added = subscribing.import_list(empty, write_opml(feeds, NOW), "feeds.opml", {})

    assert added.refused == ()
    assert {feed.id: feed for feed in all_feeds(empty)} == {feed.id: feed for feed in feeds}


def test_the_export_is_opml_as_the_specification_has_it():
    root = etree.fromstring(write_opml(read_catalogue(BUILT_IN), NOW))

    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [child.tag for child in root] == ["head", "body"]
    assert root.findtext("head/dateCreated") == "Mon, 02 Mar 2026 09:00:00 GMT"
    for outline in root.iter("outline"):
        assert outline.get("text")
        assert (outline.get("type") == "rss") == (outline.get("xmlUrl") is not None)


def test_a_csv_is_read_back_too(empty):
    feeds = read_catalogue(BUILT_IN)

    subscribing.import_list(empty, as_csv(feeds).encode(), "feeds.csv", {})

    assert all_feeds(empty) == feeds


def test_one_address_a_line_is_a_list(empty):
    text = b"# mine\nhttps://a.example/feed\n\n  http://b.example/rss \n"

    added = subscribing.import_list(empty, text, "list.txt", {"kind": "official", "country": "PL"})

    assert [(feed.id, feed.url, feed.kind, feed.country) for feed in added.feeds] == [
        ("a_example", "https://a.example/feed", "official", "PL"),
        ("b_example", "http://b.example/rss", "official", "PL"),
    ]
    assert not any(feed.verified for feed in added.feeds)


@pytest.mark.parametrize("document", [b"", b"no address in here\n", b"url,title\n"])
def test_a_list_without_an_address_is_refused(document, empty):
    with pytest.raises(UserError, match="no address in it"):
        subscribing.import_list(empty, document, "list.txt", {})


def test_a_second_import_adds_nothing(empty):
    subscribing.import_list(empty, LIST, "mine.opml", {})

    again = subscribing.import_list(empty, LIST.replace(b"http://river", b"https://www.river"), "mine.opml", {})

    assert (again.feeds, again.known) == ((), 2)
    assert len(all_feeds(empty)) == 2


def test_a_line_that_can_not_be_used_is_named_and_costs_no_other(empty):
    document = LIST.replace(b"http://river-gazette.example/rss", b"ftp://river-gazette.example/rss")

    added = subscribing.import_list(empty, document, "mine.opml", {})

    assert len(added.feeds) == 1
    assert added.refused[0].startswith("ftp://river-gazette.example/rss: must be an http or https address")


def test_a_page_that_nobody_has_described_is_left_out(empty):
    line = f"{','.join(Feed.model_fields)}\ngazette,Gazette,https://g.example/,https://g.example/,html_list,news,PL,en,2,,2,,"

    added = subscribing.import_list(empty, line.encode(), "feeds.csv", {})

    assert added.feeds == ()
    assert "needs a description" in added.refused[0]


def test_a_title_in_another_script_gives_an_id_by_its_host(empty):
    document = LIST.replace(b"Harbour Post", "Наша Ніва".encode())

    added = subscribing.import_list(empty, document, "mine.opml", {})

    assert added.feeds[0].id == "harbour_post_example"


def test_feeds_with_the_same_title_get_different_ids(empty):
    document = b"".join(b'<outline text="News" xmlUrl="https://%c.example/"/>' % each for each in b"ab")

    assert [feed.id for feed in subscribing.import_list(empty, b"<opml>" + document, "x", {}).feeds] == [
        "news",
        "news_2",
    ]


class TestPasswords:
    """A password in an address is taken out, kept apart, and never told again."""

    LIST = LIST.replace(b"https://harbour-post.example/feed", b"https://reader:s3cr3t@harbour-post.example/feed")

    @pytest.fixture
    def imported(self, settings: Settings) -> Settings:
        at_work = settings.model_copy(update={"catalogue": "none"})
        subscribing.import_list(at_work, self.LIST, "mine.opml", {})
        return at_work

    def test_it_stands_in_no_catalogue(self, imported):
        assert "s3cr3t" not in own_file(imported).read_text()
        assert all_feeds(imported)[0].url == "https://harbour-post.example/feed?a=1&b=2"

    def test_it_is_kept_for_that_origin(self, imported):
        with connect(imported) as conn:
            (login,) = conn.execute("select feed_id, origin, user_name, password from feed_login").fetchall()
        assert login == {
            "feed_id": "harbour_post",
            "origin": "https://harbour-post.example:443",
            "user_name": "reader",
            "password": "s3cr3t",
        }

    def test_it_is_not_exported(self, imported):
        # also where somebody has written one into the file by hand
        feeds = [feed.model_copy(update={"url": "https://u:s3cr3t@a.example/"}) for feed in all_feeds(imported)]

        assert b"s3cr3t" not in write_opml(feeds, NOW)
        assert "s3cr3t" not in as_csv(feeds)

    def test_a_refused_line_does_not_tell_it(self, empty):
        document = self.LIST.replace(b"https://reader", b"ftp://reader")

        (refused,) = subscribing.import_list(empty, document, "mine.opml", {}).refused

        assert "s3cr3t" not in refused


class TestOwnCatalogue:
    """Where an operator's own feeds lie."""

    LINE = "mine,Mine,https://mine.example/feed,https://mine.example/,rss,news,PL,pl,2,,2,false,\n"
    HEADER = BUILT_IN.read_text(encoding="utf-8").partition("\n")[0] + "\n"

    def own(self, settings: Settings, line: str = LINE) -> None:
        own_file(settings).parent.mkdir(parents=True, exist_ok=True)
        own_file(settings).write_text(self.HEADER + line)

    def test_they_stand_beside_the_built_in_ones(self, tmp_path):
        settings = Settings(home=tmp_path)
        self.own(settings)

        assert own_file(settings) == tmp_path / "feeds.csv"
        assert len(all_feeds(settings)) == len(read_catalogue(BUILT_IN)) + 1

    def test_none_leaves_the_built_in_ones_out(self, empty):
        assert all_feeds(empty) == []
        self.own(empty)

        assert [feed.id for feed in all_feeds(empty)] == ["mine"]

    def test_a_catalogue_that_is_set_is_the_only_one(self, tmp_path):
        settings = Settings(home=tmp_path, catalogue=tmp_path / "set.csv")
        self.own(settings)
        (tmp_path / "feeds.csv").write_text(self.HEADER + self.LINE.replace("mine", "other"))

        assert [feed.id for feed in all_feeds(settings)] == ["mine"]
        assert own_file(settings) == tmp_path / "set.csv"

    @pytest.mark.parametrize(
        "line",
        [
            LINE.replace("mine,", "bbc_world,", 1),
            LINE.replace("https://mine.example/feed", "http://feeds.bbci.co.uk/news/world/rss.xml"),
        ],
    )
    def test_a_line_of_ones_own_takes_the_place_of_a_built_in_one(self, line, tmp_path):
        settings = Settings(home=tmp_path)
        self.own(settings, line)

        feeds = all_feeds(settings)

        assert len(feeds) == len(read_catalogue(BUILT_IN))
        assert feeds[-1].title == "Mine"

    def test_the_built_in_catalogue_is_never_written(self, tmp_path):
        before = BUILT_IN.read_bytes()

        subscribing.import_list(Settings(home=tmp_path), LIST, "mine.opml", {})

        assert BUILT_IN.read_bytes() == before
        assert len(read_catalogue(tmp_path / "feeds.csv")) == 2

    def test_lines_that_were_there_stay_as_they_are(self, empty):
        self.own(empty, self.LINE.rstrip("\n"))
        before = own_file(empty).read_text()

        subscribing.import_list(empty, LIST, "mine.opml", {})

        assert own_file(empty).read_text().startswith(before)
        assert [feed.id for feed in all_feeds(empty)] == ["mine", "harbour_post", "river_gazette"]
