"""From stories to alerts: what changed, how sure that is, how much it matters, what it stands beside.

In: the reports of each story (coded events with outlet, time and link), reference tables, the ledger.
Out: `Alert`s for adopted sanctions acts, `WatchEntry`s for what is proposed or refused, diplomacy as context.
What stays true: an alert is made once a story and later reports only develop it; it carries its evidence and every
figure its source and year; what was known at a moment (`until`) can be asked for at any later time and gives the same
answer; unknown is said, never shown as zero.
"""

from sanctions_monitor.alerts.alert import Alert, ContextEntry, Development, Reason, WatchEntry
from sanctions_monitor.alerts.assemble import Picture, picture
from sanctions_monitor.alerts.report import Report, read_reports
from sanctions_monitor.alerts.store import store

__all__ = [
    "Alert",
    "ContextEntry",
    "Development",
    "Picture",
    "Reason",
    "Report",
    "WatchEntry",
    "picture",
    "read_reports",
    "store",
]
