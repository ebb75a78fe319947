"""Pages inside the Airflow UI, below /sanctions: the digests of all days, as they were mailed.

In: stored digests and what became of their mails, read only. Out: `app`, which Airflow mounts.
What stays true: nothing is shown without Airflow's login and leave to see the DAG `daily_digest`; whatever a feed
brought in is escaped, and a Content-Security-Policy without scripts stands behind that; a stored digest is shown
byte for byte.
"""

from sanctions_monitor.web.app import app

__all__ = ["app"]
