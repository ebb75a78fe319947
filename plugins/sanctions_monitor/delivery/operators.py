"""What operators are told: that a digest is late."""

from __future__ import annotations

from typing import Any

from sanctions_monitor.logs import get_logger

log = get_logger("delivery")


async def digest_is_late(**context: Any) -> None:
    """Airflow's deadline alert for `daily_digest`: an event in the log, and a mail where an address is set.

    It runs in the triggerer. A mail server that is away is most likely what made the digest late: then the log has it.
    """
    import asyncio

    # the scheduler gives the run as its REST interface shows it (DAGRunResponse)
    run_id = str(((context.get("context") or {}).get("dag_run") or {}).get("dag_run_id") or "unknown")
    log.error("digest_late", run=run_id)
    try:
        await asyncio.to_thread(_tell, run_id)
    except Exception as problem:  # noqa: BLE001 - the alarm itself must not fail silently
        log.error("late_digest_not_mailed", run=run_id, reason=str(problem))  # noqa: TRY400


def _tell(run_id: str) -> None:
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import parseaddr

    from sanctions_monitor.delivery.airflow_connections import with_airflow_mail_server
    from sanctions_monitor.delivery.smtp import mail_server, send
    from sanctions_monitor.settings import load

    settings = with_airflow_mail_server(load())
    if settings.operators is None or settings.smtp_url is None:
        return
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.mail_from
    mail["To"] = settings.operators
    mail["Subject"] = "Sanctions Monitor: the daily digest is late"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"The run {run_id} of the DAG daily_digest is not done in time. Its log says why.\n")
    url, patience, total = settings.smtp_url.get_secret_value(), settings.smtp_timeout, settings.smtp_total_timeout
    with mail_server(url, patience, total) as server:
        send(server, mail.as_bytes(), parseaddr(settings.mail_from)[1], settings.operators, total)
