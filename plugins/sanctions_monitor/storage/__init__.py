"""PostgreSQL: connections, migrations, SQL by name. It knows nothing of feeds, events or mail.

In: `SANCTIONS_MONITOR_DATABASE_URL`, or nothing, and then an embedded PostgreSQL in the home folder.
Out: psycopg connections to a migrated schema, rows as dictionaries, and `queries(room)`: the statements of
`sql/queries/<room>.sql` as functions.
What stays true: one dialect; SQL stands in .sql files and is never put together from strings; a connection is a
transaction that commits at the end of its `with` or not at all; every migration can be killed and run again.
"""

from sanctions_monitor.storage.connection import connect, migrated, server_url
from sanctions_monitor.storage.embedded import EmbeddedServer
from sanctions_monitor.storage.queries import queries

__all__ = ["EmbeddedServer", "connect", "migrated", "queries", "server_url"]
