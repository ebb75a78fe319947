"""Where a feed has moved to."""

from __future__ import annotations

import pytest

from sanctions_monitor.feeds.moves import Hop, is_gone, moved_to


def hops(*statuses: int) -> list[Hop]:
    return [Hop(status, f"https://post.example/{number}") for number, status in enumerate(statuses, 1)]


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_moves_the_address(status: int) -> None:
    assert moved_to(hops(status), 200, good_document=True) == "https://post.example/1"


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirect_never_does(status: int) -> None:
    assert moved_to(hops(status), 200, good_document=True) is None


def test_a_chain_moves_by_its_leading_run_of_permanent_hops() -> None:
    assert moved_to(hops(301, 308, 302, 301), 200, good_document=True) == "https://post.example/2"


def test_what_follows_a_temporary_hop_moves_nothing() -> None:
    assert moved_to(hops(302, 301), 200, good_document=True) is None


def test_a_site_that_sends_every_address_to_its_front_page_moves_nothing() -> None:
    assert moved_to(hops(301), 200, good_document=False) is None


@pytest.mark.parametrize("status", [403, 404])
def test_an_address_that_is_none_is_not_moved_to(status: int) -> None:
    assert moved_to(hops(301), status, good_document=False) is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_publisher_that_has_no_time_at_its_new_address_has_moved_all_the_same(status: int) -> None:
    assert moved_to(hops(301), status, good_document=False) == "https://post.example/1"


def test_no_redirect_no_move() -> None:
    assert moved_to([], 200, good_document=True) is None


@pytest.mark.parametrize("way", [(), (301,), (308, 301)])
def test_gone_is_gone_also_behind_a_permanent_redirect(way: tuple[int, ...]) -> None:
    assert is_gone(hops(*way), 410)


def test_gone_behind_a_temporary_redirect_is_said_of_another_page() -> None:
    assert not is_gone(hops(302), 410)


@pytest.mark.parametrize("status", [200, 404, 403, 500])
def test_nothing_else_is_gone(status: int) -> None:
    assert not is_gone([], status)
