"""Runs that overlap don't ask twice, and a killed one loses nothing and repeats no item."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tests.journeys.test_bad_input import catalogue
from werkzeug import Request, Response

from sanctions_monitor import pipeline, polling

if TYPE_CHECKING:
    from pytest_httpserver import HTTPServer
    from tests.journeys.conftest import Terminal

    from sanctions_monitor.settings import Settings

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FEEDS = [f"feed{number}" for number in range(6)]


def document(name: str) -> str:
    items = "".join(f"<item><guid>{name}-{k}</guid><title>{name} {k}</title></item>" for k in range(5))
    return f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


@pytest.fixture
def publisher(httpserver: HTTPServer) -> HTTPServer:
    """A host with six feeds, each with five items, that takes a moment for each."""

    def answer(request: Request) -> Response:
        time.sleep(0.1)
        return Response(document(request.path[1:]), content_type="application/rss+xml")

    for name in FEEDS:
        httpserver.expect_request(f"/{name}").respond_with_handler(answer)
    return httpserver


def asked(publisher: HTTPServer) -> list[str]:
    return sorted(request.path[1:] for request, _ in publisher.log)


def rows(url: str, statement: str) -> list[Any]:
    with psycopg.connect(url) as conn:
        return conn.execute(statement).fetchall()


@pytest.fixture
def at_work(settings: Settings, publisher: HTTPServer, tmp_path: Path) -> Settings:
    feeds = {name: publisher.url_for(f"/{name}") for name in FEEDS}
    return settings.model_copy(
        update={
            "catalogue": Path(catalogue(tmp_path / "feeds.csv", feeds)),
            "allowed_private": f"127.0.0.1:{publisher.port}",
        }
    )


def test_two_runs_at_the_same_time_ask_each_feed_once(at_work: Settings, publisher: HTTPServer) -> None:
    ready = threading.Barrier(2)

    def run() -> int:
        ready.wait(10)
        return pipeline.poll_feeds(at_work, NOW).feeds

    with ThreadPoolExecutor(2) as pool:
        polled = sum(each.result(60) for each in [pool.submit(run) for _ in range(2)])

    assert polled == len(FEEDS)
    assert asked(publisher) == FEEDS


def test_a_batch_that_runs_again_asks_only_what_is_still_due(at_work: Settings, publisher: HTTPServer) -> None:
    pipeline.poll_feeds(at_work, NOW, FEEDS[:2])

    done = pipeline.poll_feeds(at_work, NOW, FEEDS, only_due=True)

    assert done.feeds == 4
    assert asked(publisher) == FEEDS


def test_a_run_that_was_killed_loses_nothing_and_repeats_no_item(
    at_work: Settings, publisher: HTTPServer, terminal: Terminal
) -> None:
    terminal.settings |= {
        "CATALOGUE": str(at_work.catalogue),
        "ALLOWED_PRIVATE": at_work.allowed_private,
        "HOST_PAUSE": "0.2",
    }
    running = terminal.start("feeds", "poll", "--at", NOW.isoformat())
    while len(publisher.log) < 3 and running.poll() is None:
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()

    done = terminal.run("feeds", "poll", "--at", (NOW + timedelta(seconds=30)).isoformat())

    assert done.returncode == 0, done.stderr
    url = terminal.settings["DATABASE_URL"]
    assert rows(url, "select count(*), count(distinct item_id) from item") == [(30, 30)]
    assert rows(url, "select count(*) from item_revision") == [(30,)]
    # what was stored before the kill is not asked again; what was on its way may be
    assert len(publisher.log) <= len(FEEDS) + 2


def test_a_database_that_goes_away_ends_the_run_and_leaves_what_is_not_stored_due(
    at_work: Settings, publisher: HTTPServer
) -> None:
    url = at_work.database_url.get_secret_value()
    with psycopg.connect(url) as conn:
        conn.execute("alter table poll add constraint broken check (feed_id <> 'feed2')")
    with pytest.raises(psycopg.errors.CheckViolation):
        pipeline.poll_feeds(at_work, NOW)
    with psycopg.connect(url) as conn:
        conn.execute("alter table poll drop constraint broken")

    pipeline.poll_feeds(at_work, NOW)

    assert rows(url, "select count(*), count(distinct item_id) from item") == [(30, 30)]


def test_a_document_that_the_database_refuses_costs_those_that_are_stored_behind_it_nothing(
    at_work: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "STORING", 1)
    url = at_work.database_url.get_secret_value()
    with psycopg.connect(url) as conn:
        # nobody waits for what is said of this statement before the transaction ends
        conn.execute("alter table item_sighting add constraint broken check (feed_id <> 'feed2')")

    with pytest.raises(psycopg.errors.CheckViolation):
        pipeline.poll_feeds(at_work, NOW)

    kept = [(name,) for name in FEEDS if name != "feed2"]
    assert rows(url, "select distinct feed_id from item order by feed_id") == kept
    assert rows(url, "select feed_id from poll order by feed_id") == kept
