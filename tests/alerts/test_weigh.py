"""What many reports say together: outlets counted once, codes by majority, the best sentence first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.alerts.weigh import agreed, best_first, named, one_an_outlet, own_tellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sanctions_monitor.alerts import Report

    Tell = Callable[..., Report]

AGENCY = "The United States is lifting its sanctions on potash from Belarus, the envoy said in Minsk on Saturday. " * 5


def outlets(reports: Iterable[Report]) -> list[str]:
    return [report.outlet for report in reports]


def test_codes_are_those_of_the_majority(tell: Tell) -> None:
    reports = [tell("A"), tell("B"), tell("C", senders=("EU",))]

    assert agreed(reports, "senders") == ("US",)


def test_a_silent_report_does_not_count_against_the_others(tell: Tell) -> None:
    reports = [tell("A", commodities=()), tell("B", commodities=()), tell("C")]

    assert agreed(reports, "commodities") == ("potash",)


def test_half_of_the_votes_are_enough(tell: Tell) -> None:
    reports = [tell("A", targets=("BY",)), tell("B", targets=("RU",))]

    assert agreed(reports, "targets") == ("BY", "RU")


def test_where_nobody_names_any_there_is_none(tell: Tell) -> None:
    assert agreed([tell("A", senders=())], "senders") == ()


def test_an_outlet_is_heard_once_with_its_fullest_report(tell: Tell) -> None:
    reports = [tell("Post", 0, commodities=()), tell("Post", 30), tell("Gazette", 10)]

    assert [(each.outlet, each.commodities) for each in one_an_outlet(reports)] == [
        ("Post", ("potash",)),
        ("Gazette", ("potash",)),
    ]


def test_copies_of_one_text_count_once(tell: Tell) -> None:
    reports = [tell("Post", wording=AGENCY), tell("Gazette", 5, wording=AGENCY), tell("Herald")]

    assert own_tellings(reports) == {"Post", "Herald"}


def test_an_outlet_with_a_text_of_its_own_counts_beside_its_copy(tell: Tell) -> None:
    reports = [tell("Post", wording=AGENCY), tell("Gazette", 5, wording=AGENCY), tell("Gazette", 60)]

    assert own_tellings(reports) == {"Post", "Gazette"}


def test_an_official_body_is_no_agency_and_no_copy(tell: Tell) -> None:
    official = tell("OFAC", outlet_kind="official", outlet_country="US", wording=AGENCY)

    assert own_tellings([official, tell("Post", 5, wording=AGENCY)]) == {"OFAC", "Post"}


def test_the_sentence_with_whole_codes_comes_first(tell: Tell) -> None:
    reports = [tell("Post", 0, commodities=(), confidence=1.0), tell("Gazette", 30, confidence=0.5)]

    assert outlets(best_first(reports, ("US",), ("potash",))) == ["Gazette", "Post"]


def test_then_the_deciders_own_word(tell: Tell) -> None:
    own = tell("OFAC", 60, outlet_kind="official", outlet_country="US", confidence=0.5)
    other = tell("President of Belarus", 0, outlet_kind="official", outlet_country="BY")

    assert outlets(best_first([other, tell("Post"), own], ("US",), ("potash",)))[0] == "OFAC"


def test_then_confidence_and_then_time(tell: Tell) -> None:
    reports = [tell("Late", 10), tell("Early", 0), tell("Sure", 20, confidence=0.95)]

    assert outlets(best_first(reports, ("US",), ("potash",))) == ["Sure", "Early", "Late"]


def test_names_are_told_once_those_of_most_reports_first(tell: Tell) -> None:
    reports = [
        tell("A", entities=("Ocean Star", "Bank Melli")),
        tell("B", entities=("BANK MELLI", "Ocean Star (IMO 9187629)")),
        tell("C", entities=("Bank Melli",)),
    ]
    assert named(reports) == ("Bank Melli", "Ocean Star (IMO 9187629)")
