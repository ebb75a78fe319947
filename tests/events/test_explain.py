"""The trace of one item, as a person reads it."""

from __future__ import annotations

from tests.events.items import item

from sanctions_monitor.events import code
from sanctions_monitor.events.explain import explain


def test_a_trace_gives_names_chances_evidence_and_the_words_of_each_role():
    told = item("US lifts sanctions on Belarusian potash", "Belaruskali may sell again, the envoy said.")
    trace = explain(told)
    (event,) = code(told)
    assert "passed the gate by: " in trace
    assert "US = US" in trace
    assert "Belarusian = BY" in trace
    assert f"ease, adopted: {event.confidence:.2f}" in trace
    assert "evidence (title): US lifts sanctions on Belarusian potash" in trace
    assert "senders: US (US, " in trace
    assert "goods: potash (" in trace


def test_a_trace_names_every_event_that_the_coder_gives_out():
    told = item("EU bans Russian gold", "Moscow expels two German diplomats in reply.")
    trace = explain(told)
    for event in code(told):
        assert f"{event.action}, {event.status}: {event.confidence:.2f}" in trace


def test_a_trace_says_where_an_item_stopped():
    assert "stopped at the gate" in explain(item("Rain expected over Minsk on Sunday"))
    assert "not read: the item is in 'fr'" in explain(item("L'UE lève ses sanctions", lang="fr"))
    silenced = explain(item("Opinion: Lift the sanctions on Belarusian potash"))
    assert "silenced by" in silenced
    assert "not_events.csv" in silenced
