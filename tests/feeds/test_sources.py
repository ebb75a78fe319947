"""Bodies without a feed: lists on pages and behind interfaces, described by data alone.

The pages in `pages/` are ours, shaped like the real ones as public readers of them describe these.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sanctions_monitor.errors import DataError, FetchError
from sanctions_monitor.feeds import read_catalogue
from sanctions_monitor.feeds.own_feeds import BUILT_IN
from sanctions_monitor.feeds.sources import DESCRIBED
from sanctions_monitor.feeds.sources.description import read_description
from sanctions_monitor.feeds.sources.reading import read_rows
from sanctions_monitor.items import read_document

PAGES = Path(__file__).parent / "pages"
NOW = datetime(2025, 12, 15, 18, tzinfo=UTC)
DESCRIBED_FEEDS = [feed for feed in read_catalogue(BUILT_IN) if feed.format in DESCRIBED]


def rows(feed_id: str, body: bytes | str, now: datetime = NOW):
    format_ = next(feed.format for feed in DESCRIBED_FEEDS if feed.id == feed_id)
    raw = body if isinstance(body, bytes) else (PAGES / body).read_bytes()
    return read_rows(raw, "text/html; charset=utf-8", read_description(feed_id, format_), now)


def test_every_source_of_the_catalogue_has_a_description_that_works():
    assert {feed.id for feed in DESCRIBED_FEEDS} >= {
        "us_ofac_recent",
        "us_treasury_press",
        "us_fr_ofac",
        "us_fr_bis",
        "us_fr_inspection",
    }
    for feed in DESCRIBED_FEEDS:
        assert read_description(feed.id, feed.format).verified is False


def test_ofac_gives_each_action_with_its_title_address_day_and_kind():
    found = rows("us_ofac_recent", "us_ofac_recent.html")

    assert len(found) == 6
    assert (found[0].title, found[0].link, found[0].summary) == (
        "Issuance of a Belarus-related General License",
        "/recent-actions/20251213",
        "General Licenses",
    )
    assert found[1].title == "Counter Terrorism Designations; Iran-related Designation Removal"
    assert found[2].title == "Settlement with a shipping agent & its owner"


def test_a_date_without_an_hour_is_noon_of_that_day_at_the_place():
    assert rows("us_ofac_recent", "us_ofac_recent.html")[0].published == datetime(2025, 12, 13, 17, tzinfo=UTC)


def test_a_date_in_a_title_is_not_taken_for_the_date_of_the_action():
    guidance = rows("us_ofac_recent", "us_ofac_recent.html")[3]

    assert guidance.link == "/node/935551"
    assert guidance.published == datetime(2025, 12, 9, 17, tzinfo=UTC)


@pytest.mark.parametrize("page", ["us_treasury_press.html", "us_treasury_press_wrapped.html"])
def test_treasury_gives_each_release_the_date_above_it_in_both_layouts(page):
    found = rows("us_treasury_press", page)

    assert len(found) == 5
    assert found[0].link.startswith("/news/press-releases/sb0340")
    assert found[0].published == datetime(2025, 12, 13, 16, tzinfo=UTC)
    assert len({row.published for row in found}) == 5


def test_the_federal_register_gives_number_title_abstract_and_day():
    first, second, *_ = rows("us_fr_ofac", "us_fr_ofac.json")

    assert (first.guid, first.published) == ("2025-22801", datetime(2025, 12, 12, 17, tzinfo=UTC))
    assert first.summary.startswith("The names of one or more persons")
    assert second.summary == ""


def test_of_public_inspection_only_the_offices_that_matter_are_kept():
    found = rows("us_fr_inspection", "us_fr_inspection.json")

    assert [row.title for row in found] == ["Additions to the Entity List", "Blocking of Property"]
    assert found[0].published == datetime(2025, 12, 15, 13, 45, tzinfo=UTC)


def test_a_day_without_a_document_of_those_offices_is_no_failure():
    document = json.loads((PAGES / "us_fr_inspection.json").read_bytes())
    document["results"] = document["results"][3:]

    assert rows("us_fr_inspection", json.dumps(document).encode()) == ()


def test_a_filtered_list_that_stands_still_is_a_failure_too():
    with pytest.raises(FetchError, match="newest row is of 2025-12-15"):
        rows("us_fr_inspection", "us_fr_inspection.json", datetime(2026, 1, 15, tzinfo=UTC))


def test_rows_become_the_same_entries_as_those_of_a_feed():
    body = (PAGES / "us_ofac_recent.html").read_bytes()
    url = "https://ofac.treasury.gov/recent-actions"

    document = read_document(body, "", url, feed_id="us_ofac_recent", format_="html_list", folders=(), now=NOW)

    assert document.complete
    assert document.entries[0].url == "https://ofac.treasury.gov/recent-actions/20251213"
    assert document.entries[0].title == "Issuance of a Belarus-related General License"


LOUD = {
    "a refusal in place of the page": ("us_ofac_recent", "access_denied.html", "0 rows in the list, at least 5"),
    "the page of another body": ("us_ofac_recent", "us_treasury_press.html", "0 rows in the list"),
    "no page at all": ("us_ofac_recent", b"   ", "no web page"),
    "a page where JSON should be": ("us_fr_ofac", "access_denied.html", "no JSON"),
    "the interface's own error": ("us_fr_ofac", b'{"errors": {"id": "no such office"}}', "no list at 'results'"),
    "JSON that is nested without end": ("us_fr_ofac", b"[" * 100_000, "no JSON"),
}


@pytest.mark.parametrize("case", LOUD.values(), ids=LOUD.keys())
def test_what_is_not_the_page_we_know_is_a_failure_with_a_reason(case):
    feed_id, body, reason = case

    with pytest.raises(FetchError, match=reason):
        rows(feed_id, body)


def test_a_changed_way_of_writing_dates_is_a_failure_that_shows_what_came():
    page = (PAGES / "us_ofac_recent.html").read_text(encoding="utf-8").replace("December ", "Dec. ")

    with pytest.raises(FetchError, match="6 of 6 rows can't be read"):
        rows("us_ofac_recent", page.encode())


def test_one_row_that_can_not_be_read_does_not_cost_the_others():
    page = (PAGES / "us_ofac_recent.html").read_text(encoding="utf-8").replace("December 05, 2025", "soon", 1)

    assert len(rows("us_ofac_recent", page.encode())) == 5


def test_a_page_that_stands_still_is_a_failure():
    with pytest.raises(FetchError, match="newest row is of 2025-12-13, at most 45 days"):
        rows("us_ofac_recent", "us_ofac_recent.html", datetime(2026, 3, 1, tzinfo=UTC))


def test_dates_far_in_the_future_are_not_believed():
    page = (PAGES / "us_ofac_recent.html").read_text(encoding="utf-8").replace(", 2025", ", 2031")

    with pytest.raises(FetchError, match="a date out of reason, 2031-12-13"):
        rows("us_ofac_recent", page.encode())


def test_a_page_in_the_encoding_that_its_answer_names_is_read():
    description = read_description("us_ofac_recent", "html_list")
    page = (PAGES / "us_ofac_recent.html").read_text(encoding="utf-8").replace("Belarus-related", "Curaçao-related")
    bare = page.replace('<meta charset="utf-8">', "").encode("iso-8859-1")

    found = read_rows(bare, "text/html; charset=ISO-8859-1", description, NOW)

    assert found[0].title == "Issuance of a Curaçao-related General License"


def test_hostile_lists_are_read_in_bounds():
    row = '<div class="search-result views-row"><a href="/recent-actions/1">x</a> December 13, 2025 - Kind</div>'

    assert len(rows("us_ofac_recent", (row * 20_000).encode())) == 500


DESCRIPTION = """
format: html_list
verified: false
rows: li
title: a
link: {css: a, attribute: href}
date: {css: time, attribute: datetime, format: iso}
expect: {rows: 1, newest_within_days: 30}
"""


def test_an_operator_describes_a_page_of_their_own(tmp_path):
    (tmp_path / "gazette.yaml").write_text(DESCRIPTION)
    page = b'<ul><li><a href="/1">An order</a><time datetime="2025-12-12T09:00+01:00">x</time></li></ul>'

    (row,) = read_rows(page, "", read_description("gazette", "html_list", [tmp_path]), NOW)

    assert (row.title, row.published) == ("An order", datetime(2025, 12, 12, 8, tzinfo=UTC))


WRONG = {
    "a selector that is none": ("rows: li", "rows: 'li['", "rows.css: .*no CSS selector"),
    "an XPath that is none": ("rows: li", "rows: {xpath: '//li['}", "rows.xpath: .*no XPath"),
    "both ways at once": ("rows: li", "rows: {css: li, xpath: //li}", "rows: .*one of them only"),
    "a pattern that is none": ("title: a", "title: {css: a, pattern: '('}", "title.pattern: .*no regular expression"),
    "a zone that is none": ("format: iso}", "format: iso, zone: Atlantis}", "date.zone: .*no time zone"),
    "a key that nobody knows": ("title: a", "title: a\nauthor: b", "author: "),
    "an expectation of nothing": ("rows: 1", "rows: 0", "expect.rows: "),
    "no YAML": ("format: html_list", "format: [", "Mend the file"),
    "another format than the catalogue's": ("format: html_list", "format: json_api", "Mend"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_description_is_named_with_file_place_and_reason(case, tmp_path):
    right, wrong, reason = case
    (tmp_path / "gazette.yaml").write_text(DESCRIPTION.replace(right, wrong))

    with pytest.raises(DataError, match=rf"gazette\.yaml.*{reason}"):
        read_description("gazette", "html_list", [tmp_path])


def test_a_catalogue_line_without_its_description_is_named(tmp_path):
    path = tmp_path / "feeds.csv"
    header = BUILT_IN.read_text(encoding="utf-8").partition("\n")[0]
    path.write_text(
        f"{header}\ngazette,Gazette,https://g.example/,https://g.example/,html_list,news,PL,en,2,,2,false,\n"
    )

    with pytest.raises(DataError, match=r"feeds\.csv, line 2: gazette: .*needs a description"):
        read_catalogue(path)
