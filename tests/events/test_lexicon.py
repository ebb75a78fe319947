"""The lexicons: what names and goods stand for, and what is said of a wrong line."""

from __future__ import annotations

import pytest

from sanctions_monitor.errors import DataError
from sanctions_monitor.events import lexicon
from sanctions_monitor.events.actors import mentions_of
from sanctions_monitor.events.goods import goods_named
from sanctions_monitor.events.official import home_of, official_sender
from sanctions_monitor.events.tokens import tokenise


def codes(text: str) -> list[str]:
    return ["+".join(mention.actor.codes) for mention in mentions_of(tokenise(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Washington and Minsk", ["US", "BY"]),
        ("OFAC, OFSI and SECO", ["US", "GB", "CH"]),
        ("the Houthis and Hezbollah", ["YE", "LB"]),
        ("Lavrov met Szijjártó", ["RU", "HU"]),
        ("E3 ministers", ["GB+FR+DE"]),
        ("Montenegro and Albania", ["ME", "AL"]),
        ("N. Koreans and a S. Korean envoy", ["KP", "KR"]),
        ("St Helier, Port Stanley and Tortola", ["JE", "FK", "VG"]),
        ("Association of South-East Asian Nations", ["ASEAN"]),
        ("West African foreign ministers", ["ECOWAS"]),
        ("Luís Montenegro", ["PT"]),
        ("Namibian and Nigerien envoys", ["NA", "NE"]),
        ("a plate of turkey", []),
    ],
)
def test_names_stand_for_states(text: str, expected: list[str]):
    assert codes(text) == expected


def test_the_longest_name_wins():
    assert codes("North Korea and South Sudan") == ["KP", "SS"]


def test_goods_are_found_by_word_and_by_firm():
    found = {(good, kind) for _, _, good, kind in goods_named(tokenise("potash of Belaruskali and jet fuel"))}
    assert found == {("potash", "goods"), ("potash", "goods_firm"), ("refined_oil", "goods")}


def test_outlets_are_authorities_or_write_for_a_state():
    assert official_sender("Council of the EU") == "EU"
    assert official_sender("Ministry of Commerce of the PRC") == "CN"
    assert official_sender("TASS") is None
    assert home_of("TASS") == "RU"


def test_a_line_with_too_many_cells_is_named(tmp_path, monkeypatch):
    (tmp_path / "goods.csv").write_text("commodity,words\nsteel,steel,iron\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    with pytest.raises(DataError, match=r"goods\.csv: entry 1 .*quote commas"):
        list(lexicon.rows("goods.csv", ("commodity", "words")))
