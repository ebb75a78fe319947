"""A mail server that keeps every mail as a file."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from sanctions_monitor.recorded import catch_mail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def caught(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    with catch_mail(tmp_path / "mail") as url:
        yield tmp_path / "mail", url


def send(url: str, message_id: str | None, text: str = "news") -> None:
    mail = EmailMessage()
    mail["Subject"] = "Digest"
    if message_id:
        mail["Message-ID"] = message_id
    mail.set_content(text)
    parts = urlsplit(url)
    with smtplib.SMTP(parts.hostname or "", parts.port or 0, timeout=5) as server:
        server.send_message(mail, "digest@example.org", ["analyst@example.org"])


def test_a_mail_is_a_file_named_by_its_message_id(caught: tuple[Path, str]) -> None:
    folder, url = caught
    send(url, "<digest-1@example.org>")

    assert [path.name for path in folder.iterdir()] == ["digest-1@example.org.eml"]


def test_a_repeat_with_the_same_message_id_is_one_file(caught: tuple[Path, str]) -> None:
    folder, url = caught
    send(url, "<digest-1@example.org>")
    send(url, "<digest-1@example.org>")
    send(url, "<digest-2@example.org>")

    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("message_id", ["</../../outside@example.org>", None])
def test_no_message_id_leads_out_of_the_folder(message_id: str | None, caught: tuple[Path, str]) -> None:
    folder, url = caught
    send(url, message_id)

    assert len(list(folder.iterdir())) == 1
    assert [path.name for path in folder.parent.iterdir()] == ["mail"]
