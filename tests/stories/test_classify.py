"""Records in, records out: what the command line's `classify` does with a batch."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_monitor.errors import UserError
from sanctions_monitor.stories import classify, read_records
from sanctions_monitor.stories.masking import masked


def record(title: str, summary: str = "", **more) -> dict:
    found = {"id": title, "title": title, "summary": summary, "published": "2025-12-13T15:00:00Z"}
    return {**found, "source": "Harbour Post", "url": "https://example.org", "lang": "en", **more}


def test_one_record_comes_out_for_each_that_goes_in_in_the_same_order():
    given_ = [record("Fog in Minsk"), record("US lifts sanctions on Belarus"), record("Fog again")]
    assert [one["id"] for one in classify(given_)] == [one["id"] for one in given_]


def test_an_event_has_the_fields_of_the_codebook():
    (said,) = classify([record("US lifts sanctions on Belarusian potash")])
    (event,) = said["events"]
    assert {name: event[name] for name in ("family", "action", "status", "senders", "targets", "commodities")} == {
        "family": "sanctions",
        "action": "ease",
        "status": "adopted",
        "senders": ["US"],
        "targets": ["BY"],
        "commodities": ["potash"],
    }


def test_the_story_has_a_readable_name():
    (said,) = classify([record("US lifts sanctions on Belarusian potash")])
    assert said["story"] == said["events"][0]["story"] == "us-ease-by-potash-2025-12-13"


def test_an_item_belongs_to_the_story_of_its_sanctions_act():
    (said,) = classify([record("Minsk frees 123 prisoners as US lifts potash sanctions on Belarus")])
    assert said["story"] == "us-ease-by-potash-2025-12-13"


def test_an_item_without_events_has_no_story():
    assert list(classify([record("Fog in Minsk")])) == [{"id": "Fog in Minsk", "events": [], "story": None}]


def test_two_stories_of_one_name_are_told_apart():
    titles = ("EU imposes 18th package of sanctions on Russia", "EU imposes 19th package of sanctions on Russia")
    names = [said["story"] for said in classify([record(title) for title in titles])]
    assert names == ["eu-impose-ru-2025-12-13", "eu-impose-ru-2025-12-13-2"]


def test_a_record_without_a_date_is_classified_too():
    (said,) = classify([record("US lifts sanctions on Belarus", published=None)])
    assert said["story"] == "us-ease-by-undated"


def test_offsets_count_in_a_field_with_markup():
    summary = "<p>Fog &amp; rain.</p><p>The <b>US</b> lifts sanctions on Belarus&#8217;s potash.</p>"
    (said,) = classify([record("Notes from Minsk", summary)])
    (event,) = said["events"]
    evidence = event["evidence"]
    assert summary[evidence["start"] : evidence["end"]] == evidence["text"]
    assert "lifts sanctions" in evidence["text"]


def test_a_script_is_not_read():
    (said,) = classify([record("Fog", "<script>US lifts sanctions on Belarus</script>Rain.")])
    assert said["events"] == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/pscriptyle&#;amp39 \nab!", max_size=80))
def test_masking_moves_no_letter(field: str):
    blanked = masked(field)
    assert len(blanked) == len(field)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{not json", "line 2: no JSON"),
        ("[1]", "line 2: list instead of an object"),
        ('{"title": "no id"}', 'line 2: "id" is None'),
        ('{"id": "1", "title": 5}', 'line 2: "title" is 5'),
        ('{"id": "1", "published": "yesterday"}', "line 2: \"published\" is 'yesterday'"),
        ('{"id": "1", "published": "2025-12-13T10:00:00"}', "names no time zone"),
    ],
)
def test_a_bad_line_is_named_with_its_problem(line: str, problem: str):
    with pytest.raises(UserError) as caught:
        list(read_records([json.dumps(record("Fog")), line]))
    assert problem in str(caught.value)


def test_blank_lines_are_left_out():
    assert len(list(read_records(["", json.dumps(record("Fog")), "\n"]))) == 1
