"""A user's mistake, or a publisher's, is one clear line that names the thing and what to do; nothing is lost."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.conftest import SAMPLE_EDITION

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_httpserver import HTTPServer
    from tests.journeys.conftest import Terminal

COLUMNS = "id,title,url,home,format,kind,country,language,tier,items_per_week,stale_after_days,verified,note".split(",")


@pytest.fixture(autouse=True)
def publisher(terminal: Terminal, httpserver: HTTPServer) -> None:
    """The publisher on this machine may be asked, and one that is not there."""
    terminal.settings["ALLOWED_PRIVATE"] = f"127.0.0.1:{httpserver.port},127.0.0.1:1"


def catalogue(path: Path, feeds: dict[str, str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for name, url in feeds.items():
            home = f"https://{name}.example/".replace("_", "-")
            writer.writerow([name, name, url, home, "rss", "news", "GB", "en", 2, "", 2, "false", ""])
    return str(path)


def one_line(text: str) -> str:
    """The only line of an error, without a traceback."""
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == 1, text
    assert "Traceback" not in text
    return lines[0]


def test_broken_feeds_are_named_with_reason_and_remedy_and_the_good_one_is_read(
    terminal: Terminal, httpserver: HTTPServer, tmp_path: Path
):
    good = (SAMPLE_EDITION / "feeds" / "harbour_post.xml").read_bytes()
    httpserver.expect_request("/good").respond_with_data(good, content_type="application/rss+xml")
    httpserver.expect_request("/page").respond_with_data("<!doctype html><html><body>Hello</body></html>")
    httpserver.expect_request("/cut").respond_with_data(good[: good.index(b"<title>Football")])
    terminal.settings["CATALOGUE"] = catalogue(
        tmp_path / "feeds.csv",
        {
            "good": httpserver.url_for("/good"),
            "page": httpserver.url_for("/page"),
            "cut": httpserver.url_for("/cut"),
            "away": "http://127.0.0.1:1/feed",
        },
    )
    done = terminal.run("feeds", "poll")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    names = ("page", "cut", "away")
    warnings = {name: line for line in done.stderr.splitlines() for name in names if f"feed={name}" in line}
    assert "web page" in warnings["page"]
    assert "breaks off" in warnings["cut"]
    assert "refused" in warnings["away"]
    assert "4 feeds polled, 2 new items, 0 changed, 3 failed" in done.stdout


def test_a_document_that_breaks_off_keeps_its_whole_items_and_is_asked_for_again(
    terminal: Terminal, httpserver: HTTPServer, tmp_path: Path
):
    good = (SAMPLE_EDITION / "feeds" / "harbour_post.xml").read_bytes()
    httpserver.expect_ordered_request("/feed").respond_with_data(
        good[: good.index(b"<item>\n<title>Football")], headers={"ETag": '"half"'}
    )
    httpserver.expect_ordered_request("/feed").respond_with_data(good, headers={"ETag": '"whole"'})
    terminal.settings["CATALOGUE"] = catalogue(tmp_path / "feeds.csv", {"feed": httpserver.url_for("/feed")})
    assert "1 new items" in terminal.run("feeds", "poll", "feed").stdout
    assert "1 new items" in terminal.run("feeds", "poll", "feed").stdout
    assert "If-None-Match" not in httpserver.log[1][0].headers


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("postgresql://someone:hunter2@127.0.0.1:1/nothing", "127.0.0.1"),
        ("mysql://someone:hunter2@somewhere/else", "address can't be read"),
        ("hunter2 is no address", "address can't be read"),
    ],
)
def test_a_wrong_database_url_is_one_line_without_the_password(terminal: Terminal, url: str, named: str):
    terminal.settings["DATABASE_URL"] = url
    done = terminal.run("feeds", "poll")
    assert done.returncode != 0
    line = one_line(done.stderr)
    assert named in line
    assert "SANCTIONS_MONITOR_DATABASE_URL" in line
    assert "hunter2" not in line


def test_an_unknown_subscriber_is_one_line_that_names_those_there_are(terminal: Terminal):
    terminal.settings["SUBSCRIPTIONS"] = str(SAMPLE_EDITION / "subscriptions.csv")
    done = terminal.run("digest", "--date", "2025-12-13", "--subscriber", "nobody@example.org")
    assert done.returncode != 0
    line = one_line(done.stderr)
    assert "nobody@example.org" in line
    assert "analyst" in line


def test_a_subscriber_with_a_wrong_address_is_named_by_file_and_line(terminal: Terminal, tmp_path: Path):
    path = tmp_path / "subscriptions.csv"
    path.write_text("id,address,name,time_zone,hour,active\nanna,anna(at)example.org,Anna,UTC,6,true\n")
    terminal.settings["SUBSCRIPTIONS"] = str(path)
    done = terminal.run("digest", "--date", "2025-12-13")
    assert done.returncode != 0
    line = one_line(done.stderr)
    assert f"{path}, line 2, address='anna(at)example.org'" in line


def test_a_day_that_is_not_over_is_refused_with_the_way_out(terminal: Terminal):
    done = terminal.run("digest", "--date", "2999-01-01")
    assert done.returncode != 0
    assert "--dry-run" in one_line(done.stderr)


def test_a_wrong_line_for_classify_is_named_by_its_number(terminal: Terminal):
    record = json.dumps(
        {"id": "1", "title": "T", "summary": "", "published": None, "source": "s", "url": "u", "lang": "en"}
    )
    done = terminal.run("classify", stdin=f"{record}\n{{not json\n")
    assert done.returncode != 0
    assert "line 2" in one_line(done.stderr)


def test_a_mail_server_that_is_away_loses_no_mail(terminal: Terminal):
    terminal.settings |= {
        "SUBSCRIPTIONS": str(SAMPLE_EDITION / "subscriptions.csv"),
        "SMTP_URL": "smtp://127.0.0.1:1",
    }
    done = terminal.run("digest", "--date", "2025-12-13")
    assert done.returncode != 0
    assert "outbox" in one_line(done.stderr)
    with psycopg.connect(terminal.settings["DATABASE_URL"]) as conn:
        states = conn.execute("select state, count(*) from delivery group by state").fetchall()
    assert states == [("pending", 2)]
