"""Which stored item an entry is, and whether it is new, changed or known: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sanctions_monitor.items import Entry
from sanctions_monitor.items.identity import identity
from sanctions_monitor.items.revise import (
    MOST_REVISIONS,
    Known,
    Settled,
    is_same_at_one_page,
    is_same_under_one_key,
    judge,
    names_of,
    settle,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGE = "https://post.example/1"
ENTRY = Entry(guid="g1", url=PAGE, title="US lifts sanctions", summary="", text=None, published=NOON)
STORED = Known("1", "post", 3, "a", ENTRY.title, ENTRY.url, ENTRY.published)
OTHER = {"url": "https://post.example/2", "title": "EU adopts a package", "published": NOON + timedelta(hours=3)}


def test_what_is_not_stored_is_new() -> None:
    assert judge(None, "post", "a") == "new"


def test_the_same_wording_is_known() -> None:
    assert judge(STORED, "post", "a") == "known"


def test_another_wording_in_the_items_own_feed_is_an_edit() -> None:
    assert judge(STORED, "post", "b") == "changed"


def test_another_wording_in_another_feed_is_no_edit() -> None:
    assert judge(STORED, "post_business", "b") == "known"


def test_an_item_that_changes_at_every_poll_is_revised_a_limited_number_of_times() -> None:
    assert judge(replace(STORED, revision=MOST_REVISIONS - 1), "post", "b") == "changed"
    assert judge(replace(STORED, revision=MOST_REVISIONS), "post", "b") == "known"


@pytest.mark.parametrize("kept", ["url", "title", "published"])
def test_under_one_guid_an_entry_is_the_same_while_page_title_or_date_is(kept: str) -> None:
    changes: dict[str, Any] = {name: value for name, value in OTHER.items() if name != kept}

    assert is_same_under_one_key(STORED, replace(ENTRY, **changes))


def test_a_guid_under_which_nothing_is_the_same_is_used_again_for_another_entry() -> None:
    assert not is_same_under_one_key(STORED, replace(ENTRY, **OTHER))


def test_of_entries_without_pages_the_guid_alone_decides() -> None:
    assert is_same_under_one_key(replace(STORED, url=None), replace(ENTRY, url=None, title="Other", published=None))


def test_another_guid_with_the_same_page_and_title_is_the_same_item() -> None:
    assert is_same_at_one_page(STORED, "post", replace(ENTRY, guid="g2", title="US  LIFTS sanctions"), shared=False)


def test_another_guid_and_title_at_the_same_page_of_one_feed_is_another_item() -> None:
    other = replace(ENTRY, guid="g2", title="EU adopts a package", published=None)

    assert not is_same_at_one_page(STORED, "post", other, shared=False)


def test_another_feeds_title_for_the_same_page_is_the_same_item() -> None:
    assert is_same_at_one_page(STORED, "post_business", replace(ENTRY, title="Sanctions lifted"), shared=False)


def test_a_page_that_several_entries_share_says_nothing_about_another_feeds_title() -> None:
    assert not is_same_at_one_page(STORED, "post_business", replace(ENTRY, title="Sanctions lifted"), shared=True)


def settled_of(entries: list[Entry], by_identity: dict[str, Known] | None = None) -> list[Settled]:
    """What becomes of the entries of a document whose keys are all new."""
    return settle("post", entries, names_of("post", entries)[0], {}, by_identity or {})


def test_an_entry_that_stands_twice_in_a_document_is_written_once() -> None:
    twice = [ENTRY, replace(ENTRY, guid="g2", summary="Longer.")]

    settled = settled_of(twice)

    assert [each.verdict for each in settled] == ["new", "known"]
    assert len({each.item_id for each in settled}) == 1


def test_entries_that_share_a_page_get_names_of_their_own() -> None:
    settled = settled_of([ENTRY, replace(ENTRY, guid="g2", title="EU adopts a package")])

    assert [each.verdict for each in settled] == ["new", "new"]
    assert len({each.item_id for each in settled}) == 2


def test_a_page_whose_name_is_taken_by_another_item_does_not_hide_an_entry() -> None:
    other = replace(ENTRY, guid="g2", title="EU adopts a package", published=None)

    (settled,) = settled_of([other], {PAGE: STORED})

    assert (settled.verdict, settled.identity) == ("new", identity("post", "g2", None))


def test_everything_that_settling_asks_for_is_looked_up() -> None:
    keys, identities = names_of("post", [ENTRY, replace(ENTRY, guid="g2", url=None)])

    assert keys == ["g1", "g2"]
    assert {PAGE, identity("post", "g1", None), identity("post", "g2", None)} <= set(identities)
