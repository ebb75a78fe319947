"""Short names for prose, without the cost of pandas."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sanctions_monitor.reference import adjective_of, from_files, goods_name, name_in_sentence, prose_name
from sanctions_monitor.settings import PROJECT


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("US", "US"),
        ("GB", "UK"),
        ("BY", "Belarus"),
        ("EU", "EU"),
        ("TR", "Turkey"),
        ("SADC", "Southern African Development Community"),
    ],
)
def test_states_and_bodies_have_the_names_that_news_use(code: str, name: str):
    assert prose_name(code) == name


def test_an_unknown_code_stays_itself():
    assert prose_name("ZZ") == "ZZ"
    assert adjective_of("ZZ") == "ZZ"
    assert goods_name("zz") == "zz"


@pytest.mark.parametrize(
    ("code", "adjective"), [("BY", "Belarusian"), ("GB", "British"), ("EU", "EU"), ("AX", "Åland Islands")]
)
def test_adjectives(code: str, adjective: str):
    assert adjective_of(code) == adjective


@pytest.mark.parametrize(
    ("code", "name"), [("US", "the US"), ("NL", "the Netherlands"), ("BY", "Belarus"), ("EU", "the EU")]
)
def test_articles_inside_a_sentence(code: str, name: str):
    assert name_in_sentence(code) == name


@pytest.mark.parametrize(
    ("goods", "name"), [("potash", "potash"), ("crude_oil", "crude oil"), ("lng", "LNG"), ("steel", "iron and steel")]
)
def test_goods_without_their_scope(goods: str, name: str):
    assert goods_name(goods) == name


def test_every_code_has_a_name_without_ampersand_or_bracket():
    reference = from_files()
    names = [prose_name(code) for code in [*reference.countries["alpha2"], *reference.organisations["code"]]]
    assert not [name for name in names if "&" in name or not name]
    assert not [goods_name(each) for each in reference.commodities["commodity_id"] if "(" in goods_name(each)]


def test_names_do_not_import_pandas():
    code = (
        "import sys, sanctions_monitor.reference as room; assert room.prose_name('US') and 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT / "plugins")
