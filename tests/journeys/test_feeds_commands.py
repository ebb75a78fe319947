"""The commands below `sanctions-monitor feeds`, as an operator types them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.conftest import SAMPLE_EDITION

from sanctions_monitor.recorded import publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.conftest import Terminal

COMMANDS = ["list", "add", "check", "disable", "enable", "import", "export", "poll", "health"]


@pytest.fixture
def outlets(terminal: Terminal) -> Iterator[str]:
    """Outlets of the sample edition on loopback, and a terminal without a catalogue that may ask them."""
    with publish(SAMPLE_EDITION) as address:
        terminal.settings |= {"CATALOGUE": "none", "ALLOWED_PRIVATE": address.split("/")[2]}
        yield address


def said(terminal: Terminal, *arguments: str, code: int = 0, stdin: str = "") -> str:
    done = terminal.run("feeds", *arguments, stdin=stdin)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(terminal, command):
    shown = re.sub(r"\s+", " ", said(terminal, command, "--help"))

    assert f"Example: sanctions-monitor feeds {command}" in shown


def test_a_feed_from_its_address_to_its_items(terminal, outlets):
    found = said(terminal, "add", f"{outlets}feeds/harbour_post.xml", "--id", "post", "--country", "GB")
    assert re.search(r"found http://127.0.0.1:\d+/feeds/harbour_post.xml: rss, \d+ items, newest of", found)
    assert "added post to" in found

    assert "post: rss," in said(terminal, "check", "post")
    assert "1 feeds polled" in said(terminal, "poll")
    assert "in the catalogue already" in said(terminal, "add", f"{outlets}feeds/harbour_post.xml", code=1)

    assert "post is off" in said(terminal, "disable", "post", "--reason", "too loud")
    assert "0 feeds polled" in said(terminal, "poll", "--at", "2035-01-01T00:00:00Z")
    assert "post is on" in said(terminal, "enable", "post")


def test_a_list_goes_in_and_comes_out_again(terminal, outlets, tmp_path):
    (tmp_path / "list.txt").write_text(f"{outlets}feeds/harbour_post.xml\nhttp://u:s3cr3t@feeds.example/rss\n")

    assert "2 feeds added" in said(terminal, "import", "list.txt")
    assert "0 feeds added" in said(terminal, "import", "-", stdin=(tmp_path / "list.txt").read_text())

    (tmp_path / "out.opml").write_text(said(terminal, "export"))
    shown = (tmp_path / "out.opml").read_text() + said(terminal, "export", "--format", "csv") + said(terminal, "list")
    assert "feeds.example/rss" in shown
    assert "s3cr3t" not in shown

    terminal.settings["HOME"] = str(tmp_path / "elsewhere")
    assert "2 feeds added" in said(terminal, "import", "out.opml")


def test_a_line_that_can_not_be_used_is_named_and_the_exit_code_says_so(terminal, outlets, tmp_path):
    (tmp_path / "list.csv").write_text(f"url,title,kind\n{outlets}a.xml,A,news\n{outlets}b.xml,B,gossip\n")

    shown = said(terminal, "import", "list.csv", code=1)

    assert "1 feeds added" in shown
    assert "b.xml: kind='gossip'" in shown


def test_a_feed_that_can_not_be_read_is_a_check_that_fails(terminal, outlets):
    said(terminal, "import", "-", stdin=f"{outlets}nothing.xml\n")

    shown = said(terminal, "check", code=1)

    assert "HTTP 404" in shown
    assert "1 can't be read" in shown


def test_a_wrong_address_is_one_line(terminal):
    shown = said(terminal, "add", "not an address", code=1)

    assert shown.startswith("error: not an address: ")
    assert len(shown.splitlines()) == 1
