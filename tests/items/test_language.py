"""Which language an item is in: its words over its feed, where they are sure."""
# ruff: noqa: RUF001 - other scripts are what this is about

from __future__ import annotations

import pytest

from sanctions_monitor.items import language_of


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("La UE prorroga un año más las sanciones contra Venezuela", "es"),
        ("L'Union européenne prolonge ses sanctions contre la Biélorussie", "fr"),
        ("EU verlängert Sanktionen gegen Russland um sechs Monate", "de"),
        ("США сняли санкции с калийных удобрений Беларуси", "ru"),
        ("ЄС продовжив санкції проти Росії ще на пів року", "uk"),
        ("الاتحاد الأوروبي يمدد العقوبات على سوريا", "ar"),
        ("The European Union has extended its sanctions on Syria for a year", "en"),
    ],
)
def test_words_go_over_what_is_told_of_the_feed(words: str, language: str):
    assert language_of(words, "sv") == language


@pytest.mark.parametrize("words", ["", "  ", "Lukoil", "OFAC", "Nayara, Rosneft", "Caracas - Asunción"])
def test_few_words_leave_it_at_what_is_told(words: str):
    assert language_of(words, "en") == "en"
    assert language_of(words, None) is None
