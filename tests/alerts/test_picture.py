"""The picture at one moment: a pure function of what was told before it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.alerts import Picture, Report

    Tell = Callable[..., Report]
    See = Callable[..., Picture]

FIRST = datetime(2025, 12, 13, 15, 0, tzinfo=UTC)


def told_by_all(tell: Tell) -> list[Report]:
    """Two acts, a refusal and a release, told by many over two days."""
    return [
        tell("Post"),
        tell("Gazette", 30, commodities=()),
        tell("Post", 45, instruments=("financial",)),
        tell("OFAC", 60, outlet_kind="official", outlet_country="US", legal_act="General License 13"),
        tell("Herald", 1500, senders=("EU",)),
        tell("Post", 10, story_id="s2", action="extend", senders=("EU",), targets=("RU",), commodities=()),
        tell("Gazette", 1600, story_id="s2", action="extend", senders=("EU",), targets=("RU",), commodities=()),
        tell("Gazette", 20, story_id="s3", status="rejected", senders=("EU",), commodities=()),
        tell("Post", 5, story_id="s4", family="diplomacy", action="release", senders=("BY",), targets=("US",)),
        tell("Herald", 1700, story_id="s4", family="diplomacy", action="release", senders=("BY",), targets=()),
    ]


def test_one_story_is_one_alert_whoever_tells_it(tell: Tell, see: See) -> None:
    (alert,) = see([tell("Post"), tell("Gazette", 30), tell("Post", 60)]).alerts

    assert (alert.alert_id, alert.outlets, alert.dated_at) == ("s1", 2, FIRST)
    assert alert.headline == "US eases potash sanctions on Belarus"


def test_a_refusal_is_watched_and_no_alert(tell: Tell, see: See) -> None:
    seen = see([tell("Post", status="rejected"), tell("Gazette", 30, status="rejected")])

    assert seen.alerts == ()
    assert [(entry.status, entry.outlets) for entry in seen.watch] == [("rejected", 2)]


def test_an_alert_carries_figures_with_their_source_and_what_still_stands(tell: Tell, see: See) -> None:
    (alert,) = see([tell("Post")]).alerts

    assert any("potash" in sentence and "USGS" in sentence for sentence in alert.exposure)
    assert any("EU" in sentence for sentence in alert.standing)


def test_an_exposure_that_nobody_knows_is_said(tell: Tell, see: See) -> None:
    (alert,) = see([tell("Post", targets=("VA",))]).alerts

    assert alert.exposure == ("No open production or export figure for potash in Vatican City.",)
    assert "the target's world share is not known" in [reason.reason for reason in alert.reasons]


def test_an_act_against_a_body_or_nobody_is_an_alert_too(tell: Tell, see: See) -> None:
    reports = [tell("Post", targets=()), tell("Post", story_id="s2", targets=("EU",), commodities=())]

    assert len(see(reports).alerts) == 2


def test_nothing_told_is_an_empty_picture(see: See) -> None:
    seen = see([])

    assert seen.alerts == seen.watch == seen.context == ()


def test_the_deciding_sides_own_word_confirms_it(tell: Tell, see: See) -> None:
    other = tell("President of Belarus", 5, outlet_kind="official", outlet_country="BY")
    own = tell("OFAC", 60, outlet_kind="official", outlet_country="US")

    (before,) = see([tell("Post"), other]).alerts
    (after,) = see([tell("Post"), other, own]).alerts

    assert not before.confirmed_by_sender
    assert after.confirmed_by_sender
    assert after.score > before.score
    assert after.official == ("OFAC", "President of Belarus")


def context_of(see: See, tell: Tell, senders: tuple[str, ...], targets: tuple[str, ...]) -> list[str]:
    diplomacy = tell("Gazette", 5, story_id="s9", family="diplomacy", action="talks", senders=senders, targets=targets)
    (alert,) = see([tell("Post"), diplomacy]).alerts
    return [entry.headline for entry in alert.context]


def test_talks_of_sender_and_target_are_context(tell: Tell, see: See) -> None:
    assert context_of(see, tell, ("US",), ("BY",)) == ["US and Belarus hold talks"]


def test_an_act_of_the_target_alone_is_context(tell: Tell, see: See) -> None:
    assert context_of(see, tell, ("BY",), ()) == ["Belarus holds talks"]


def test_talks_of_the_target_with_others_are_no_context(tell: Tell, see: See) -> None:
    assert context_of(see, tell, ("BY",), ("CN",)) == []


def test_talks_of_the_sender_with_others_are_no_context(tell: Tell, see: See) -> None:
    assert context_of(see, tell, ("US",), ("RU",)) == []


def test_what_is_told_at_the_very_moment_or_later_is_not_in_it(tell: Tell, see: See) -> None:
    reports = [tell("Post"), tell("Gazette", 60)]

    (alert,) = see(reports, until=FIRST + timedelta(minutes=60)).alerts

    assert alert.outlets == 1
    assert see(reports, until=FIRST).alerts == ()


@settings(max_examples=10, deadline=None)
@given(order=st.randoms(use_true_random=False))
def test_the_order_in_which_reports_come_in_does_not_matter(tell: Tell, see: See, order) -> None:
    reports = told_by_all(tell)
    before = see(reports, until=FIRST + timedelta(days=3))

    order.shuffle(reports)

    assert see(reports, until=FIRST + timedelta(days=3)) == before


@settings(max_examples=10, deadline=None)
@given(minutes=st.integers(0, 1800))
def test_what_came_later_never_changes_the_picture_of_a_moment(tell: Tell, see: See, minutes: int) -> None:
    reports, until = told_by_all(tell), FIRST + timedelta(minutes=minutes)
    known_then = [report for report in reports if report.dated_at < until]

    assert see(reports, until=until) == see(known_then, until=until)
