"""Airflow inside the test process: its settings, made before anything imports it, and its own empty database.

Airflow reads its settings from the environment when it is imported and for ever after. So it is imported inside of
fixtures and tests only, all of which ask for `airflow_home` first, and it has one home for the whole run.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from sanctions_monitor.settings import PROJECT
from sanctions_monitor.storage.connection import ensure_database, sqlalchemy_url

if TYPE_CHECKING:
    from sanctions_monitor.storage import EmbeddedServer

DATABASE = "airflow"


@cache
def set_up(server: EmbeddedServer) -> Path:
    """Makes Airflow's home and the settings of this process that lead to it; once a process."""
    home = Path(tempfile.mkdtemp(prefix="sm-airflow-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        ensure_database(conn, DATABASE)
    os.environ |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(home / "no-plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin,viewer:viewer",
        "AIRFLOW__API_AUTH__JWT_SECRET": "of-this-test-run-only-" * 4,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": sqlalchemy_url(server.url(DATABASE)),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    return home


@pytest.fixture(scope="session")
def airflow_home(server: EmbeddedServer) -> Path:
    """The folder of Airflow's home; from here on it may be imported."""
    return set_up(server)


@cache
def _migrate(home: Path) -> None:
    from airflow.utils import db

    db.initdb()


@pytest.fixture(scope="session")
def airflow_database(airflow_home: Path) -> None:
    """Airflow's own tables."""
    _migrate(airflow_home)


def read_dags() -> Any:
    """Our DAG files, read as Airflow's own processor reads them: their folder is on the path."""
    from airflow.dag_processing.dagbag import BundleDagBag

    return BundleDagBag(PROJECT / "dags", bundle_path=PROJECT / "dags", bundle_name="dags-folder")
