"""The catalogue: a new outlet is a line of data, and a wrong line is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.errors import DataError
from sanctions_monitor.feeds import read_catalogue
from sanctions_monitor.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "id,title,url,home,format,kind,country,language,tier,items_per_week,stale_after_days,verified,note"
LINE = "post,Post,https://post.example/feed,https://post.example/,rss,news,GB,en,2,,2,false,"


def write(folder: Path, *lines: str) -> Path:
    path = folder / "feeds.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


def test_our_own_catalogue_is_without_fault() -> None:
    assert len(read_catalogue(Settings().catalogue)) > 10


def test_a_line_becomes_a_feed(tmp_path: Path) -> None:
    (feed,) = read_catalogue(write(tmp_path, LINE))

    assert (feed.id, feed.host, feed.items_per_week, feed.verified) == ("post", "post.example", None, False)


def test_relative_addresses_are_joined_to_the_base(tmp_path: Path) -> None:
    line = LINE.replace("https://post.example/feed", "feeds/post.xml")

    (feed,) = read_catalogue(write(tmp_path, line), "http://127.0.0.1:8000/")

    assert feed.url == "http://127.0.0.1:8000/feeds/post.xml"


WRONG = {
    "an unknown kind": (",news,", ",gossip,", "kind='gossip'"),
    "a tier beyond 3": (",2,,2,", ",4,,2,", "tier='4'"),
    "a scheme that is not of the web": ("https://post.example/feed", "ftp://post.example/feed", "url='ftp://"),
    "no address": ("https://post.example/feed", "", "url=''"),
    "an id with capitals": ("post,", "Post,", "id='Post'"),
    "no title": (",Post,", ",,", "title=''"),
    "a truth value that is none": (",false,", ",perhaps,", "verified='perhaps'"),
    "too few cells": (",2,,2,false,", "", "tier=None"),
}


@pytest.mark.parametrize(("there", "instead", "named"), WRONG.values(), ids=WRONG)
def test_a_wrong_line_is_named_by_file_line_column_and_value(
    there: str, instead: str, named: str, tmp_path: Path
) -> None:
    good = LINE.replace("post", "good")
    path = write(tmp_path, good, LINE.replace(there, instead, 1))

    with pytest.raises(DataError) as error:
        read_catalogue(path)

    assert str(error.value).startswith(f"{path}, line 3, {named}")


def test_blank_lines_count_as_lines(tmp_path: Path) -> None:
    path = write(tmp_path, LINE, "", "", LINE.replace(",news,", ",gossip,").replace("post", "other"))

    with pytest.raises(DataError, match="line 5, kind="):
        read_catalogue(path)


def test_too_many_cells_are_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2: more cells than columns"):
        read_catalogue(write(tmp_path, LINE + "a note, with a comma"))


def test_a_missing_column_is_said(tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text("id,title\npost,Post\n")

    with pytest.raises(DataError, match="line 2, url=None: Field required"):
        read_catalogue(path)


@pytest.mark.parametrize(("other", "named"), [(LINE, "id 'post'"), ("second" + LINE[4:], "url 'https://post.exa")])
def test_an_id_or_address_that_stands_twice_is_refused(other: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=rf"line 3: {named}.* stands in line 2 already"):
        read_catalogue(write(tmp_path, LINE, other))


def test_a_mark_of_byte_order_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_text(f"{HEADER}\r\n{LINE}\r\n", encoding="utf-8-sig", newline="")

    assert [feed.id for feed in read_catalogue(path)] == ["post"]


@pytest.mark.parametrize("content", [b"", HEADER.encode() + b"\n"])
def test_a_catalogue_without_feeds_does_not_end_all_polling_silently(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_bytes(content)

    with pytest.raises(DataError, match="no feed in it"):
        read_catalogue(path)


def test_a_file_that_is_not_there_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.csv.*SANCTIONS_MONITOR_CATALOGUE"):
        read_catalogue(tmp_path / "none.csv")


def test_a_file_that_is_not_utf_8_names_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "feeds.csv"
    path.write_bytes(HEADER.encode() + b"\n" + "café".encode("latin-1"))

    with pytest.raises(DataError, match="SANCTIONS_MONITOR_CATALOGUE"):
        read_catalogue(path)


@pytest.mark.parametrize("url", ["ftp://reader:s3cr3t@h/f", "http://reader:s3cr3t/x@h/f", "http://reader:s3@cr3t@/"])
def test_a_password_in_a_wrong_address_is_not_shown(url: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        read_catalogue(write(tmp_path, LINE.replace("https://post.example/feed", url)))

    assert "cr3t" not in str(error.value)
