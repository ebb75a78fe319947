"""An outlet edits its item: the alert is weighed again, says so, and is withdrawn where nobody tells it any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.alerts import Picture, Report

    Tell = Callable[..., Report]
    See = Callable[..., Picture]

FIRST = datetime(2025, 12, 13, 15, 0, tzinfo=UTC)
EDITED = FIRST + timedelta(hours=5)
NEXT_DAY = FIRST + timedelta(days=1)


def test_an_edit_that_no_longer_tells_the_act_withdraws_the_alert(tell: Tell, see: See) -> None:
    old = tell("Post", item_id="i1", replaced_at=EDITED)

    (gone,) = see([old], until=NEXT_DAY).withdrawn

    assert see([old], until=NEXT_DAY).alerts == ()
    assert (gone.alert_id, gone.at, gone.headline) == ("s1", EDITED, "US eases potash sanctions on Belarus")
    assert gone.note == "Withdrawn: Post has edited its report, and nobody tells it any more"


def test_before_the_edit_the_alert_stands_as_it_was(tell: Tell, see: See) -> None:
    old = tell("Post", item_id="i1", replaced_at=EDITED)

    seen = see([old], until=EDITED)

    assert len(seen.alerts) == 1
    assert seen.withdrawn == ()


def test_others_who_still_tell_it_keep_the_alert_with_a_correction(tell: Tell, see: See) -> None:
    old = tell("Post", item_id="i1", replaced_at=EDITED)

    (alert,) = see([old, tell("Gazette", 30)], until=NEXT_DAY).alerts

    (step,) = [step for step in alert.developments if step.kind == "correction"]
    assert step.note == "Correction: Post has edited its report, which no longer says so"
    assert step.moment == EDITED
    assert alert.outlets == 1


def test_an_edit_that_changes_the_goods_changes_the_alert_and_says_so(tell: Tell, see: See) -> None:
    old = tell("Post", item_id="i1", replaced_at=EDITED)
    new = tell("Post", item_id="i1", event_id="new", commodities=("gold",))

    (alert,) = see([old, new], until=NEXT_DAY).alerts

    assert alert.commodities == ("gold",)
    (step,) = [step for step in alert.developments if step.kind == "correction"]
    assert step.note == "Correction: Post has edited its report; changed: the goods"


def test_an_edit_from_adopted_to_proposed_withdraws_the_alert_and_watches(tell: Tell, see: See) -> None:
    old = tell("Post", item_id="i1", replaced_at=EDITED)
    new = tell("Post", item_id="i1", event_id="new", status="proposed")

    seen = see([old, new], until=NEXT_DAY)

    assert [gone.alert_id for gone in seen.withdrawn] == ["s1"]
    assert [entry.status for entry in seen.watch] == ["proposed"]


def test_an_edit_of_the_wording_alone_is_no_correction(tell: Tell, see: See) -> None:
    old = tell("Post", item_id="i1", replaced_at=EDITED)
    new = tell("Post", item_id="i1", event_id="new", quote="The US is lifting them.")

    (alert,) = see([old, new], until=NEXT_DAY).alerts

    assert alert.developments == ()
