"""Coding stored items: each once by a coder, marked with its language, and again when the coder changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from tests.events.items import DAY

from sanctions_monitor import pipeline
from sanctions_monitor.events import recoding, store

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

TITLES = {
    "a" * 24: "US lifts sanctions on Belarusian potash",
    "b" * 24: "Rain expected over Minsk on Sunday",
    "c" * 24: "La Unión Europea levanta las sanciones contra los fertilizantes de Bielorrusia",
}


@pytest.fixture
def stored(settings: Settings) -> Settings:
    """A database with three items of an English feed, none coded yet."""
    pipeline.migrated(settings)
    with psycopg.connect(settings.database_url.get_secret_value()) as conn:
        conn.execute(
            "insert into feed (feed_id, title, url, home, format, kind, country, language, tier) values"
            " ('wire', 'Harbour Post', 'https://example.org/feed', 'https://example.org', 'rss', 'news', 'IE', 'en', 2)"
        )
        conn.execute(
            "insert into poll (poll_id, feed_id, polled_at, url, outcome, seconds)"
            " overriding system value values (1, 'wire', %s, 'x', 'new', 0.1)",
            (DAY,),
        )
        for key, title in TITLES.items():
            conn.execute(
                "insert into item (item_id, identity, feed_id, url, language, published_at, first_seen_at)"
                " values (%(key)s, %(key)s, 'wire', 'https://example.org/1', 'en', %(day)s, %(day)s)",
                {"key": key, "day": DAY},
            )
            conn.execute(
                "insert into item_revision (item_id, revision, title, summary, content_sha256, seen_at, poll_id)"
                " values (%s, 1, %s, '', %s, %s, 1)",
                (key, title, key, DAY),
            )
    return settings


def rows(settings: Settings, statement: str) -> list[tuple]:
    with psycopg.connect(settings.database_url.get_secret_value()) as conn:
        return conn.execute(statement).fetchall()


def test_items_in_other_languages_are_kept_marked_and_counted(stored: Settings):
    done = pipeline.code_items(stored, DAY)
    assert (done.items, done.not_read, done.events) == (3, 1, 1)
    assert "3 items (1 in languages that are not coded)" in str(done)
    assert dict(rows(stored, "select left(item_id, 1), language from item")) == {"a": "en", "b": "en", "c": "es"}


def test_a_new_coder_codes_again_keeps_both_versions_and_says_what_differs(
    stored: Settings, monkeypatch: pytest.MonkeyPatch
):
    pipeline.code_items(stored, DAY)
    for module in (store, recoding):
        monkeypatch.setattr(module, "CODER_VERSION", "next")
    monkeypatch.setattr(recoding, "code", lambda _item: ())
    span = (DAY - timedelta(days=1), DAY + timedelta(days=1))
    differences = [one for batch in pipeline.recode(stored, *span, DAY) for one in batch]
    assert [(one.title, one.before, one.now) for one in differences] == [
        (TITLES["a" * 24], (("ease", "adopted", ("US",), ("BY",), ("potash",)),), ())
    ]
    assert rows(stored, "select count(*) from event") == [(1,)]
    assert rows(stored, "select count(*) from coding where coder_version = 'next'") == [(3,)]
    # A second run says the same and stores nothing new.
    assert [one for batch in pipeline.recode(stored, *span, DAY) for one in batch] == differences
    assert rows(stored, "select count(*) from coding") == [(6,)]


def test_the_same_coder_has_nothing_to_code_again(stored: Settings):
    pipeline.code_items(stored, DAY)
    assert list(pipeline.recode(stored, DAY - timedelta(days=1), DAY + timedelta(days=1), DAY)) == []
    assert pipeline.code_items(stored, DAY).items == 0
