"""A stored digest as a mail: the same bytes each time, and no header but ours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor.digests import StoredDigest, message, render, write_files
from sanctions_monitor.digests.mail import message_id
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


def mail(digest: StoredDigest, **facts: Any) -> EmailMessage:
    return message(
        digest, **({"mail_from": SENDER, "to": "analyst@example.org", "message_id_": "<1@monitor.example>"} | facts)
    )


def arrived(digest: StoredDigest, **facts: Any) -> EmailMessage:
    return message_from_bytes(mail(digest, **facts).as_bytes(), policy=policy.default)  # type: ignore[return-value]


def test_the_same_mail_has_the_same_bytes(stored: StoredDigest) -> None:
    assert mail(stored).as_bytes() == mail(stored).as_bytes()


def test_it_says_what_it_is(stored: StoredDigest) -> None:
    got = arrived(stored)

    assert got["Subject"] == stored.subject
    assert got["From"] == SENDER
    assert got["To"] == "analyst@example.org"
    assert got["Message-ID"] == "<1@monitor.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"].datetime == stored.composed_at


def test_text_and_html_arrive_as_they_were_stored(stored: StoredDigest) -> None:
    got = arrived(stored)

    assert got.get_body(("plain",)).get_content().replace("\r\n", "\n") == stored.text
    assert got.get_body(("html",)).get_content().replace("\r\n", "\n").rstrip() == stored.html.rstrip()


def test_lines_are_as_long_as_mail_allows(stored: StoredDigest) -> None:
    assert max(map(len, mail(stored).as_bytes().split(b"\r\n"))) <= 998


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
    one = message_id("analyst", DAY, SENDER)

    assert one == message_id("analyst", DAY, SENDER)
    assert one != message_id("newsroom", DAY, SENDER)
    assert one != message_id("analyst", date(2025, 12, 14), SENDER)
    assert one.endswith("@monitor.example>")


def test_a_message_id_does_not_tell_the_subscriber() -> None:
    assert "analyst" not in message_id("analyst", DAY, SENDER)


def test_the_mail_that_is_written_to_a_file_names_no_subscriber(stored: StoredDigest, tmp_path: Path) -> None:
    write_files(stored, tmp_path, Settings(mail_from=SENDER))

    got = message_from_bytes((tmp_path / "digest.eml").read_bytes(), policy=policy.default)
    assert got["To"] == "undisclosed-recipients:;"
    assert (tmp_path / "digest.txt").read_text(encoding="utf-8") == stored.text
    assert (tmp_path / "digest.html").read_text(encoding="utf-8") == stored.html
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digest.eml", "digest.html", "digest.txt"]
