"""The pages, asked as Airflow's web server would be, over a database with digests in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tests.airflow.airflow_home import airflow_home

from sanctions_monitor.local_stack.environment import as_variables
from sanctions_monitor.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi.testclient import TestClient

__all__ = ["airflow_home"]

HTML = {"Accept": "text/html"}


@pytest.fixture
def pages(airflow_home: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser without a session, at the place where Airflow mounts the pages."""
    from airflow.api_fastapi.app import create_auth_manager
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from sanctions_monitor.web import app

    for name, value in as_variables(settings).items():
        monkeypatch.setenv(name, value)
    load.cache_clear()
    create_auth_manager()
    airflow = FastAPI()
    airflow.mount("/sanctions", app)
    yield TestClient(airflow, headers=HTML, follow_redirects=False, raise_server_exceptions=False)
    app.dependency_overrides.clear()
    load.cache_clear()


@pytest.fixture
def reader(pages: TestClient) -> TestClient:
    """The browser of a user who may only look."""
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
    from airflow.api_fastapi.core_api.security import get_user

    from sanctions_monitor.web import app

    app.dependency_overrides[get_user] = lambda: SimpleAuthManagerUser(username="viewer", role="viewer")
    return pages


@pytest.fixture
def keep_digest(database_url: str) -> Callable[..., None]:
    """Stores a digest."""

    def keep(
        day: str, edition: str = "UTC", subject: str = "1 alert: US eases potash", html: str = "<p>body</p>"
    ) -> None:
        with psycopg.connect(database_url) as conn:
            conn.execute(
                """insert into digest (digest_date, edition, subject, body_text, body_html, alerts, watch, composed_at)
                values (%s, %s, %s, 'text', %s, 1, 2, now())""",
                (day, edition, subject, html),
            )

    return keep
