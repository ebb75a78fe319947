"""Text that wants to hang or crash the coder is read in moments and leaves it standing."""

from __future__ import annotations

import time

import pytest
from tests.events.items import item, said

from sanctions_monitor.events import code

SECONDS = 5.0


@pytest.mark.parametrize(
    "text",
    [
        "sanctions" * 22_000,
        "sanctions " * 20_000,
        "imposes sanctions on " * 10_000,
        "\"'\u201c\u2018(" * 40_000,
        "U.S." * 50_000,
        "\u200b" * 200_000,
        "\u202e" + "<" * 200_000,
        "a-" * 100_000,
        "1,1.1" * 40_000,
        "🙂" * 50_000,
        "\0" * 1000,
    ],
    ids=[
        "one word",
        "one word often",
        "one act often",
        "quotes",
        "abbreviations",
        "invisible",
        "open tags",
        "hyphens",
        "numbers",
        "emoji",
        "zero",
    ],
)
def test_huge_text_is_read_in_moments(text: str):
    began = time.perf_counter()
    code(item("US lifts sanctions on Belarus", "", text))
    assert time.perf_counter() - began < SECONDS


def test_invisible_characters_inside_words_hide_nothing():
    (event,) = code(item("US lif\u200bts sanc\u00adtions on Bela\u200brus"))
    assert said(event) == ("ease", "adopted", "US", "BY")
