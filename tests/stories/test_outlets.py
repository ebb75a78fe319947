"""Counting the outlets that tell a story by themselves."""

from __future__ import annotations

from sanctions_monitor.stories import independent_outlets, near_copies

TOLD = (
    "The United States is lifting sanctions on Belarusian potash, an envoy said in Minsk on Saturday after two days of"
    " talks. Belarus freed 123 prisoners in return. Exports had gone through Klaipeda until the port closed to them."
)
OTHER = (
    "Farmers in Brazil may see cheaper fertilizer: Washington has dropped its curbs on shipments from Belarus, whose"
    " leader let more than a hundred inmates go. Traders expect the first cargoes in spring, brokers said."
)


def test_a_text_with_a_new_headline_and_a_cut_end_is_a_copy():
    assert near_copies(TOLD, f"Breaking news. {TOLD[:180]}")


def test_two_tellings_are_no_copies():
    assert not near_copies(TOLD, OTHER)


def test_copies_count_once_for_the_outlet_that_was_first():
    texts = [("River Gazette", TOLD), ("Harbour Post", f"{TOLD} Ends."), ("Grain Trader", OTHER)]
    assert independent_outlets(texts) == {"River Gazette", "Grain Trader"}


def test_an_outlet_with_a_copy_and_a_text_of_its_own_counts():
    texts = [("Harbour Post", TOLD), ("River Gazette", f"{TOLD} Ends."), ("River Gazette", OTHER)]
    assert independent_outlets(texts) == {"Harbour Post", "River Gazette"}


def test_an_outlet_that_tells_it_twice_counts_once():
    assert independent_outlets([("Harbour Post", TOLD), ("Harbour Post", OTHER)]) == {"Harbour Post"}


def test_a_text_that_credits_another_outlet_of_the_story_counts_with_it():
    texts = [("Harbour Post", TOLD), ("River Gazette", f"{OTHER} (Harbour Post)")]
    assert independent_outlets(texts) == {"Harbour Post"}


def test_texts_that_credit_the_same_agency_count_once():
    texts = [("Harbour Post", f"{TOLD} Reuters reported."), ("River Gazette", f"{OTHER}, according to Reuters.")]
    assert independent_outlets(texts) == {"Harbour Post"}


def test_no_text_is_no_copy_of_a_text():
    assert independent_outlets([("Harbour Post", TOLD), ("River Gazette", "")]) == {"Harbour Post", "River Gazette"}
