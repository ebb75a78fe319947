"""What Airflow's processes are told: where things are, secrets, who may log in."""

from __future__ import annotations

import base64
import json
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from sanctions_monitor.settings import PREFIX, PROJECT
from sanctions_monitor.storage.connection import sqlalchemy_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanctions_monitor.settings import Settings

NOT_FOR_CHILDREN = frozenset({"admin_password"})
ADMIN = "admin"


def admin_password(settings: Settings) -> tuple[str, str]:
    """The password of `admin` and what to tell about it; made at the first start, unless it is set."""
    file = passwords_file(settings.home)
    if settings.admin_password is not None:
        given = settings.admin_password.get_secret_value()
        _write_secret(file, json.dumps({ADMIN: given}))
        return given, f"the password of {PREFIX}ADMIN_PASSWORD"
    if file.exists():
        return str(json.loads(file.read_text())[ADMIN]), f"the password in {file}"
    made = secrets.token_urlsafe(12)
    _write_secret(file, json.dumps({ADMIN: made}))
    return made, f"the password {made} (kept in {file})"


def passwords_file(home: Path) -> Path:
    """Where Airflow reads passwords from: its simple login, which is made for one machine."""
    return home / "airflow" / "passwords.json"


def environment(settings: Settings, airflow_database: str) -> dict[str, str]:
    """The environment of Airflow's processes; `settings` as they are to see them, `airflow_database` as a URL."""
    home = settings.home / "airflow"
    address = f"http://127.0.0.1:{settings.ui_port}"
    kept_back = {f"{PREFIX}{name.upper()}" for name in NOT_FOR_CHILDREN}
    inherited = {name: value for name, value in os.environ.items() if name not in kept_back}
    airflow = {
        "API__HOST": "127.0.0.1",
        "API__PORT": str(settings.ui_port),
        "API__BASE_URL": address,
        "API__SECRET_KEY": _kept_secret(home / "api.key", lambda: secrets.token_hex(32)),
        "API_AUTH__JWT_SECRET": _kept_secret(home / "jwt.key", lambda: secrets.token_hex(48)),
        "CORE__FERNET_KEY": _kept_secret(home / "fernet.key", _fernet_key),
        "CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin",
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords_file(settings.home)),
        "CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": "4",
        "CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        "DATABASE__SQL_ALCHEMY_CONN": sqlalchemy_url(airflow_database),
        "LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    return (
        inherited
        | as_variables(settings)
        | {f"AIRFLOW__{name}": value for name, value in airflow.items()}
        | {
            "AIRFLOW_HOME": str(home),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(PROJECT / "plugins"), os.environ.get("PYTHONPATH")])),
        }
    )


def as_variables(settings: Settings) -> dict[str, str]:
    """Settings as the variables they would be read from."""
    values = {name: getattr(settings, name) for name in type(settings).model_fields if name not in NOT_FOR_CHILDREN}
    return {
        f"{PREFIX}{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in values.items()
        if value is not None
    }


def _kept_secret(file: Path, make: Callable[[], str]) -> str:
    """The secret in this file, made at first. It stays, so that sessions and stored connections outlive a restart."""
    if not file.exists():
        _write_secret(file, make())
    return file.read_text()


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _write_secret(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
    part.rename(file)
