"""The daily digest and the urgent notice: composed once, rendered as text and HTML with charts, and stored.

In: the picture of alerts at the end of a day, what earlier digests told, the cuts that readers want, the clock.
Out: stored digests (subject, text, HTML, pictures, attachments), whole and by cut.
What stays true: a stored digest is never rendered again; text and HTML tell the same; an alert that a digest told and
that no longer stands is named by the next; a fault in one alert keeps back no other; a quote is never the article.
"""

from sanctions_monitor.digests.calendar import HOUSE_EDITION, HOUSE_HOUR, bounds, due_days
from sanctions_monitor.digests.charts import Chart, exposure_chart
from sanctions_monitor.digests.compose import Correction, Digest, Expiry, alert_codes, compose, narrow
from sanctions_monitor.digests.coverage import Coverage, Gap, read_coverage
from sanctions_monitor.digests.expiries import expiries
from sanctions_monitor.digests.parts import Part, read_parts
from sanctions_monitor.digests.render import Rendered, render, render_notice
from sanctions_monitor.digests.store import StoredDigest, find, keep, keep_notice, late_alerts, withdrawn

__all__ = [
    "HOUSE_EDITION",
    "HOUSE_HOUR",
    "Chart",
    "Correction",
    "Coverage",
    "Digest",
    "Expiry",
    "Gap",
    "Part",
    "Rendered",
    "StoredDigest",
    "alert_codes",
    "bounds",
    "compose",
    "due_days",
    "expiries",
    "exposure_chart",
    "find",
    "keep",
    "keep_notice",
    "late_alerts",
    "narrow",
    "read_coverage",
    "read_parts",
    "render",
    "render_notice",
    "withdrawn",
]
