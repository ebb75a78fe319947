"""The embedded PostgreSQL: started when it is needed, shared, stopped by the last who uses it, whoever was killed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest

from sanctions_monitor.errors import StorageError
from sanctions_monitor.storage import EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLDER = """
import sys
from pathlib import Path
from sanctions_monitor.storage import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
print(server.url("postgres"), flush=True)
sys.stdin.read()
server.release()
"""


class Holder:
    """Another process that holds the server of a home."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.url = self.process.stdout.readline().strip() if self.process.stdout else ""

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> None:
        self.process.communicate(input="")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A home whose cluster is made already, since initdb takes longer than everything else here."""
    home = Path(tempfile.mkdtemp(prefix="sm-"))
    EmbeddedServer(home).release()
    yield home
    shutil.rmtree(home, ignore_errors=True)


def postmaster(home: Path) -> int | None:
    """The process id of the running server, or None."""
    file = home / "postgres" / "postmaster.pid"
    if not file.exists():
        return None
    pid = int(file.read_text().splitlines()[0])
    return pid if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE else None


@contextmanager
def running(home: Path) -> Iterator[str]:
    """The server of a home, held by us; gives its URL."""
    server = EmbeddedServer(home)
    try:
        yield server.url("postgres")
    finally:
        server.release()


def answers(url: str) -> bool:
    with psycopg.connect(url) as conn:
        return conn.execute("select 1").fetchone() == (1,)


def test_a_server_starts_in_the_home_and_answers(cluster: Path) -> None:
    with running(cluster) as url:
        assert answers(url)


def test_released_by_its_only_holder_it_stops(cluster: Path) -> None:
    EmbeddedServer(cluster).release()

    assert postmaster(cluster) is None


@pytest.mark.slow
def test_it_runs_until_the_last_of_two_processes_lets_go(cluster: Path) -> None:
    ours, other = EmbeddedServer(cluster), Holder(cluster)

    ours.release()

    assert answers(other.url)
    other.end()
    assert postmaster(cluster) is None


@pytest.mark.slow
def test_a_holder_that_was_killed_does_not_keep_it_running(cluster: Path) -> None:
    killed = Holder(cluster)
    killed.kill()

    EmbeddedServer(cluster).release()

    assert postmaster(cluster) is None


@pytest.mark.slow
def test_a_server_that_was_killed_starts_again(cluster: Path) -> None:
    holder = Holder(cluster)
    holder.kill()
    killed = psutil.Process(postmaster(cluster))
    killed.kill()
    # a server that is still dying counts as a running one
    killed.wait(10)

    with running(cluster) as url:
        assert answers(url)


def test_a_start_that_was_killed_half_way_is_no_obstacle(cluster: Path) -> None:
    (cluster / "postgres" / "postmaster.pid").write_text("999999\n/somewhere\n")

    with running(cluster) as url:
        assert answers(url)


def test_a_process_that_took_over_the_number_of_a_killed_server_is_not_taken_for_it(cluster: Path) -> None:
    somebody = psutil.Process().pid
    lines = [somebody, cluster / "postgres", 1, 5432, cluster / "postgres", "", "1 1", "ready   "]
    (cluster / "postgres" / "postmaster.pid").write_text("\n".join(map(str, lines)) + "\n")

    with running(cluster) as url:
        assert answers(url)


@pytest.mark.slow
def test_what_a_killed_first_start_left_is_cleared_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = Path(tempfile.mkdtemp(prefix="sm-"))
    half = home / "postgres-new-killed"
    half.mkdir()
    (half / "base").write_text("half a cluster")

    with running(home) as url:
        assert answers(url)
    assert not half.exists()
    shutil.rmtree(home, ignore_errors=True)


def test_a_home_that_can_not_be_made_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match="SANCTIONS_MONITOR_HOME") as error:
        EmbeddedServer(tmp_path / "file" / "home")

    assert str(tmp_path / "file" / "home") in str(error.value)
