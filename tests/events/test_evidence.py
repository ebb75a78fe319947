"""What an event carries besides its codes: evidence, rule, goods, instruments, the legal act."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.events.items import DAY, item, news

from sanctions_monitor.events import code, passes_gate
from sanctions_monitor.items.item import Item

WORDS = st.sampled_from(
    "US EU Belarus Russia's sanctions lifts imposed on in 2020 , . ? \" \u2019 \u200b \u202e potash after which said"
    " it would ban exports Treasury blacklists the of Iranian oil 🙂 \n General License 13 not".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, summary=TEXTS, text=st.none() | TEXTS)
def test_evidence_is_exactly_its_stretch_of_the_field(title: str, summary: str, text: str | None):
    whole = item(title, summary, text)
    for event in code(whole):
        evidence = event.evidence
        assert evidence.text == getattr(whole, evidence.field)[evidence.start : evidence.end] != ""


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, summary=TEXTS)
def test_an_item_with_events_passes_the_gate(title: str, summary: str):
    whole = item(title, summary)
    assert passes_gate(whole) or code(whole) == ()


def test_the_evidence_is_the_sentence_that_tells_the_act():
    text = "It rained in Minsk. The United States lifted sanctions on Belarus on Saturday. Shops were open."
    (event,) = news("A day in December", "", text)
    assert event.evidence.text == "The United States lifted sanctions on Belarus on Saturday."


def test_of_several_acts_each_has_the_sentence_that_tells_it():
    title = "US lifts curbs on Belarusian potash as Minsk frees prisoners"
    lead = "Washington is removing sanctions on potash from Belarus, its envoy said on Saturday."
    told = news(title, f"{lead} India, which imports all the potash it uses, has gone on buying from Minsk since 2022.")
    evidence = {event.action: event.evidence.text for event in told}
    assert evidence["ease"] in (title, lead)
    assert evidence["release"] == title


def test_an_event_says_what_decided_and_the_words_of_each_part():
    (event,) = news("US eases sanctions on Syria")
    because = dict(event.because)
    assert event.rule == "network:ease/adopted"
    assert "eases" in because["trigger"]
    assert (because["sender"], because["target"]) == ("US (US)", "Syria (SY)")


def test_dates_and_names_of_the_evidence_are_carried():
    (event,) = news("EU extends sanctions on Iran's Bank Melli until 28 February 2026")
    assert event.expires == date(2026, 2, 28)
    assert [one.name for one in event.entities] == ["Bank Melli"]


def test_the_same_item_gives_the_same_events():
    whole = item("US lifts potash sanctions on Belarus as Minsk frees 123 prisoners")
    assert code(whole) == code(whole)


def test_goods_of_the_measure_are_coded():
    (event,) = news("US lifts sanctions on Belarusian potash")
    assert event.commodities == ("potash",)


def test_goods_that_only_describe_the_target_are_not_coded():
    (event,) = news("US sanctions Belarus. Minsk, a big potash exporter, protests")
    assert event.commodities == ()


def test_instruments_are_coded():
    (event,) = news("EU imposes travel bans and asset freezes on Georgian officials")
    assert event.instruments == ("asset_freeze", "travel_ban")


def test_the_legal_act_is_kept_in_its_own_words():
    (event,) = news("OFAC eases Belarus sanctions with General License 13")
    assert event.legal_act == "General License 13"


def test_other_languages_yield_no_events():
    assert code(item("US lifts sanctions on Belarus", lang="de")) == ()


def test_an_unknown_language_is_read_as_english():
    whole = Item("1", "US lifts sanctions on Belarus", "", None, DAY, "Harbour Post", "https://example.org/1", None)
    assert code(whole) == code(item("US lifts sanctions on Belarus", lang="en")) != ()
