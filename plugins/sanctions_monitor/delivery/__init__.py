"""From stored digests to readers: the outbox, mails, notices to programs, and the address that stops them.

In: stored digests, subscribers, the clock. Out: mails over SMTP, JSON over HTTPS, messages to Slack.
What stays true: one row a subscriber, edition and channel, found again by its fixed Message-ID; a row leaves the outbox
only when its server has taken it or refused it for good, and the dead stay listed; whatever is killed when, nobody is
left out; an address is shown to nobody but its owner.
"""

from sanctions_monitor.delivery.files import write_files
from sanctions_monitor.delivery.letters import Letter, letters, send_again, show
from sanctions_monitor.delivery.outbox import Wanted, deliver, enqueue
from sanctions_monitor.delivery.unsubscribe import signing_key, stop_url, subscriber_of

__all__ = [
    "Letter",
    "Wanted",
    "deliver",
    "enqueue",
    "letters",
    "send_again",
    "show",
    "signing_key",
    "stop_url",
    "subscriber_of",
    "write_files",
]
