"""Who gets what: subscribers as lines of a file or made by commands, and the choice that each of them made.

In: a CSV file, commands, the reader's own "stop". Out: `Subscriber`s, checked when they are read, and for each the
`Cut` of the edition that he wants to see.
What stays true: a wrong line is named with file, line, column and value, and changes nothing; whoever stopped his mails
stays stopped, whatever the file says; subscribers of the same wishes share one cut.
"""

from sanctions_monitor.subscriptions.cut import WHOLE, Codes, Cut, cut_of
from sanctions_monitor.subscriptions.file import read_subscriptions, read_subscriptions_text
from sanctions_monitor.subscriptions.store import (
    Listed,
    add,
    find,
    listed,
    pause,
    remove,
    resume,
    subscribers,
    sync_subscribers,
)
from sanctions_monitor.subscriptions.subscriber import SEVERITIES, Subscriber, first_fault

__all__ = [
    "SEVERITIES",
    "WHOLE",
    "Codes",
    "Cut",
    "Listed",
    "Subscriber",
    "add",
    "cut_of",
    "find",
    "first_fault",
    "listed",
    "pause",
    "read_subscriptions",
    "read_subscriptions_text",
    "remove",
    "resume",
    "subscribers",
    "sync_subscribers",
]
