"""Sanctions Monitor: from news and official feeds to a daily digest of what changed in sanctions.

The way of the data, one room after the other; a room imports only rooms to its left:

    settings, storage <- reference <- measures <- feeds <- items <- events
        <- stories <- alerts <- digests <- exports <- web

`pipeline` alone walks through all of them; the DAGs and the command line call its steps and nothing else.
"""

__version__ = "0.1.0"
