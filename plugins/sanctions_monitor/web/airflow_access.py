"""Who may see our pages: whom Airflow knows and lets see the runs of `daily_digest`.

Airflow does not guard the pages of plugins: that is theirs to do. Everything that we take from its web server is
imported here and nowhere else, since it may move between versions.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser  # noqa: TC002 - FastAPI reads it at run time
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.api_fastapi.core_api.security import get_user
from fastapi import Depends, HTTPException, Request

DAG = "daily_digest"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def may_read(user: Annotated[BaseUser, Depends(get_user)]) -> None:
    """Raises 401 for a stranger and 403 for a user who may not see the runs of our DAG."""
    allowed = get_auth_manager().is_authorized_dag(
        method="GET", access_entity=DagAccessEntity.RUN, details=DagDetails(id=DAG), user=user
    )
    if not allowed:
        raise HTTPException(403, "Forbidden")


def same_origin(request: Request) -> None:
    """Raises 403 for a change that another site sends by the browser of somebody who is logged in.

    Airflow checks no origin, and its cookie alone is not proof of intent; a bearer token is.
    """
    if request.method in SAFE_METHODS or "authorization" in request.headers:
        return
    sender = request.headers.get("origin") or request.headers.get("referer") or ""
    if urlsplit(sender).netloc != request.headers.get("host"):
        raise HTTPException(403, "Forbidden")


def login_address(back_to: str) -> str:
    """Airflow's login page, which leads back to this path of the same server."""
    return str(get_auth_manager().get_url_login(next_url=back_to))


GUARDS = [Depends(may_read), Depends(same_origin)]
"""Dependencies of the whole application."""
