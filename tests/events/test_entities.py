"""Whom a measure names: firms, banks, vessels, persons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_monitor.events.entities import entities_in, is_imo_number
from sanctions_monitor.events.sentences import Sentence
from sanctions_monitor.events.tokens import tokenise


def named(text: str) -> list[tuple[str, str, str | None]]:
    sentence = Sentence("text", 0, 0, len(text), tokenise(text), 0)
    return [(one.name, one.type, one.id) for one in entities_in(sentence, text)]


def test_firms_banks_vessels_and_persons_are_told_apart():
    text = "OFAC listed Intershipping Services LLC, Bank Melli, the tanker Eagle S and businessman Viktor Baransky."
    assert named(text) == [
        ("Intershipping Services LLC", "company", None),
        ("Bank Melli", "bank", None),
        ("Eagle S", "vessel", None),
        ("Viktor Baransky", "person", None),
    ]


def test_a_vessel_has_its_imo_number():
    assert ("Grace 1", "vessel", "IMO 9116412") in named("The Grace 1 (IMO 9116412) was seized off Gibraltar.")


@pytest.mark.parametrize(("digits", "right"), [("9116412", True), ("9116413", False), ("911641", False)])
def test_the_check_digit_of_an_imo_number(digits: str, right: bool):
    assert is_imo_number(digits) is right


@given(st.text(max_size=300))
def test_names_stand_in_the_sentence(text: str):
    for name, _, _ in named(text):
        assert name in text
