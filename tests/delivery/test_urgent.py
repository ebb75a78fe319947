"""Urgent notices: at once, once, to those whom they concern, and never of old news."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr
from werkzeug import Response

from sanctions_monitor import pipeline
from sanctions_monitor.delivery import webhook
from sanctions_monitor.errors import DeliveryError
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_httpserver import HTTPServer

    from sanctions_monitor.settings import Settings

SAME_EVENING = datetime(2025, 12, 13, 22, 30, tzinfo=UTC)
HEADER = "id,address,name,countries,goods,min_severity,urgent,urgent_by,time_zone"


@pytest.fixture
def at_work(sample: Settings, tmp_path: Path) -> Callable[..., Settings]:
    """The sample edition polled and coded at a moment, for the readers of these lines."""

    def make(*lines: str, now: datetime = SAME_EVENING, **more: Any) -> Settings:
        path = tmp_path / "readers.csv"
        path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
        settings = sample.model_copy(update={"subscriptions": path, **more})
        pipeline.prepare(settings)
        # the readers were there before the news
        pipeline.send_notices(settings, now - timedelta(days=1))
        pipeline.poll_feeds(settings, now)
        pipeline.code_items(settings, now)
        pipeline.raise_alerts(settings, now)
        return settings

    return make


def mails(folder: Path) -> list[Any]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def test_an_alert_at_the_threshold_goes_out_in_the_same_run_and_never_again(
    at_work: Callable[..., Settings], mailbox: Path
) -> None:
    settings = at_work("desk,desk@example.org,Desk,BY,potash,low,high,mail,UTC")

    told = pipeline.send_notices(settings, SAME_EVENING)
    again = pipeline.send_notices(settings, SAME_EVENING + timedelta(minutes=15))

    assert (told.alerts, told.subscribers) == (1, 1)
    assert again.alerts == 0
    (mail,) = mails(mailbox)
    assert mail["Subject"] == "Urgent: US eases potash sanctions on Belarus"
    assert mail["To"] == "desk@example.org"
    assert "List-Unsubscribe" in mail
    assert "urgent.sanctions-monitor" in mail["List-Id"]
    assert "potash" in mail.get_body(("plain",)).get_content()


NOBODY = {
    "notices are off": "desk,desk@example.org,Desk,BY,potash,low,off,mail,UTC",
    "another country": "desk,desk@example.org,Desk,VE,,low,low,mail,UTC",
    "other goods": "desk,desk@example.org,Desk,,wheat,low,low,mail,UTC",
}


@pytest.mark.parametrize("line", NOBODY.values(), ids=NOBODY)
def test_whom_it_does_not_concern_is_not_told(line: str, at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work(line)

    pipeline.send_notices(settings, SAME_EVENING)

    assert mails(mailbox) == []


def test_on_means_from_the_minimum_severity(at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work("all,all@example.org,All,,,low,on,mail,UTC")

    pipeline.send_notices(settings, SAME_EVENING)

    assert len(mails(mailbox)) == 1


def test_items_older_than_72_hours_when_first_seen_are_no_urgent_news(
    at_work: Callable[..., Settings], mailbox: Path
) -> None:
    late = SAME_EVENING + timedelta(days=4)
    settings = at_work("desk,desk@example.org,Desk,BY,,low,low,mail,UTC", now=late)
    with connect(settings) as conn:
        raised = conn.execute("select count(*) as alerts from alert").fetchone()

    told = pipeline.send_notices(settings, late)

    assert raised["alerts"] >= 1
    assert told.alerts == 0
    assert mails(mailbox) == []


def test_who_came_after_an_alert_is_not_told_of_it(at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work("one,one@example.org,One,VE,,low,high,mail,UTC")
    lines = settings.subscriptions.read_text() + "late,late@example.org,Late,BY,,low,low,mail,UTC\n"
    settings.subscriptions.write_text(lines)

    pipeline.send_notices(settings, SAME_EVENING + timedelta(hours=1))

    assert mails(mailbox) == []


def test_a_webhook_gets_signed_json_once_beside_the_mail(
    at_work: Callable[..., Settings], mailbox: Path, httpserver: HTTPServer
) -> None:
    asked: list[Any] = []

    def answer(request: Any) -> Response:
        asked.append((request.headers, request.get_data()))
        return Response("ok")

    httpserver.expect_request("/hook", method="POST").respond_with_handler(answer)
    secret = "whsec_" + base64.b64encode(b"k" * 32).decode()
    hooks = json.dumps({"desk": {"url": httpserver.url_for("/hook"), "secret": secret}})
    settings = at_work("desk,desk@example.org,Desk,BY,potash,low,high,mail|webhook:desk,UTC", webhooks=SecretStr(hooks))

    pipeline.send_notices(settings, SAME_EVENING)
    pipeline.send_notices(settings, SAME_EVENING)

    ((headers, body),) = asked
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.new(b"k" * 32, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    (alert,) = json.loads(body)["alerts"]
    assert (alert["targets"], alert["commodities"], alert["severity"]) == (["BY"], ["potash"], "high")
    assert alert["evidence"]["quote"]
    assert alert["evidence"]["url"].startswith("https://")
    assert b"desk@example.org" not in body
    assert len(mails(mailbox)) == 1


def test_a_webhook_that_is_away_holds_up_no_mail_and_is_asked_again_under_the_same_id(
    at_work: Callable[..., Settings], mailbox: Path, httpserver: HTTPServer
) -> None:
    ids: list[str] = []

    def answer(request: Any) -> Response:
        ids.append(request.headers["webhook-id"])
        return Response("no", status=503 if len(ids) == 1 else 200)

    httpserver.expect_request("/hook").respond_with_handler(answer)
    hooks = json.dumps({"desk": {"url": httpserver.url_for("/hook"), "secret": "s3cr3t"}})
    settings = at_work("desk,desk@example.org,Desk,BY,potash,low,high,mail|webhook:desk,UTC", webhooks=SecretStr(hooks))

    pipeline.send_notices(settings, SAME_EVENING)
    assert len(mails(mailbox)) == 1
    pipeline.send_notices(settings, SAME_EVENING + timedelta(minutes=6))

    assert len(ids) == 2
    assert len(set(ids)) == 1


@pytest.mark.parametrize(
    ("hooks", "reason"),
    [
        ("{}", "No webhook 'desk'"),
        ('{"desk": {"url": "http://example.org/hook", "secret": "s3cr3t"}}', "https://"),
        ('{"desk": {"url": "https://example.org/hook"}}', "no secret"),
        ("[", "SANCTIONS_MONITOR_WEBHOOKS"),
    ],
)
def test_a_webhook_that_can_not_be_used_says_why_and_holds_up_no_mail(
    hooks: str, reason: str, at_work: Callable[..., Settings], mailbox: Path
) -> None:
    settings = at_work("desk,desk@example.org,Desk,BY,potash,low,high,mail|webhook:desk,UTC", webhooks=SecretStr(hooks))

    with pytest.raises(DeliveryError, match=reason) as error:
        pipeline.send_notices(settings, SAME_EVENING)

    assert "s3cr3t" not in str(error.value)
    assert len(mails(mailbox)) == 1


@pytest.mark.usefixtures("airflow_home")
def test_slack_is_told_through_airflows_provider(
    at_work: Callable[..., Settings], httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def answer(request: Any) -> Response:
        asked.append(request.get_json())
        return Response("ok")

    httpserver.expect_request("/services/T/B/X", method="POST").respond_with_handler(answer)
    connection = {"conn_type": "slackwebhook", "host": httpserver.url_for("/services"), "password": "T/B/X"}
    monkeypatch.setenv("AIRFLOW_CONN_DESK_SLACK", json.dumps(connection))
    settings = at_work("desk,desk@example.org,Desk,BY,potash,low,high,slack:desk_slack,UTC")

    pipeline.send_notices(settings, SAME_EVENING)
    pipeline.send_notices(settings, SAME_EVENING)

    (message,) = asked
    assert message["text"].startswith("Urgent: US eases potash sanctions on Belarus")


def another_act(settings: Settings, number: int, now: datetime = SAME_EVENING) -> None:
    """Raises the alerts of the edition's reports once more, as those of other acts."""
    values = {"mark": f"{number:02d}"}
    with connect(settings) as conn:
        conn.execute(
            "insert into story select 'copy-' || %(mark)s || '-of-' || story_id, family, opened_at from story "
            "where story_id not like 'copy-%%'",
            values,
        )
        conn.execute(
            "with copied as (insert into event select %(mark)s || substr(event_id, 3), item_id, revision, "
            "coder_version, family, action, status, senders, targets, commodities, instruments, evidence_field, "
            "evidence_start, evidence_end, evidence_text, rule || '.copy' || %(mark)s, because, confidence, legal_act, "
            "announced, effective, expires from event where family = 'sanctions' and rule not like '%%.copy%%' "
            "returning event_id) "
            "insert into story_event select copied.event_id, 'copy-' || %(mark)s || '-of-' || story_event.story_id "
            "from copied inner join story_event on %(mark)s || substr(story_event.event_id, 3) = copied.event_id "
            "where story_event.story_id not like 'copy-%%'",
            values,
        )
        conn.execute("update alert set looked_at = looked_at - interval '1 year'")
    pipeline.raise_alerts(settings, now)


