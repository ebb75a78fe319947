"""Headlines in plain words: they say what was coded and nothing more."""

from __future__ import annotations

import pytest

from sanctions_monitor.alerts.headline import diplomacy_headline, enumerate_names, sanctions_headline

SANCTIONS = {
    "one sender, target and goods": (
        ("ease", "adopted", ["US"], ["BY"], ["potash"]),
        "US eases potash sanctions on Belarus",
    ),
    "no goods": (("impose", "adopted", ["EU"], ["RU"], []), "EU imposes sanctions on Russia"),
    "several senders": (("extend", "adopted", ["EU", "GB"], ["RU"], []), "EU and UK extend sanctions on Russia"),
    "several goods": (
        ("impose", "adopted", ["EU"], ["RU"], ["crude_oil", "natural_gas"]),
        "EU imposes crude oil and natural gas sanctions on Russia",
    ),
    "no target": (("enforce", "adopted", ["US"], [], []), "US enforces sanctions"),
    "no sender": (("ease", "adopted", [], ["BY"], ["potash"]), "Potash sanctions on Belarus eased"),
    "no sender and no target": (("impose", "adopted", [], [], []), "Sanctions imposed"),
    "proposed": (("impose", "proposed", ["EU"], ["RU"], []), "Proposed: EU to impose sanctions on Russia"),
    "refused": (("ease", "rejected", ["EU"], ["BY"], []), "Refused: EU to ease sanctions on Belarus"),
    "proposed by nobody named": (("extend", "proposed", [], ["RU"], []), "Proposed: to extend sanctions on Russia"),
    "many targets": (
        ("impose", "adopted", ["US"], ["BY", "CN", "IR", "RU", "SY", "VE"], []),
        "US imposes sanctions on Belarus, China, Iran, Russia and 2 more",
    ),
}


@pytest.mark.parametrize(("codes", "headline"), SANCTIONS.values(), ids=SANCTIONS)
def test_a_sanctions_act_in_words(codes: tuple[str, str, list[str], list[str], list[str]], headline: str) -> None:
    assert sanctions_headline(*codes) == headline


DIPLOMACY = {
    "talks": (("talks", ["US"], ["BY"]), "US and Belarus hold talks"),
    "talks of one": (("talks", ["BY"], []), "Belarus holds talks"),
    "talks of nobody named": (("talks", [], []), "Parties not named hold talks"),
    "an agreement": (("agreement", ["US"], ["BY"]), "US and Belarus reach an agreement"),
    "ties restored": (("restore", ["US"], ["BY"]), "US and Belarus restore ties"),
    "a release": (("release", ["BY"], []), "Belarus frees prisoners"),
    "a release to others": (("release", ["BY"], ["US"]), "Belarus frees prisoners (with US)"),
    "a release by two": (("release", ["BY", "RU"], []), "Belarus and Russia free prisoners"),
    "a release by nobody named": (("release", [], ["BY"]), "A party not named frees prisoners (with Belarus)"),
    "a rupture": (("rupture", ["PL"], ["BY"]), "Poland cuts or lowers ties with Belarus"),
    "a rupture by two": (("rupture", ["LT", "PL"], ["BY"]), "Lithuania and Poland cut or lower ties with Belarus"),
    "a rupture by nobody named": (("rupture", [], []), "A party not named cuts or lowers ties"),
}


@pytest.mark.parametrize(("codes", "headline"), DIPLOMACY.values(), ids=DIPLOMACY)
def test_an_act_of_diplomacy_in_words(codes: tuple[str, list[str], list[str]], headline: str) -> None:
    assert diplomacy_headline(*codes) == headline


NAMES = [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]


@pytest.mark.parametrize(("names", "text"), [*NAMES, (list("ABCDEFG"), "A, B, C, D and 3 more")])
def test_names_are_enumerated_and_the_rest_is_counted(names: list[str], text: str) -> None:
    assert enumerate_names(names) == text
