"""Which reports are one story."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stories.coded import coded

from sanctions_monitor.stories import group, same_act


def stories(*events) -> set[frozenset[str]]:
    return set(group(events))


def test_two_reports_of_one_act_are_one_story():
    left = coded("a", "US lifts sanctions on Belarus potash", goods="potash")
    right = coded("b", "Washington ends curbs on Belarusian potash", goods="potash", days=0.3)
    assert stories(left, right) == {frozenset("ab")}


def test_the_legal_text_within_a_week_belongs_to_the_story_of_its_announcement():
    announced = coded("a", "Envoy: US lifts sanctions on Belarus potash", goods="potash")
    licence = coded("b", "Belarus General License 13", goods="potash", days=2, legal_act="General License 13")
    assert stories(announced, licence) == {frozenset("ab")}


def test_what_follows_after_more_than_a_week_is_a_story_of_its_own():
    assert len(stories(coded("a", goods="potash"), coded("b", goods="potash", days=8))) == 2


def test_a_draft_and_the_act_are_two_stories():
    assert len(stories(coded("a", status="proposed"), coded("b"))) == 2


def test_a_renewal_is_no_new_restriction():
    assert len(stories(coded("a", action="extend"), coded("b", action="impose"))) == 2


def test_another_good_is_another_story():
    assert len(stories(coded("a", goods="potash"), coded("b", goods="gold"))) == 2


def test_another_sender_is_another_story():
    assert len(stories(coded("a", senders="US"), coded("b", senders="EU"))) == 2


def test_another_target_is_another_story():
    assert len(stories(coded("a", targets="BY"), coded("b", targets="RU"))) == 2


def test_a_report_that_names_no_sender_joins_one_that_does():
    assert stories(coded("a", senders=""), coded("b")) == {frozenset("ab")}


def test_packages_of_different_numbers_are_different_stories():
    left = coded("a", "EU adopts 18th package against Russia", action="impose", senders="EU", targets="RU")
    right = coded("b", "EU adopts 19th package against Russia", action="impose", senders="EU", targets="RU", days=1)
    assert len(stories(left, right)) == 2


def test_days_apart_reports_need_a_word_in_common():
    left = coded("a", "US blacklists Zephyr Shipping of Iran", action="impose", targets="IR")
    right = coded("b", "US hits Iranian drone maker", action="impose", targets="IR", days=5)
    assert len(stories(left, right)) == 2


def test_parties_of_a_meeting_may_be_named_in_either_order():
    left = coded("a", "Egypt and Turkey meet", action="talks", senders="EG", targets="TR")
    right = coded("b", "Turkey, Egypt hold talks", action="talks", senders="TR", targets="EG")
    assert stories(left, right) == {frozenset("ab")}


def test_background_belongs_to_no_story():
    assert stories(coded("a", status="background")) == set()


EVENTS = st.builds(
    coded,
    event_id=st.uuids().map(str),
    title=st.sampled_from(["US lifts sanctions on Belarus", "EU adopts 18th package", "Zephyr Shipping blacklisted"]),
    action=st.sampled_from(["ease", "impose", "talks"]),
    status=st.sampled_from(["adopted", "proposed", "background"]),
    senders=st.sampled_from(["", "US", "EU", "US EU"]),
    targets=st.sampled_from(["BY", "RU", "BY RU"]),
    goods=st.sampled_from(["", "potash", "gold", "gold potash"]),
    days=st.floats(0, 20),
)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(EVENTS, max_size=12, unique_by=lambda one: one.event_id))
def test_groups_do_not_depend_on_the_order_of_arrival(data, events):
    assert group(data.draw(st.permutations(events))) == group(events)


@settings(max_examples=60, deadline=None)
@given(EVENTS, EVENTS)
def test_being_the_same_act_is_mutual(left, right):
    assert same_act(left, right) == same_act(right, left)


def test_thousands_of_reports_of_one_act_are_grouped_in_moments():
    (story,) = group([coded(f"{number:05}", goods="potash", days=number / 5000) for number in range(5000)])
    assert len(story) == 5000
