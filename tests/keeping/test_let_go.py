"""Evidence stays ten years; the rest goes after its time, and nothing comes back as new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor import keeping, pipeline
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

NOW = datetime(2025, 12, 14, 6, 30, tzinfo=UTC)


@pytest.fixture
def filled(sample: Settings) -> Settings:
    pipeline.prepare(sample)
    pipeline.poll_feeds(sample, NOW)
    pipeline.code_items(sample, NOW)
    pipeline.send_digests(sample, NOW, NOW.date() - timedelta(days=1))
    with connect(sample) as conn:
        conn.execute("update item_revision set body = 'a long text'")
    return sample


def ask(settings: Settings, statement: str) -> Any:
    with connect(settings) as conn:
        return next(iter((conn.execute(statement).fetchone() or {}).values()))


TEXTS = "select count(*) from item_revision where item_id in (select item_id from event) and body is "
OTHER_TEXTS = "select count(*) from item_revision where item_id not in (select item_id from event) and body is "
EVIDENCE_DOCUMENTS = (
    "select count(distinct document_sha256) from poll inner join item_revision using (poll_id) "
    "where item_id in (select item_id from event) and document_sha256 is not null"
)


def test_after_two_years_evidence_is_there_and_the_rest_is_not(filled: Settings) -> None:
    items, evidence = ask(filled, "select count(*) from item"), ask(filled, EVIDENCE_DOCUMENTS)

    done = keeping.let_go(filled, NOW + timedelta(days=730))

    assert done.texts > 0
    assert ask(filled, "select count(*) from item") == items
    assert ask(filled, OTHER_TEXTS + "not null") == 0
    assert ask(filled, TEXTS + "null") == 0
    assert ask(filled, EVIDENCE_DOCUMENTS) == evidence > 0
    assert ask(filled, "select count(*) from delivery where address <> '' and state = 'sent'") == 0


def test_after_eleven_years_the_sentence_stays(filled: Settings) -> None:
    events = ask(filled, "select count(*) from event where evidence_text <> ''")

    keeping.let_go(filled, NOW + timedelta(days=11 * 366))

    assert ask(filled, "select count(*) from event where evidence_text <> ''") == events > 0
    assert ask(filled, "select count(*) from item_revision where body is not null") == 0
    assert ask(filled, "select count(*) from document") == 0


def test_nothing_goes_before_its_time_and_once_more_changes_nothing(filled: Settings) -> None:
    assert keeping.let_go(filled, NOW + timedelta(days=1)) == keeping.KeepSummary()
    keeping.let_go(filled, NOW + timedelta(days=730))
    assert keeping.let_go(filled, NOW + timedelta(days=730)) == keeping.KeepSummary()
