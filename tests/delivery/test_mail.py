"""A stored digest as a mail: the same bytes each time, and no header but ours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor.delivery import write_files
from sanctions_monitor.delivery.mail import Envelope, body, compose_mail, message_id
from sanctions_monitor.digests import Part, StoredDigest, render
from sanctions_monitor.digests.parts import picture
from sanctions_monitor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

    from sanctions_monitor.alerts import Alert
    from sanctions_monitor.digests import Digest

DAY = date(2025, 12, 13)
SENDER = "Sanctions Monitor <digest@monitor.example>"


@pytest.fixture
def stored(full_digest: Digest) -> StoredDigest:
    return store(full_digest)


def store(digest: Digest) -> StoredDigest:
    rendered = render(digest)
    moment = datetime(2025, 12, 14, 6, tzinfo=UTC)
    return StoredDigest(1, DAY, "UTC", rendered.subject, rendered.text, rendered.html, 1, 1, moment)


STOP = "https://monitor.example/sanctions-stop/analyst.c2lnbmF0dXJl"


def mail(digest: StoredDigest, parts: tuple[Part, ...] = (), **facts: Any) -> bytes:
    given = {"mail_from": SENDER, "to": "analyst@example.org", "message_id": "<1@monitor.example>", "stop_url": STOP}
    return compose_mail(digest, body(digest, parts), Envelope(**(given | facts)))


def arrived(digest: StoredDigest, parts: tuple[Part, ...] = (), **facts: Any) -> EmailMessage:
    return message_from_bytes(mail(digest, parts, **facts), policy=policy.default)  # type: ignore[return-value]


def test_the_same_mail_has_the_same_bytes(stored: StoredDigest) -> None:
    assert mail(stored) == mail(stored)


def test_it_says_what_it_is(stored: StoredDigest) -> None:
    got = arrived(stored)

    assert got["Subject"] == stored.subject
    assert got["From"] == SENDER
    assert got["To"] == "analyst@example.org"
    assert got["Message-ID"] == "<1@monitor.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"].datetime == stored.composed_at


def test_text_and_html_arrive_as_they_were_stored_with_the_readers_own_line(stored: StoredDigest) -> None:
    got = arrived(stored)

    text = got.get_body(("plain",)).get_content().replace("\r\n", "\n")
    html = got.get_body(("html",)).get_content().replace("\r\n", "\n")
    assert text == f"{stored.text}\nTo stop these mails: {STOP}\n"
    before, _, after = stored.html.partition("<!--how-to-stop-->")
    assert html.startswith(before)
    assert html.rstrip().endswith(after.rstrip())
    assert f'This mail went to analyst@example.org. <a href="{STOP}">Stop these mails</a>' in html


def test_one_click_stops_the_mails(stored: StoredDigest) -> None:
    got = arrived(stored)

    assert got["List-Unsubscribe"] == f"<{STOP}>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["List-Id"] == "Sanctions Monitor <daily.sanctions-monitor.monitor.example>"


def test_pictures_stand_inside_and_attachments_beside(stored: StoredDigest) -> None:
    chart = picture("exposure", b"\x89PNG")
    got = arrived(stored, (chart, Part("alerts.csv", "text/csv", b"a,b\r\n")))

    (alternative, table) = got.iter_parts()
    text, related = alternative.iter_parts()
    page, image = related.iter_parts()
    assert [part.get_content_type() for part in (alternative, text, related, page, image, table)] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "text/csv",
    ]
    assert image["Content-ID"] == f"<{chart.content_id}>"
    assert image.get_content() == b"\x89PNG"
    assert table.get_filename() == "alerts.csv"
    assert table.get_content().replace("\r\n", "\n") == "a,b\n"


def test_an_address_outside_ascii_is_written_in_utf_8(stored: StoredDigest) -> None:
    assert "To: почта@example.org".encode() in mail(stored, to="почта@example.org")


def test_lines_are_as_long_as_mail_allows(stored: StoredDigest) -> None:
    assert max(map(len, mail(stored).split(b"\r\n"))) <= 998


def test_a_subject_outside_ascii_arrives(raise_alert: Callable[..., Alert], make_digest: Callable[..., Digest]) -> None:
    digest = store(make_digest(raise_alert("EU verhängt Sanktionen gegen Беларусь " + "lang " * 15)))

    assert arrived(digest)["Subject"] == digest.subject


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_a_headline_with_a_line_break_makes_no_header(
    end: str, raise_alert: Callable[..., Alert], make_digest: Callable[..., Digest]
) -> None:
    digest = store(make_digest(raise_alert(f"US eases{end}Bcc: all@example.org{end}{end}Body")))

    got = arrived(digest)

    assert got["Bcc"] is None
    assert got["Subject"] == "1 alert: US eases Bcc: all@example.org Body"


def test_a_message_id_is_fixed_by_subscriber_and_day() -> None:
    one = message_id("analyst", "2025-12-13", "mail", SENDER)

    assert one == message_id("analyst", "2025-12-13", "mail", SENDER)
    assert one != message_id("newsroom", "2025-12-13", "mail", SENDER)
    assert one != message_id("analyst", "2025-12-14", "mail", SENDER)
    assert one != message_id("analyst", "2025-12-13", "webhook:desk", SENDER)
    assert one.endswith("@monitor.example>")


def test_a_message_id_does_not_tell_the_subscriber() -> None:
    assert "analyst" not in message_id("analyst", "2025-12-13", "mail", SENDER)


def test_the_mail_that_is_written_to_a_file_names_no_subscriber(stored: StoredDigest, tmp_path: Path) -> None:
    write_files(stored, (), tmp_path, Settings(mail_from=SENDER))

    got = message_from_bytes((tmp_path / "digest.eml").read_bytes(), policy=policy.default)
    assert got["To"] == "undisclosed-recipients:;"
    assert (tmp_path / "digest.txt").read_text(encoding="utf-8") == stored.text
    assert (tmp_path / "digest.html").read_text(encoding="utf-8") == stored.html
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digest.eml", "digest.html", "digest.txt"]
