"""Files that analysts load: tables as CSV, Parquet, JSON Lines or Excel; feeds of alerts; a calendar of what ends.

In: the digest of a day or any span, the database. Out: one file a table with a `datapackage.json`, in a folder or an
object store; `alerts.atom`, `alerts.json`, `expiries.ics`.
What stays true: UTF-8, a stable order of columns and rows, ISO dates in UTC, lists joined by "|"; no cell can become a
formula; a full text of others is never exported; a file is whole or not there; a million rows need no more memory than
a thousand.
"""

from sanctions_monitor.exports.csv_text import write_rows
from sanctions_monitor.exports.feeds_out import atom, calendar, json_feed
from sanctions_monitor.exports.places import whole_file
from sanctions_monitor.exports.rows import alert_rows
from sanctions_monitor.exports.tables import export_tables
from sanctions_monitor.exports.writing import Format, Span, alerts_csv, needs_alerts, write_tables

__all__ = [
    "Format",
    "Span",
    "alert_rows",
    "alerts_csv",
    "atom",
    "calendar",
    "export_tables",
    "json_feed",
    "needs_alerts",
    "whole_file",
    "write_rows",
    "write_tables",
]
