"""The address that ends a subscription: signed, one click, and no login."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from sanctions_monitor import delivery, subscriptions
from sanctions_monitor.settings import load
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

NOW = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)


@pytest.fixture
def browser(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    from sanctions_monitor.web import stopping

    monkeypatch.setattr(stopping, "load", lambda: settings)
    load.cache_clear()
    return TestClient(stopping.app)


@pytest.fixture
def token(settings: Settings) -> str:
    desk = subscriptions.Subscriber(id="desk", address="desk@example.org", name="Desk")
    with connect(settings) as conn:
        subscriptions.add(conn, desk, NOW)
        url = delivery.stop_url(settings, delivery.signing_key(conn, settings), "desk")
    return url.rsplit("/", 1)[-1]


def active(settings: Settings) -> list[str]:
    with connect(settings) as conn:
        return [each.id for each in subscriptions.subscribers(conn)]


def test_one_click_stops_the_mails_and_once_more_changes_nothing(browser: Any, token: str, settings: Settings) -> None:
    answers = [browser.post(f"/{token}", data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert active(settings) == []


def test_a_look_alone_stops_nothing(browser: Any, token: str, settings: Settings) -> None:
    answer = browser.get(f"/{token}")

    assert (answer.status_code, "<form" in answer.text) == (200, True)
    assert active(settings) == ["desk"]


@pytest.mark.parametrize("wrong", ["desk", "desk.", "desk.AAAA", "other.{}", "%00", "a" * 400, "<script>"])
def test_what_we_did_not_sign_stops_nothing(wrong: str, browser: Any, token: str, settings: Settings) -> None:
    answer = browser.post("/" + wrong.format(token.rpartition(".")[2]))

    assert answer.status_code == 404
    assert "<script>" not in answer.text
    assert active(settings) == ["desk"]


def test_who_stopped_stays_stopped_whatever_the_file_says(settings: Settings) -> None:
    desk = subscriptions.Subscriber(id="desk", address="desk@example.org", name="Desk")
    with connect(settings) as conn:
        subscriptions.sync_subscribers(conn, [desk], NOW)
        subscriptions.pause(conn, "desk", NOW)
        subscriptions.sync_subscribers(conn, [desk], NOW)

    assert active(settings) == []
