"""Recorded documents over HTTP, as a polite publisher serves them."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests

from sanctions_monitor.recorded import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def base_url(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "edition"
    (folder / "feeds").mkdir(parents=True)
    (folder / "feeds" / "post.xml").write_text("<rss/>")
    (folder / "feeds" / "trader.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("s3cr3t")
    with publish(folder) as url:
        yield url


def test_a_document_comes_with_a_validator(base_url: str) -> None:
    answer = requests.get(base_url + "feeds/post.xml", timeout=5)

    assert (answer.status_code, answer.text) == (200, "<rss/>")
    assert answer.headers["ETag"].startswith('"')


@pytest.mark.parametrize(("name", "kind"), [("post.xml", "application/xml"), ("trader.json", "application/feed+json")])
def test_a_document_is_called_what_it_is(name: str, kind: str, base_url: str) -> None:
    assert requests.get(base_url + "feeds/" + name, timeout=5).headers["Content-Type"] == kind


def test_who_has_it_is_told_so(base_url: str) -> None:
    etag = requests.get(base_url + "feeds/post.xml", timeout=5).headers["ETag"]

    again = requests.get(base_url + "feeds/post.xml", headers={"If-None-Match": etag}, timeout=5)

    assert (again.status_code, again.content) == (304, b"")


def test_who_has_an_older_one_gets_the_new_one(base_url: str) -> None:
    answer = requests.get(base_url + "feeds/post.xml", headers={"If-None-Match": '"older"'}, timeout=5)

    assert answer.status_code == 200


OUTSIDE = ["/../secret.txt", "/feeds/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//../secret.txt"]
ABSENT = ["/", "/feeds", "/feeds/", "/feeds/none.xml", "/feeds/post.xml%00"]


@pytest.mark.parametrize("path", OUTSIDE + ABSENT)
def test_nothing_else_is_served(path: str, base_url: str) -> None:
    # as written: a client of its own would tidy the path
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()

    assert answer.status == 404
    assert b"s3cr3t" not in answer.read()
    connection.close()
