"""The command line as its help describes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.settings import PROJECT

if TYPE_CHECKING:
    from tests.journeys.conftest import Terminal

ITEMS = [
    {
        "id": "one",
        "title": "US lifts potash sanctions on Belarus",
        "summary": "<p>The United States lifted its <b>sanctions</b> on potash from Belarus, its envoy said.</p>",
        "published": "2025-12-13T15:00:00Z",
        "source": "Harbour Post",
        "url": "https://harbour-post.example/1",
        "lang": "en",
    },
    {
        "id": "two",
        "title": "Washington drops sanctions on Belarusian potash",
        "summary": "",
        "published": "2025-12-13T17:00:00Z",
        "source": "River Gazette",
        "url": "https://river-gazette.example/1",
        "lang": "en",
    },
    {
        "id": "three",
        "title": "League sanctions club over crowd trouble",
        "summary": "Two games behind closed doors.",
        "published": None,
        "source": "Harbour Post",
        "url": "https://harbour-post.example/2",
        "lang": "en",
    },
]


def classified(terminal: Terminal, records: list[dict[str, object]]) -> list[dict[str, object]]:
    done = terminal.run("classify", stdin="".join(json.dumps(record) + "\n" for record in records))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_classify_answers_every_item_in_the_order_of_the_input(terminal):
    assert [record["id"] for record in classified(terminal, ITEMS)] == ["one", "two", "three"]


def test_classify_gives_two_tellings_of_one_act_the_same_story_and_noise_none(terminal):
    stories = {record["id"]: record["story"] for record in classified(terminal, ITEMS)}
    assert stories["one"] == stories["two"] is not None
    assert stories["three"] is None


def test_classify_quotes_the_very_characters_of_the_field_that_it_was_given(terminal):
    by_id = {record["id"]: record for record in ITEMS}
    events = [(record["id"], event) for record in classified(terminal, ITEMS) for event in record["events"]]
    assert events
    for id_, event in events:
        evidence = event["evidence"]
        assert by_id[id_][evidence["field"]][evidence["start"] : evidence["end"]] == evidence["text"]
        assert event["rule"]


def test_classify_needs_no_database(terminal):
    terminal.settings["DATABASE_URL"] = "postgresql://127.0.0.1:1/nothing"
    assert len(classified(terminal, ITEMS)) == len(ITEMS)


def test_classify_of_nothing_is_nothing(terminal):
    assert classified(terminal, []) == []


def test_every_make_target_of_the_readme_is_in_the_makefile():
    targets = set(re.findall(r"`make ([a-z]+)", (PROJECT / "README.md").read_text(encoding="utf-8")))
    made = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets
    assert targets <= made


@pytest.mark.parametrize("command", ["poll", "code", "alerts", "digest", "classify", "demo", "up", "down", "settings"])
def test_every_command_explains_itself(terminal, command):
    done = terminal.run(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_a_wrong_setting_is_one_line_that_names_the_variable(terminal):
    terminal.settings["POLL_MINUTES"] = "soon"
    done = terminal.run("poll")
    assert done.returncode != 0
    assert done.stderr.startswith("error: SANCTIONS_MONITOR_POLL_MINUTES='soon'")
    assert len(done.stderr.splitlines()) == 1
