"""What a subscriber's filter takes."""

from __future__ import annotations

import pytest

from sanctions_monitor.subscriptions import WHOLE, Codes, Cut, Subscriber, cut_of

POTASH = Codes(
    ("US",), ("BY",), ("potash",), "ease", "medium", ("US eases potash sanctions on Belarus", "Belaruskali may sell.")
)

CASES = {
    "nothing asked for": (Cut(), True),
    "the target": (Cut(countries=("BY",)), True),
    "the sender as a country": (Cut(countries=("US",)), True),
    "another country": (Cut(countries=("RU",)), False),
    "these goods": (Cut(goods=("potash",)), True),
    "goods that hold them": (Cut(goods=("fertilizer",)), True),
    "other goods": (Cut(goods=("wheat",)), False),
    "the sender": (Cut(senders=("US", "EU")), True),
    "the target is no sender": (Cut(senders=("BY",)), False),
    "the action": (Cut(actions=("ease",)), True),
    "another action": (Cut(actions=("impose",)), False),
    "one of two does not fit": (Cut(countries=("BY",), goods=("wheat",)), False),
    "its severity": (Cut(min_severity="medium"), True),
    "a higher severity": (Cut(min_severity="high"), False),
    "a name, in any case": (Cut(names=("belaruskali",)), True),
    "a name beside codes that do not fit": (Cut(countries=("RU",), names=("Belaruskali",)), True),
    "a name that is not told": (Cut(names=("Rosneft",)), False),
    "part of a word is no name": (Cut(names=("Belaruska",)), False),
    "a name does not lower the severity": (Cut(names=("Belaruskali",), min_severity="high"), False),
}


@pytest.mark.parametrize(("cut", "taken"), CASES.values(), ids=CASES)
def test_a_filter(cut: Cut, taken: bool) -> None:
    assert cut.takes(POTASH) is taken


def test_a_measure_that_names_no_goods_touches_all_of_them() -> None:
    assert Cut(goods=("wheat",)).takes(Codes(("EU",), ("BY",), (), "impose", "high"))


def test_the_same_wishes_have_the_same_key_and_no_wish_has_none() -> None:
    one = Subscriber(id="one", address="one@example.org", name="One", countries="BY|RU")
    two = Subscriber(id="two", address="two@example.org", name="Two", countries="RU|BY", hour=9)

    assert cut_of(one).key == cut_of(two).key != ""
    assert WHOLE.key == ""
