"""What a reader finds: the list by day, a digest as it was mailed, and a plain word where there is nothing."""

from __future__ import annotations

import psycopg
import pytest

from sanctions_monitor.settings import load

pytestmark = pytest.mark.airflow


def test_an_empty_list_says_what_to_do(reader):
    page = reader.get("/sanctions/")
    assert page.status_code == 200
    assert "No digest yet" in page.text
    assert "daily_digest" in page.text


def test_the_list_is_empty_before_the_first_poll_has_made_any_table(reader, database_url):
    with psycopg.connect(database_url) as conn:
        conn.execute("drop schema public cascade")
    assert "No digest yet" in reader.get("/sanctions/").text
    assert reader.get("/sanctions/digests/2025-12-13/UTC").status_code == 404


def test_the_list_shows_each_day_once_with_its_editions_newest_first(reader, keep_digest):
    keep_digest("2025-12-12", subject="the older")
    keep_digest("2025-12-13", edition="Europe/Minsk", subject="from Minsk")
    keep_digest("2025-12-13", subject="the newer")
    text = reader.get("/sanctions/").text
    assert text.count("Saturday 13 December 2025") == 1
    assert text.index("from Minsk") < text.index("the newer") < text.index("the older")
    assert "1 alert<" in text
    assert "2 on watch" in text
    assert "no mails" in text


def test_a_long_list_is_turned_over_by_day(reader, keep_digest):
    for number in range(61):
        keep_digest(f"2025-{1 + number // 28:02}-{1 + number % 28:02}", subject=f"number {number}.")
    first = reader.get("/sanctions/").text
    assert "number 60." in first
    assert "number 0." not in first
    assert 'href="/sanctions/?before=2025-01-02"' in first
    last = reader.get("/sanctions/?before=2025-01-02").text
    assert "number 0." in last
    assert "number 1." not in last
    assert "Latest digests" in last


def test_a_digest_is_served_byte_for_byte(reader, keep_digest):
    html = "<!DOCTYPE html>\n<p>Łukasz &amp; “quotes”\r\n</p>\n"
    keep_digest("2025-12-13", html=html)
    page = reader.get("/sanctions/digests/2025-12-13/UTC")
    assert page.content == html.encode()
    assert page.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("edition", ["Europe/Minsk", "America/Argentina/Buenos_Aires", "Europe%2FMinsk"])
def test_an_edition_may_hold_slashes(reader, keep_digest, edition):
    keep_digest("2025-12-13", edition=edition.replace("%2F", "/"))
    assert reader.get(f"/sanctions/digests/2025-12-13/{edition}").status_code == 200


def test_a_digest_is_read_with_the_way_back_and_to_its_neighbours(reader, keep_digest):
    for day in ("2025-12-12", "2025-12-13", "2025-12-15"):
        keep_digest(day, edition="Europe/Minsk")
    keep_digest("2025-12-14")
    text = reader.get("/sanctions/read/2025-12-13/Europe/Minsk").text
    assert 'href="/sanctions/"' in text
    assert 'href="/sanctions/read/2025-12-12/Europe/Minsk"' in text
    assert 'href="/sanctions/read/2025-12-15/Europe/Minsk"' in text
    assert 'src="/sanctions/digests/2025-12-13/Europe/Minsk"' in text


def test_a_hostile_subject_stays_text(reader, keep_digest):
    keep_digest("2025-12-13", subject='"><script>alert(1)</script>')
    for address in ("/", "/read/2025-12-13/UTC"):
        text = reader.get(f"/sanctions{address}").text
        assert "<script" not in text
        assert "&lt;script&gt;" in text


def test_a_hostile_address_stays_text(reader):
    assert "<script" not in reader.get("/sanctions/?before=<script>alert(1)</script>").text


@pytest.mark.parametrize(
    "address",
    ["2025-12-14/UTC", "2025-12-13/Mars", "2025-13-01/UTC", "yesterday/UTC", "0000-00-00/UTC", "2025-12-13/%00"],
)
@pytest.mark.parametrize("page", ["digests", "read"])
def test_an_unknown_day_or_edition_is_a_page_that_leads_back(reader, keep_digest, page, address):
    keep_digest("2025-12-13")
    answer = reader.get(f"/sanctions/{page}/{address}")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'href="/sanctions/"' in answer.text


def test_links_lead_to_the_framed_page_inside_of_airflow_and_to_the_document_itself_outside(reader, keep_digest):
    keep_digest("2025-12-13")
    assert 'href="/sanctions/digests/2025-12-13/UTC"' in reader.get("/sanctions/").text
    framed = reader.get("/sanctions/", headers={"Sec-Fetch-Dest": "iframe"}).text
    assert 'href="/sanctions/read/2025-12-13/UTC"' in framed


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_database_that_is_away_is_said_and_gives_nothing_away(reader, monkeypatch, accept):
    monkeypatch.setenv("SANCTIONS_MONITOR_DATABASE_URL", "postgresql://user:secret@127.0.0.1:1/none")
    load.cache_clear()
    answer = reader.get("/sanctions/", headers={"Accept": accept})
    assert answer.status_code == 503
    assert "can't be reached" in answer.text.replace("&#39;", "'")
    for word in ("secret", "127.0.0.1", "Traceback"):
        assert word not in answer.text


def test_what_nobody_foresaw_is_a_page_without_a_traceback(reader, database_url):
    with psycopg.connect(database_url) as conn:
        conn.execute("alter table digest rename column watch to watched")
    answer = reader.get("/sanctions/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
