"""What one DAG leaves for the next: the assets that drive the chain of DAGs.

`poll_feeds` emits `items`, `code_events` emits `events`, `raise_alerts` emits `alerts`, which wakes
`daily_digest`. Their events carry counts; the data stays in PostgreSQL.
"""

from __future__ import annotations

from airflow.sdk import Asset

ITEMS = Asset(name="items", uri="sanctions-monitor://items", group="sanctions-monitor")
EVENTS = Asset(name="events", uri="sanctions-monitor://events", group="sanctions-monitor")
ALERTS = Asset(name="alerts", uri="sanctions-monitor://alerts", group="sanctions-monitor")
