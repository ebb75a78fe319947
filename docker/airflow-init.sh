#!/usr/bin/env bash
# Brings both databases up to date and sees to the accounts. Safe to run again: it changes only what is missing.
set -euo pipefail

: "${AIRFLOW_ADMIN_PASSWORD:?is empty: set it to the password of the first administrator}"

airflow db migrate
airflow users create --username "${AIRFLOW_ADMIN_USER:-admin}" --password "${AIRFLOW_ADMIN_PASSWORD}" \
    --role Admin --firstname Sanctions --lastname Monitor --email "${AIRFLOW_ADMIN_EMAIL:-admin@sanctions-monitor.invalid}"
# Without this, the web UI hides our pages from everybody below Op: it asks for the list of plugins to build its menu.
airflow roles add-perms Viewer User --action can_read --resource Plugins

# our own schema, so that a database that can't be reached or migrated is seen here and not in the first task
python - <<'PYTHON'
from sanctions_monitor import settings, storage

storage.migrated(settings.load())
PYTHON