def test_a_burst_is_one_notice(at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work("all,all@example.org,All,,,low,low,mail,UTC")
    another_act(settings, 1)

    told = pipeline.send_notices(settings, SAME_EVENING)

    assert told.alerts == 2
    (mail,) = mails(mailbox)
    assert mail["Subject"].endswith("and 1 more")


def test_a_burst_over_several_runs_is_told_at_once_first_and_bundled_then(
    at_work: Callable[..., Settings], mailbox: Path
) -> None:
    settings = at_work("all,all@example.org,All,,,low,low,mail,UTC", urgent_at_once=2, urgent_window=60)
    told = []
    for run in range(5):
        now = SAME_EVENING + timedelta(minutes=15 * run)
        if run:
            another_act(settings, run, now)
        told.append(pipeline.send_notices(settings, now).alerts)

    # the first of all is over an hour old by the last run
    assert told == [1, 1, 0, 0, 3]
    assert len(mails(mailbox)) == 3
    assert sum(mail["Subject"].endswith("and 2 more") for mail in mails(mailbox)) == 1


def test_without_a_window_every_run_tells_what_it_found(at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work("all,all@example.org,All,,,low,low,mail,UTC", urgent_at_once=1, urgent_window=0)
    pipeline.send_notices(settings, SAME_EVENING)
    another_act(settings, 1)

    pipeline.send_notices(settings, SAME_EVENING + timedelta(minutes=1))

    assert len(mails(mailbox)) == 2


def test_a_program_that_drips_its_answer_is_left_at_the_limit(dripping_port: int) -> None:
    hook = webhook.Webhook("desk", f"http://127.0.0.1:{dripping_port}/hook", b"s3cr3t")

    with pytest.raises(DeliveryError, match=r"Webhook desk: .*it is sent again"):
        webhook.post(hook, "<1@x>", b"{}", SAME_EVENING, limit=0.5)
