"""Which words tell which act."""

from __future__ import annotations

import pytest
from tests.events.items import code_of_sentence, news, said


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("EU slaps new sanctions on Iran", ("impose", "EU", "IR")),
        ("Britain hits Iranian officials with travel bans", ("impose", "GB", "IR")),
        ("US blacklists two Chinese shipping firms", ("impose", "US", "CN")),
        ("Treasury sanctions Rwandan general", ("impose", "US", "RW")),
        ("Two Iranian bankers blacklisted by Canada", ("impose", "CA", "IR")),
        ("UN Security Council adds four Haitian gang leaders to sanctions list", ("impose", "UN", "HT")),
        ("EU bans imports of Russian gas", ("impose", "EU", "RU")),
        ("US revokes waiver for Iran's nuclear work", ("impose", "US", "IR")),
        ("EU rolls over sanctions on Russia for six months", ("extend", "EU", "RU")),
        ("UN renews arms embargo on South Sudan", ("extend", "UN", "SS")),
        ("US eases sanctions on Syria", ("ease", "US", "SY")),
        ("EU removes Syrian airline from sanctions list", ("ease", "EU", "SY")),
        ("US delists Belarusian airline, citing sanctions review", ("ease", "US", "BY")),
        ("EU court annuls sanctions on Russian tycoon", ("ease", "EU", "RU")),
        ("UN arms embargo on Eritrea expires", ("ease", "UN", "ER")),
        ("Bank fined by OFSI for breach of Russia sanctions", ("enforce", "GB", "RU")),
        ("US seizes tanker for breaking Iran sanctions", ("enforce", "US", "IR")),
    ],
)
def test_a_sanctions_act_is_coded(headline: str, expected: tuple[str, str, str]):
    action, senders, targets = expected
    assert code_of_sentence(headline) == [(action, "adopted", senders, targets)]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Poland expels Russian diplomats", ("rupture", "PL", "RU")),
        ("Colombia cuts ties with Israel", ("rupture", "CO", "IL")),
        ("Canada and India restore diplomatic relations", ("restore", "CA", "IN")),
        ("Armenia and Azerbaijan sign peace treaty", ("agreement", "AM", "AZ")),
        ("Iran frees two French hostages", ("release", "IR", "FR")),
        ("Egypt and Turkey hold talks in Ankara", ("talks", "EG", "TR")),
    ],
)
def test_a_diplomatic_act_is_coded(headline: str, expected: tuple[str, str, str]):
    action, senders, targets = expected
    assert (action, "adopted", senders, targets) in code_of_sentence(headline)


@pytest.mark.parametrize(
    "headline",
    [
        "FIFA sanctions Brazilian club over unpaid wages",
        "School sanctions pupils for phones",
        "Judge sanctions lawyer for contempt of court",
        "Fans of Belarus and Poland meet at the football final",
        "What sanctions on Russia mean for wheat: an explainer",
        "Parliament sanctions loan for Kenyan railway",
        "US raises duties on Chinese steel in anti-dumping case",
        "Potash stocks slide as Belarusian supply looms",
    ],
)
def test_what_is_no_event_is_not_coded_as_sanctions(headline: str):
    assert [event for event in news(headline) if event.family == "sanctions"] == []


def test_two_acts_of_one_headline_are_two_events():
    events = code_of_sentence("US lifts potash sanctions on Belarus as Minsk frees 123 prisoners")
    assert events == [("ease", "adopted", "US", "BY"), ("release", "adopted", "BY", "US")]


def test_the_same_act_in_title_summary_and_text_is_one_event_with_the_fullest_roles():
    events = news(
        "New sanctions on Iran",
        "Britain imposes sanctions on Iran over drones.",
        "LONDON - Britain imposed sanctions on Iran on Saturday.",
    )
    assert [said(event) for event in events] == [("impose", "adopted", "GB", "IR")]


def test_the_place_of_a_dateline_is_no_actor():
    events = news(
        "Sanctions on Iran widened", "", "VIENNA, Dec 13 (AFP) - Britain widened its sanctions on Iran on Saturday."
    )
    assert [said(event) for event in events] == [("impose", "adopted", "GB", "IR")]


def test_an_official_outlet_is_the_sender_of_what_it_tells_without_a_subject():
    events = news("Issuance of Belarus General License 13", source="OFAC")
    assert [said(event) for event in events] == [("ease", "adopted", "US", "BY")]
