"""New, changed or known: a pure decision."""

from __future__ import annotations

from sanctions_monitor.items.revise import Known, judge

STORED = Known(item_id="1", feed_id="post", revision=3, fingerprint="a")


def test_what_is_not_stored_is_new() -> None:
    assert judge(None, "post", "a") == "new"


def test_the_same_wording_is_known() -> None:
    assert judge(STORED, "post", "a") == "known"


def test_another_wording_in_the_items_own_feed_is_an_edit() -> None:
    assert judge(STORED, "post", "b") == "changed"


def test_another_wording_in_another_feed_is_no_edit() -> None:
    assert judge(STORED, "post_business", "b") == "known"
