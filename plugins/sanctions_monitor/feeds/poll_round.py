"""A round: every due feed fetched once, hosts side by side, the feeds of a host one after the other."""

from __future__ import annotations

import ctypes
import queue
import threading
from collections import defaultdict, deque
from contextlib import suppress
from typing import TYPE_CHECKING

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.place import place_of
from sanctions_monitor.feeds.poll import fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sanctions_monitor.feeds.conditional_get import Session
    from sanctions_monitor.feeds.poll import FeedState, Fetched
    from sanctions_monitor.settings import Settings

WAITING = 1
"""Answers that may wait to be read and stored; more would only fill the memory with documents."""


def by_host(due: Iterable[FeedState]) -> dict[str, list[FeedState]]:
    """The feeds by the host that is asked for them, in their order."""
    hosts: defaultdict[str, list[FeedState]] = defaultdict(list)
    for feed in due:
        hosts[host_of(feed)].append(feed)
    return dict(hosts)


def host_of(feed: FeedState) -> str:
    """The host that is asked for a feed; "" where its address is none, which its poll will say."""
    try:
        return place_of(feed.address).host
    except FetchError:
        return ""


def fetch_round(
    session: Session, due: Iterable[FeedState], settings: Settings, clock: Callable[[], datetime]
) -> Iterator[Fetched]:
    """What each poll brought, as it comes. A host that refuses us twice (429) is left: its other feeds stay due."""
    lanes = _lanes(by_host(due), settings.host_parallel)
    if not lanes:
        return
    answers: queue.Queue[Fetched | BaseException | None] = queue.Queue(maxsize=WAITING)
    over = threading.Event()
    _share_heaps()

    def work() -> None:
        try:
            while not over.is_set():
                try:
                    host, feeds = lanes.popleft()
                except IndexError:
                    break
                _ask_lane(session, host, feeds, lambda feed: _put(fetch(session, feed, settings, clock), answers, over))
        except BaseException as problem:  # noqa: BLE001 - it is raised where the answers are read
            _put(problem, answers, over)
        _put(None, answers, over)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(min(settings.workers, len(lanes)))]
    for worker in workers:
        worker.start()
    running = len(workers)
    try:
        while running:
            answer = answers.get()
            if answer is None:
                running -= 1
            elif isinstance(answer, BaseException):
                raise answer
            else:
                yield answer
    finally:
        over.set()


def _share_heaps() -> None:
    """glibc would give each thread a heap of its own, and 2 MB for twenty that hold little more than an answer."""
    with suppress(OSError, AttributeError):
        # M_ARENA_MAX of malloc.h; other C libraries have no such option, and answer 0 or have no function
        ctypes.CDLL(None).mallopt(-8, 2)


def _lanes(hosts: dict[str, list[FeedState]], parallel: int) -> deque[tuple[str, deque[FeedState]]]:
    """Hosts with the most feeds first, since they take longest; a host as often as it may be asked at once."""
    lanes: deque[tuple[str, deque[FeedState]]] = deque()
    for host, feeds in sorted(hosts.items(), key=lambda each: -len(each[1])):
        waiting = deque(feeds)
        lanes.extend((host, waiting) for _ in range(min(parallel, len(feeds))))
    return lanes


def _ask_lane(session: Session, host: str, feeds: deque[FeedState], ask: Callable[[FeedState], bool]) -> None:
    while not session.turns.over(host):
        try:
            feed = feeds.popleft()
        except IndexError:
            break
        if not ask(feed):
            break


def _put(
    answer: Fetched | BaseException | None,
    answers: queue.Queue[Fetched | BaseException | None],
    over: threading.Event,
) -> bool:
    """Hands an answer over; false where nobody takes answers any more."""
    while not over.is_set():
        try:
            answers.put(answer, timeout=0.5)
        except queue.Full:
            continue
        return True
    return False
