"""The mail server that is set: what its URL may say, and when a mail may travel unencrypted."""

from __future__ import annotations

from typing import Any

import pytest

from sanctions_monitor.delivery import smtp
from sanctions_monitor.errors import DeliveryError, UserError

WRONG = {
    "no scheme": "mail.example.org:587",
    "another scheme": "https://mail.example.org",
    "no host": "smtp://",
    "a port in words": "smtp://mail.example.org:submission",
    "a port beyond all": "smtp://mail.example.org:99999",
    "half an IPv6 address": "smtp://[::1",
    "a password with a slash": "smtp://user:s3cr3t/x@mail.example.org",
}


@pytest.mark.parametrize("url", WRONG.values(), ids=WRONG)
def test_an_url_that_is_no_mail_server_says_how_to_write_one(url: str) -> None:
    with pytest.raises(UserError, match=r"SANCTIONS_MONITOR_SMTP_URL=.*write smtp://") as error:
        smtp.mail_server(url).__enter__()

    assert "s3cr3t" not in str(error.value)


@pytest.mark.parametrize("url", ["smtp://user:s3cr3t@127.0.0.1:1", "smtps://user:s3cr3t@127.0.0.1:1"])
def test_a_server_that_is_away_is_named_without_the_password(url: str) -> None:
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1:1: .*refused.*wait in the outbox") as error:
        smtp.mail_server(url).__enter__()

    assert "s3cr3t" not in str(error.value)


def test_a_password_that_nobody_encoded_is_not_shown_either() -> None:
    with pytest.raises(DeliveryError) as error:
        smtp.mail_server("smtp://user@example.org:s3@cr3t@127.0.0.1:1").__enter__()

    assert "cr3t" not in str(error.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_on_loopback_a_mail_may_be_plain(host: str) -> None:
    assert smtp.may_be_plain(host, "")


@pytest.mark.parametrize("host", ["mail.example.org", "10.0.0.1", "localhost.example.org", "127.0.0.1.example.org"])
def test_elsewhere_only_where_the_url_says_so(host: str) -> None:
    assert not smtp.may_be_plain(host, "")
    assert not smtp.may_be_plain(host, "tls=on")
    assert smtp.may_be_plain(host, "tls=off")


def test_a_server_off_loopback_without_tls_gets_no_mail(url_off_loopback: str) -> None:
    with pytest.raises(DeliveryError, match=r"offers no TLS \(add \?tls=off"):
        smtp.mail_server(url_off_loopback).__enter__()


def test_a_server_that_drips_its_greeting_is_left_at_the_limit(dripping_port: int) -> None:
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1:\d+: it was not done after 0\.5 s .*wait in the outbox"):
        smtp.mail_server(f"smtp://127.0.0.1:{dripping_port}", timeout=5.0, total=0.5).__enter__()


@pytest.fixture
def url_off_loopback(mail_server: Any) -> str:
    """The server under an address that is no loopback address, but leads there on Linux."""
    return mail_server.url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104
