"""Turns at a host: how many at once, how long between."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sanctions_monitor.feeds.host_turns import HostTurns


def most_at_once(turns: HostTurns, hosts: list[str]) -> int:
    """How many of these requests, all wanted at the same moment, were under way together."""
    lock, now, most = threading.Lock(), 0, 0

    def request(host: str) -> None:
        nonlocal now, most
        with turns.turn(host):
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.02)
            with lock:
                now -= 1

    with ThreadPoolExecutor(len(hosts)) as pool:
        list(pool.map(request, hosts))
    return most


@pytest.mark.parametrize("parallel", [1, 2])
def test_a_host_is_asked_by_so_many_requests_at_once(parallel: int) -> None:
    assert most_at_once(HostTurns(parallel, 0), ["post.example"] * 8) == parallel


def test_hosts_don_t_wait_for_each_other() -> None:
    assert most_at_once(HostTurns(1, 0), ["a.example", "b.example", "c.example"]) > 1


def test_the_next_request_begins_a_pause_after_the_end_of_the_last() -> None:
    turns, ends, starts = HostTurns(1, 0.05), [], []
    for _ in range(3):
        with turns.turn("post.example"):
            starts.append(time.monotonic())
            ends.append(time.monotonic())

    assert all(start - end >= 0.05 for start, end in zip(starts[1:], ends[:-1], strict=True))


def test_a_host_that_refuses_twice_has_had_enough() -> None:
    turns = HostTurns(1, 0)
    turns.refused("post.example")
    assert not turns.over("post.example")

    turns.refused("post.example")

    assert turns.over("post.example")
    assert not turns.over("other.example")
