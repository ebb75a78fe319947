"""From alerts to readers: cuts, quiet days, corrections, back-fill, late alerts; the same bytes whenever it is run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor import delivery, mailing, pipeline
from sanctions_monitor.errors import UserError
from sanctions_monitor.storage import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sanctions_monitor.settings import Settings

DAY = date(2025, 12, 13)
EVENING = datetime(2025, 12, 13, 23, 30, tzinfo=UTC)
MORNING = datetime(2025, 12, 14, 7, 0, tzinfo=UTC)
HEADER = "id,address,name,countries,quiet,attachments"


@pytest.fixture
def at_work(sample: Settings, tmp_path: Path) -> Callable[..., Settings]:
    """The sample edition, raised, for the readers of these lines."""

    def make(*lines: str) -> Settings:
        path = tmp_path / "readers.csv"
        path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
        settings = sample.model_copy(update={"subscriptions": path})
        pipeline.prepare(settings)
        pipeline.poll_feeds(settings, EVENING)
        pipeline.code_items(settings, EVENING)
        pipeline.raise_alerts(settings, EVENING)
        return settings

    return make


def mails(folder: Path) -> dict[str, Any]:
    found = (message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml"))
    return {mail["To"]: mail for mail in found}


def text(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def test_each_gets_his_cut_the_short_form_or_nothing(at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work(
        "all,all@example.org,All,,,ics",
        "desk,desk@example.org,Desk,BY,,csv|ics",
        "short,short@example.org,Short,VE,short,",
        "none,none@example.org,None,VE,nothing,",
    )

    (done,) = pipeline.send_digests(settings, MORNING, DAY)

    assert (done.sent, done.skipped) == (3, 1)
    got = mails(mailbox)
    assert set(got) == {"all@example.org", "desk@example.org", "short@example.org"}
    assert got["short@example.org"]["Subject"].startswith("No alerts")
    assert "for your subscription (countries VE)" in text(got["short@example.org"])
    attached = {name: [part.get_filename() for part in mail.iter_attachments()] for name, mail in got.items()}
    assert attached["all@example.org"] == ["expiries.ics"]
    # nothing ends for Belarus within 30 days, and a calendar without an event is none
    assert attached["desk@example.org"] == ["alerts.csv"]
    for address, mail in got.items():
        others = set(got) - {address} | {"none@example.org"}
        assert not any(other.encode() in mail.as_bytes() for other in others)


def test_a_run_again_shows_the_same_bytes_and_sends_nothing(at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work("all,all@example.org,All,,,")
    pipeline.send_digests(settings, MORNING, DAY)
    files = {path: path.read_bytes() for path in (settings.out / "2025-12-13").iterdir() if path.is_file()}
    sent = {path.name: path.read_bytes() for path in mailbox.glob("*.eml")}
    with connect(settings) as conn:
        (letter,) = delivery.letters(conn)
        shown, same = delivery.show(conn, letter.delivery_id)

    pipeline.send_digests(settings, MORNING + timedelta(hours=5), DAY)

    assert {path: path.read_bytes() for path in files} == files
    assert {path.name: path.read_bytes() for path in mailbox.glob("*.eml")} == sent
    assert same is True
    assert shown.replace(b"\r\n", b"\n").strip() == next(iter(sent.values())).replace(b"\r\n", b"\n").strip()


def test_an_alert_withdrawn_after_it_was_told_is_named_once_at_the_top_of_the_next_digest(
    at_work: Callable[..., Settings], mailbox: Path
) -> None:
    settings = at_work("all,all@example.org,All,,,")
    pipeline.send_digests(settings, MORNING, DAY)
    with connect(settings) as conn:
        # every outlet takes it back
        conn.execute(
            "insert into item_revision (item_id, revision, title, summary, content_sha256, seen_at, poll_id) "
            "select item_id, revision + 1, 'Withdrawn', 'Nothing of it was true.', 'x' || item_id, %s, poll_id "
            "from item_revision where item_id in (select item_id from event) and revision = 1",
            (MORNING + timedelta(hours=2),),
        )
        conn.execute("update item set revision = 2 where item_id in (select item_id from event)")
    later = MORNING + timedelta(hours=3)
    pipeline.code_items(settings, later)
    pipeline.raise_alerts(settings, later)

    (second,) = pipeline.send_digests(settings, MORNING + timedelta(days=1), DAY + timedelta(days=1))
    (third,) = pipeline.send_digests(settings, MORNING + timedelta(days=2), DAY + timedelta(days=2))

    assert second.subject == "1 alert withdrawn: US eases potash sanctions on Belarus"
    lines = (settings.out / "2025-12-14" / "digest.txt").read_text(encoding="utf-8").splitlines()
    place = lines.index("WITHDRAWN")
    assert "US eases potash sanctions on Belarus, told on 13 December 2025, does not stand" in lines[place + 1]
    assert "withdrawn" not in third.subject


def test_thirty_days_made_afterwards_send_nothing_unless_told_to(
    at_work: Callable[..., Settings], mailbox: Path
) -> None:
    settings = at_work("all,all@example.org,All,,,")
    for back in range(30):
        pipeline.send_digests(settings, MORNING, DAY - timedelta(days=back), deliver=False)
    assert not list(mailbox.glob("*.eml"))

    pipeline.send_digests(settings, MORNING, DAY, deliver=True)
    assert len(list(mailbox.glob("*.eml"))) == 1


def test_who_paused_gets_nothing_and_later_not_what_came_meanwhile(
    at_work: Callable[..., Settings], mailbox: Path
) -> None:
    from sanctions_monitor import subscriptions

    settings = at_work("all,all@example.org,All,,,")
    pipeline.send_digests(settings, MORNING)
    with connect(settings) as conn:
        subscriptions.pause(conn, "all", MORNING)
    for days in range(1, 5):
        pipeline.send_digests(settings, MORNING + timedelta(days=days))
    with connect(settings) as conn:
        subscriptions.resume(conn, "all", MORNING + timedelta(days=4, hours=3))

    pipeline.send_digests(settings, MORNING + timedelta(days=5))

    with connect(settings) as conn:
        told = [row["edition"] for row in conn.execute("select edition from delivery where state = 'sent' order by 1")]
    assert told == ["2025-12-13", "2025-12-18"]


def test_one_edition_alone(at_work: Callable[..., Settings]) -> None:
    settings = at_work("all,all@example.org,All,,,")

    assert [each.edition for each in pipeline.send_digests(settings, MORNING, DAY, edition="Asia/Tokyo")] == [
        "Asia/Tokyo"
    ]
    with pytest.raises(UserError, match="no edition 'Mars'"):
        pipeline.send_digests(settings, MORNING, DAY, edition="Mars")


def test_a_preview_stores_and_sends_nothing(at_work: Callable[..., Settings], mailbox: Path) -> None:
    settings = at_work("desk,desk@example.org,Desk,BY,,")
    mailing.sync(settings, MORNING)

    shown = pipeline.preview(settings, MORNING, "desk", DAY)

    assert shown.subject == "1 alert: US eases potash sanctions on Belarus"
    with connect(settings) as conn:
        assert conn.execute("select count(*) as digests from digest").fetchone() == {"digests": 0}
    assert not list(mailbox.glob("*.eml"))
