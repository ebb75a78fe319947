"""What stands in the digest of a day, and in its subject."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_monitor.alerts import ContextEntry, Development, WatchEntry
from sanctions_monitor.digests.compose import SUBJECT_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.alerts import Alert, Report
    from sanctions_monitor.digests import Digest

    Raise = Callable[..., Alert]
    Make = Callable[..., Digest]
    Tell = Callable[..., Report]

NOON = datetime(2025, 12, 13, 12, tzinfo=UTC)
MIDNIGHT = datetime(2025, 12, 13, tzinfo=UTC)


def ids(digest: Digest) -> list[str]:
    return [alert.alert_id for alert in digest.alerts]


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (MIDNIGHT - timedelta(seconds=1), []),
        (MIDNIGHT, ["s1"]),
        (MIDNIGHT + timedelta(hours=23, minutes=59), ["s1"]),
        (MIDNIGHT + timedelta(days=1), []),
    ],
)
def test_an_alert_stands_on_the_day_of_its_first_report(
    moment: datetime, shown: list[str], raise_alert: Raise, make_digest: Make
) -> None:
    assert ids(make_digest(raise_alert(dated_at=moment))) == shown


def test_the_day_is_that_of_the_zone(raise_alert: Raise, make_digest: Make) -> None:
    evening_before = raise_alert(dated_at=MIDNIGHT - timedelta(hours=1))

    assert ids(make_digest(evening_before, zone="Europe/Minsk")) == ["s1"]


def test_an_alert_that_was_seen_too_late_for_its_own_day_stands_on_the_next(
    raise_alert: Raise, make_digest: Make
) -> None:
    old = raise_alert(dated_at=MIDNIGHT - timedelta(hours=5))

    assert ids(make_digest(old, late=("s1",))) == ["s1"]


def followed(raise_alert: Raise, tell: Tell, minutes: int) -> Alert:
    step = Development("outlet", tell("Gazette", minutes), "Gazette reports it too")
    return raise_alert(dated_at=MIDNIGHT - timedelta(days=1), developments=(step,))


def test_what_happened_to_an_earlier_alert_stands_under_developments(
    raise_alert: Raise, make_digest: Make, tell: Tell
) -> None:
    digest = make_digest(followed(raise_alert, tell, 0))

    assert ids(digest) == []
    assert [step.note for each in digest.followed for step in each.steps] == ["Gazette reports it too"]


def test_a_development_of_another_day_does_not(raise_alert: Raise, make_digest: Make, tell: Tell) -> None:
    assert make_digest(followed(raise_alert, tell, 24 * 60)).followed == ()


def test_diplomacy_that_stands_with_an_alert_is_not_told_twice(
    raise_alert: Raise, make_digest: Make, tell: Tell
) -> None:
    release = ContextEntry("s5", "Belarus frees prisoners", tell("Gazette", 5), 1)

    assert make_digest(raise_alert(context=(release,)), context=(release,)).context == ()
    assert make_digest(context=(release,)).context == (release,)


def watched(tell: Tell) -> WatchEntry:
    return WatchEntry("s2", "Proposed: EU to impose sanctions on Russia", "proposed", NOON, tell(), 1)


def test_the_subject_without_anything(make_digest: Make) -> None:
    assert make_digest().subject == "No alerts: no change of sanctions was reported"


def test_the_subject_of_one_alert(raise_alert: Raise, make_digest: Make) -> None:
    assert make_digest(raise_alert()).subject == "1 alert: US eases potash sanctions on Belarus"


def test_the_subject_of_three_alerts(raise_alert: Raise, make_digest: Make) -> None:
    digest = make_digest(*(raise_alert(f"EU imposes sanctions on {where}") for where in ("A", "B", "C")))

    assert digest.subject == (
        "3 alerts: EU imposes sanctions on A; EU imposes sanctions on B; EU imposes sanctions on C"
    )


def test_the_subject_of_developments_only(raise_alert: Raise, make_digest: Make, tell: Tell) -> None:
    assert make_digest(followed(raise_alert, tell, 0)).subject == "No new alert, 1 development: Gazette reports it too"


def test_the_subject_of_a_watch_list_only(make_digest: Make, tell: Tell) -> None:
    subject = make_digest(watch=(watched(tell),)).subject

    assert subject == "No alerts, 1 on watch: Proposed: EU to impose sanctions on Russia"


def test_headlines_that_do_not_fit_are_marked(raise_alert: Raise, make_digest: Make) -> None:
    subject = make_digest(*(raise_alert(f"{'x' * 50} {number}") for number in range(4))).subject

    assert subject == f"4 alerts: {'x' * 50} 0; {'x' * 50} 1; …"


@settings(deadline=None)
@given(headlines=st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=5))
def test_a_subject_is_one_line_of_at_most_its_length(
    raise_alert: Raise, make_digest: Make, headlines: list[str]
) -> None:
    subject = make_digest(*map(raise_alert, headlines)).subject

    assert len(subject) <= SUBJECT_LENGTH
    assert len(subject.splitlines()) == 1
