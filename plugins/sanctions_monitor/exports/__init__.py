"""Files that analysts load: the alerts, events and items of a day as CSV.

In: the digest of a day, the database. Out: `alerts.csv`, `events.csv`, `items.csv`.
What stays true: UTF-8, RFC 4180, a stable order of columns and rows, ISO dates in UTC, lists joined by "|"; no cell
can become a formula; a full text of others is never exported; a file is whole or not there.
"""

from sanctions_monitor.exports.csv_files import write_csv
from sanctions_monitor.exports.day import ALERT_COLUMNS, EVENT_COLUMNS, ITEM_COLUMNS, export_day

__all__ = ["ALERT_COLUMNS", "EVENT_COLUMNS", "ITEM_COLUMNS", "export_day", "write_csv"]
