"""What Airflow loads of Sanctions Monitor: the pages below /sanctions and their place in the navigation."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """The pages, imported at the first request: scheduler, workers and tasks load this file and never need them."""
    from sanctions_monitor.web import app

    await app(scope, receive, send)


async def stopping(scope: Any, receive: Any, send: Any) -> None:
    """The page that stops a reader's mails; it stands outside the login, since readers have none."""
    from sanctions_monitor.web.stopping import app

    await app(scope, receive, send)


class SanctionsMonitorPlugin(AirflowPlugin):
    """The digests inside Airflow's own frame, and once more in a tab of their own.

    Airflow's frame is sandboxed, so that links to sources can't leave it; in the tab they can.
    """

    name = "sanctions_monitor"
    fastapi_apps = [  # noqa: RUF012 - as Airflow declares it
        {"app": pages, "url_prefix": "/sanctions", "name": "Sanctions Monitor"},
        {"app": stopping, "url_prefix": "/sanctions-stop", "name": "Sanctions Monitor: stop mails"},
    ]
    external_views = [  # noqa: RUF012
        {"name": "Sanctions Monitor", "href": "/sanctions/", "url_route": "sanctions", "nav_top_level": True},
        {"name": "Sanctions Monitor (own tab)", "href": "/sanctions/", "category": "browse"},
    ]
