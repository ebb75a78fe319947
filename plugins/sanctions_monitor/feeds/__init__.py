"""Polite polling: the catalogue of feeds goes in, fetched documents come out.

In: the catalogue (a CSV file; a new outlet is a line of data), what the last polls left behind, the clock.
Out: for each due feed one `Fetched`: a new document, "not changed", or the reason why there is none.
What stays true: a feed is asked once in a run; a host by one caller at a time; validators are sent back byte for
byte and stored only together with the items of the answer that brought them; no request reaches a private address;
time and size of an answer are limited; a failing feed backs off and never stops the others.
"""

from sanctions_monitor.feeds.catalogue import Feed, read_catalogue
from sanctions_monitor.feeds.conditional_get import Answer, open_session
from sanctions_monitor.feeds.poll import FeedState, Fetched, fetch
from sanctions_monitor.feeds.store import due_feeds, record_poll, sync_catalogue

__all__ = [
    "Answer",
    "Feed",
    "FeedState",
    "Fetched",
    "due_feeds",
    "fetch",
    "open_session",
    "read_catalogue",
    "record_poll",
    "sync_catalogue",
]
