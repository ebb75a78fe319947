"""The lexicon's small languages: patterns, verb forms, and what is said of a wrong line."""

from __future__ import annotations

import pytest

from sanctions_monitor.errors import DataError
from sanctions_monitor.events.inflection import forms_of
from sanctions_monitor.events.lexicon import lexicon
from sanctions_monitor.events.pattern import Row, Tag, match_at, parse
from sanctions_monitor.events.tokens import tokenise


def matches(pattern: str, text: str, tags: dict[int, Tag] | None = None) -> bool:
    tokens = tokenise(text)
    found = [[tags[place]] if tags and place in tags else [] for place in range(len(tokens))]
    row = Row(tokens, found, {})
    elements = parse(pattern)
    return any(match_at(elements, row, place, len(tokens)) for place in range(len(tokens)))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("lift", ["lift", "lifts", "lifting", "lifted"]),
        ("ease", ["ease", "eases", "easing", "eased"]),
        ("slap*", ["slap", "slaps", "slapping", "slapped"]),
        ("veto", ["veto", "vetoes", "vetoing", "vetoed"]),
        ("deny", ["deny", "denies", "denying", "denied"]),
        ("cut/cut/cut off", ["cut off", "cuts off", "cutting off", "cut off"]),
        ("freeze/froze/frozen", ["freeze", "freezes", "freezing", "froze", "frozen"]),
    ],
)
def test_a_verb_is_named_once_and_known_in_all_forms(verb: str, forms: list[str]):
    assert [form for form, _ in forms_of(verb)] == forms


def test_a_gap_spans_up_to_its_number_of_words():
    assert matches("lift *2 sanctions", "lift all the sanctions")
    assert not matches("lift *2 sanctions", "lift all of the sanctions")


def test_a_gap_stops_at_a_mark_that_ends_a_thought():
    assert not matches("lift *4 sanctions", "lift bans; keep sanctions")


def test_an_optional_word_may_be_missing():
    assert matches("sanctions to? lapse", "sanctions lapse")
    assert matches("sanctions to? lapse", "sanctions to lapse")


def test_a_class_asks_for_a_form():
    tags = {0: Tag("lift_v", "base", 1)}
    assert matches("<lift_v> sanctions", "lift sanctions", tags)
    assert not matches("<lift_v.ed> sanctions", "lift sanctions", tags)


@pytest.mark.parametrize(
    "pattern", ["", "*3 sanctions", "lift *3", "to? lapse", "<lift_v.past_tense> x", "lift *many x"]
)
def test_a_wrong_pattern_is_refused(pattern: str):
    with pytest.raises(DataError):
        parse(pattern)


def test_every_rule_has_an_id_of_its_action():
    assert [rule.id for rule in lexicon().rules if not rule.id.startswith(f"{rule.action}.")] == []
