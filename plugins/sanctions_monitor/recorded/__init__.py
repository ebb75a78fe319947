"""A recorded edition and a mail catcher: the two ends of the house, on loopback, for the demo and for trying it out.

In: a folder of feed documents with its catalogue (`examples/2025-12-13/`). Out: the same documents over HTTP as a
polite publisher would serve them, and a mail server that writes what it is given to files.
What stays true: both listen on 127.0.0.1 on a port that was free, and end with the process.
"""

from sanctions_monitor.recorded.edition import EDITION, EDITION_DAY, catalogue, recorded_settings
from sanctions_monitor.recorded.mail_catcher import catch_mail
from sanctions_monitor.recorded.publisher import publish

__all__ = ["EDITION", "EDITION_DAY", "catalogue", "catch_mail", "publish", "recorded_settings"]
