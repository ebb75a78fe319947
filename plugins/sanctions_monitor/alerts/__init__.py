"""From stories to alerts: what changed, how sure that is, how much it matters, what it stands beside.

In: the reports of each story (coded events with outlet, time and link), reference tables, the ledger, earlier acts.
Out: `Alert`s for adopted sanctions acts, `WatchEntry`s for what is proposed or refused, diplomacy as context, alerts
that were withdrawn; and the `Change`s that alerts bring to the ledger (`read_changes`).
What stays true: an alert is made once a story and later reports only develop it; it carries its evidence and every
figure its source, year and licence; what was known at a moment (`until`) can be asked for at any later time and gives
the same answer; unknown is said, never shown as zero. docs/alerts.md tells the rules.
"""

from sanctions_monitor.alerts.alert import (
    Alert,
    Buyer,
    Confirmation,
    ContextEntry,
    Cover,
    Development,
    Figure,
    Reason,
    WatchEntry,
    Withdrawn,
)
from sanctions_monitor.alerts.assemble import Picture, picture
from sanctions_monitor.alerts.changes import read_changes
from sanctions_monitor.alerts.joins import Exposure, Key, expose
from sanctions_monitor.alerts.links import MEMORY as LINK_MEMORY
from sanctions_monitor.alerts.links import Act, Link
from sanctions_monitor.alerts.report import Report, read_acts, read_reports
from sanctions_monitor.alerts.store import store
from sanctions_monitor.alerts.watchlist import WatchList, read_watch_list

__all__ = [
    "LINK_MEMORY",
    "Act",
    "Alert",
    "Buyer",
    "Confirmation",
    "ContextEntry",
    "Cover",
    "Development",
    "Exposure",
    "Figure",
    "Key",
    "Link",
    "Picture",
    "Reason",
    "Report",
    "WatchEntry",
    "WatchList",
    "Withdrawn",
    "expose",
    "picture",
    "read_acts",
    "read_changes",
    "read_reports",
    "read_watch_list",
    "store",
]
