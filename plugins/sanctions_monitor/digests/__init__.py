"""The daily digest: composed once for a day and a time zone, rendered as text and HTML, delivered once.

In: the picture of alerts at the end of the day and at its beginning, subscriptions, the clock.
Out: stored digests (subject, text, HTML), mails in an outbox, mails sent.
What stays true: a stored digest is never rendered again; a subscriber gets one mail a date, found again by its fixed
Message-ID; a mail leaves the outbox only when the server has taken it or refused it for good; an address is shown to
nobody but its owner.
"""

from sanctions_monitor.digests.calendar import HOUSE_EDITION, HOUSE_HOUR, bounds, due_days
from sanctions_monitor.digests.compose import Coverage, Digest, compose
from sanctions_monitor.digests.files import write_files
from sanctions_monitor.digests.mail import message
from sanctions_monitor.digests.outbox import Delivered, deliver, enqueue
from sanctions_monitor.digests.render import Rendered, render
from sanctions_monitor.digests.store import StoredDigest, find, keep, late_alerts, read_coverage
from sanctions_monitor.digests.subscriptions import Subscriber, read_subscriptions, sync_subscribers

__all__ = [
    "HOUSE_EDITION",
    "HOUSE_HOUR",
    "Coverage",
    "Delivered",
    "Digest",
    "Rendered",
    "StoredDigest",
    "Subscriber",
    "bounds",
    "compose",
    "deliver",
    "due_days",
    "enqueue",
    "find",
    "keep",
    "late_alerts",
    "message",
    "read_coverage",
    "read_subscriptions",
    "render",
    "sync_subscribers",
    "write_files",
]
