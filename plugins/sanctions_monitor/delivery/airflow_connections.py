"""Airflow's connections, where this process is a task of Airflow: they go before the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import SecretStr

if TYPE_CHECKING:
    from sanctions_monitor.settings import Settings

MAIL = "sanctions_monitor_smtp"


def with_airflow_mail_server(settings: Settings) -> Settings:
    """These settings with the mail server of Airflow's connection `sanctions_monitor_smtp`, where there is one."""
    found = connection(MAIL)
    if found is None or not found.host:
        return settings
    extra = found.extra_dejson
    login = ""
    if found.login:
        login = f"{quote(found.login, safe='')}:{quote(found.password or '', safe='')}@"
    # as Airflow's own SMTP hook reads them: TLS from the first byte, unless that is switched off; then STARTTLS
    scheme = "smtp" if extra.get("disable_ssl") else "smtps"
    port = f":{found.port}" if found.port else ""
    plain = "?tls=off" if extra.get("disable_ssl") and extra.get("disable_tls") else ""
    update: dict[str, Any] = {"smtp_url": SecretStr(f"{scheme}://{login}{found.host}{port}{plain}")}
    if sender := extra.get("from_email"):
        update["mail_from"] = sender
    return settings.model_copy(update=update)


def connection(name: str) -> Any:
    """Airflow's connection of this id; None where there is none, or where no Airflow is at work.

    In a task the supervisor is asked; outside, `AIRFLOW_CONN_<ID>` in the environment still counts.
    """
    if not _airflow_at_work() and f"AIRFLOW_CONN_{name.upper()}" not in os.environ:
        return None
    try:
        from airflow.sdk import Connection
        from airflow.sdk.exceptions import AirflowNotFoundException
    except ImportError:
        return None
    try:
        return Connection.get(name)
    except AirflowNotFoundException:
        return None


def _airflow_at_work() -> bool:
    return any(name in os.environ for name in ("AIRFLOW_CTX_DAG_ID", "AIRFLOW__CORE__EXECUTION_API_SERVER_URL"))
