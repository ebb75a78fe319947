"""The gate lets through whatever could be an event, and is cheap for the rest."""

from __future__ import annotations

import pytest
from tests.events.items import item

from sanctions_monitor.events import passes_gate


@pytest.mark.parametrize(
    "title",
    [
        "EU lifts sanctions on Syria",
        "Brussels blacklists two generals",
        "Kyiv, Moscow swap 300 captives",
        "Poland expels Russian attaché",
        "Canada bars Russian gold",
        "SANCTIONS ON IRAN: a new round",
        "lif\u200bts sanc\u00adtions",
    ],
)
def test_an_act_passes(title: str):
    assert passes_gate(item(title))


@pytest.mark.parametrize(
    "title",
    [
        "Apple shows new laptops",
        "Snow closes mountain roads",
        "Ten recipes for autumn soup",
        "Stocks end the day higher",
    ],
)
def test_other_news_does_not(title: str):
    assert not passes_gate(item(title))


def test_a_word_counts_from_its_beginning_only():
    assert not passes_gate(item("A presanctioned song"))


def test_the_opening_of_the_text_is_looked_at():
    assert passes_gate(item("A day in Minsk", "", "The United States lifted sanctions on potash."))
