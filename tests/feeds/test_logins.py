"""User names and passwords are taken out of addresses and sent to their origin alone."""

from __future__ import annotations

import pytest

from sanctions_monitor.feeds.logins import Login, origin_of, split_login

LOGIN = Login("https://post.example:443", "reader", "s3cr3t")


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://reader:s3cr3t@post.example/feed?a=1&b=%2f#", "https://post.example/feed?a=1&b=%2f#"),
        ("https://reader@post.example/feed", "https://post.example/feed"),
        ("https://post.example/@reader/feed", "https://post.example/@reader/feed"),
    ],
)
def test_an_address_is_left_as_it_was_but_for_its_login(url: str, bare: str) -> None:
    assert split_login(url)[0] == bare


def test_a_login_knows_its_origin() -> None:
    assert split_login("https://reader:s3cr3t@POST.example/feed")[1] == LOGIN


def test_an_address_without_a_login_has_none() -> None:
    assert split_login("https://post.example/feed")[1] is None


@pytest.mark.parametrize("url", ["https://post.example/feed", "https://POST.example:443/other"])
def test_it_is_sent_to_its_origin(url: str) -> None:
    assert LOGIN.authorization(url) == "Basic cmVhZGVyOnMzY3IzdA=="


@pytest.mark.parametrize(
    "url",
    [
        "http://post.example/feed",
        "https://post.example:8443/feed",
        "https://www.post.example/feed",
        "https://post.example.evil.example/feed",
        "https://post.example@evil.example/feed",
    ],
    ids=["without TLS", "another port", "another host", "a longer name", "as a user name"],
)
def test_it_is_sent_nowhere_else(url: str) -> None:
    assert LOGIN.authorization(url) is None


def test_escapes_in_an_address_are_part_of_the_address_and_not_of_the_password() -> None:
    _, login = split_login("https://reader:p%40ss%2Fw%C3%B6rd@post.example/")

    assert login is not None
    # reader:p@ss/wörd in UTF-8 (RFC 7617)
    assert login.authorization("https://post.example/") == "Basic cmVhZGVyOnBAc3Mvd8O2cmQ="


def test_a_login_that_is_printed_does_not_tell_its_password() -> None:
    assert "s3cr3t" not in repr(LOGIN)


@pytest.mark.parametrize(("url", "port"), [("http://h/", 80), ("https://h/", 443), ("http://h:8500/", 8500)])
def test_an_origin_always_names_its_port(url: str, port: int) -> None:
    assert origin_of(url).endswith(f":{port}")
