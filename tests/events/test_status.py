"""How real an act is: decided, proposed, refused, or told from earlier days."""

from __future__ import annotations

import pytest
from tests.events.items import code_of_sentence, item, news, said

from sanctions_monitor.events import code


@pytest.mark.parametrize(
    "headline",
    [
        "Canada lifts sanctions on Syria",
        "Canada is lifting sanctions on Syria",
        "Canada to lift sanctions on Syria, minister says",
        "Canada will lift sanctions on Syria, minister says",
    ],
)
def test_what_the_authority_says_it_does_is_adopted(headline: str):
    assert code_of_sentence(headline) == [("ease", "adopted", "CA", "SY")]


@pytest.mark.parametrize(
    "headline",
    [
        "Canada may lift sanctions on Syria",
        "Canada considers lifting sanctions on Syria",
        "Canada would lift sanctions on Syria if truce holds",
        "Canada is ready to lift sanctions on Syria",
    ],
)
def test_what_is_weighed_or_conditional_is_proposed(headline: str):
    assert code_of_sentence(headline) == [("ease", "proposed", "CA", "SY")]


@pytest.mark.parametrize(
    "headline",
    [
        "Canada refuses to lift sanctions on Syria",
        "Canada rules out lifting sanctions on Syria",
        "Canada will not lift sanctions on Syria",
    ],
)
def test_what_is_refused_is_rejected(headline: str):
    assert code_of_sentence(headline) == [("ease", "rejected", "CA", "SY")]


def test_of_an_urging_the_one_urged_is_the_sender():
    assert code_of_sentence("Ukraine urges Japan to impose sanctions on Rosatom") == [
        ("impose", "proposed", "JP", "RU")
    ]


def test_a_veto_by_a_member_is_a_refusal_of_the_body():
    assert code_of_sentence("Hungary vetoes EU sanctions on Georgia") == [("impose", "rejected", "EU", "GE")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The EU, which imposed sanctions on Belarus in 2020, welcomed the step.",
        "The EU imposed sanctions on Belarus after a disputed election in 2020.",
        "In September the United States eased sanctions on airline Belavia.",
        "The United States had imposed sanctions on Belaruskali.",
        "Since the EU imposed sanctions on Belarus, trade has moved east.",
        "Last year Britain widened its sanctions on Belarus.",
    ],
)
def test_an_act_of_earlier_days_is_background(sentence: str):
    events = code(item("Belarus marks a holiday", "", f"Minsk held a parade. {sentence}"))
    assert {event.status for event in events} <= {"background"}


def test_a_question_tells_no_act():
    assert news("Will Japan lift sanctions on Russia?") == []


def test_a_late_sentence_is_news_only_where_it_says_so():
    told = "Ministers met. They talked of fish. Later there was soup. Britain imposed sanctions on Iran on Saturday."
    assert [said(event) for event in news("A day of meetings", "", told)] == [("impose", "adopted", "GB", "IR")]


def test_what_a_summary_tells_of_a_month_long_gone_is_background():
    told = news(
        "US envoy holds first day of talks with Lukashenko in Minsk",
        "John Coale met Alexander Lukashenko on Friday. In September a visit ended with the release of 52 prisoners.",
    )
    assert [event.action for event in told] == ["talks"]
