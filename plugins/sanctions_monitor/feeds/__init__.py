"""Polite polling: the catalogue of feeds goes in, fetched documents come out.

In: the catalogue (a CSV file; a new outlet is a line of data), what the last polls left behind, the clock.
Out: for each due feed one `Fetched`: a new document, "not changed", or the reason why there is none; and when it is
asked again, which is a pure function (`schedule.py`) of how polls went and of what the publisher asks for.
What stays true: a feed is asked once in a run; a host by one run at a time, by as many requests as settings allow and
with a pause between them; validators are sent back byte for byte and stored only together with the items of the answer
that brought them; no request reaches a private address; time and size of an answer are limited; a password goes to
the origin it was given for and into no text; permanent moves are remembered, temporary ones never; what is gone is
left alone; a failing feed backs off and never stops the others.
"""

from sanctions_monitor.feeds.catalogue import Feed, read_catalogue
from sanctions_monitor.feeds.conditional_get import Answer, Session, get, open_session
from sanctions_monitor.feeds.health import FeedHealth, read_health
from sanctions_monitor.feeds.own_feeds import all_feeds, own_file, source_folders
from sanctions_monitor.feeds.poll import FeedState, Fetched, fetch
from sanctions_monitor.feeds.poll_round import by_host, fetch_round, host_of
from sanctions_monitor.feeds.sources import DESCRIBED
from sanctions_monitor.feeds.store import (
    claimed_hosts,
    due_feeds,
    keep_login,
    record_poll,
    record_unchanged,
    sync_catalogue,
)

__all__ = [
    "DESCRIBED",
    "Answer",
    "Feed",
    "FeedHealth",
    "FeedState",
    "Fetched",
    "Session",
    "all_feeds",
    "by_host",
    "claimed_hosts",
    "due_feeds",
    "fetch",
    "fetch_round",
    "get",
    "host_of",
    "keep_login",
    "open_session",
    "own_file",
    "read_catalogue",
    "read_health",
    "record_poll",
    "record_unchanged",
    "source_folders",
    "sync_catalogue",
]
