"""Airflow's processes: started, watched, found again and stopped with all that came of them.

Each component leads a session of its own. Its children stay in that session even when they are handed to another
parent, as the workers of a killed scheduler are, so that the session tells what belongs to us.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from sanctions_monitor.errors import SanctionsMonitorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COMPONENTS = {
    "api-server": ["api-server"],
    # task logs are files on this machine: the UI reads them there, and no log server needs a port
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
PATIENCE = 15.0
"""Seconds that a component may take to end by itself; ending a task takes the scheduler a few."""
LOG_TAIL = 15
"""Lines of a dead component's log that are shown."""


@dataclass(frozen=True)
class Started:
    """A process we started; `began` tells it from a later one that was given the same pid."""

    name: str
    pid: int
    began: float


class PidFile:
    """`up.pid` in the home folder: locked while the stack lives, it names the processes that were started."""

    def __init__(self, home: Path) -> None:
        """Opens the file; it is neither locked nor changed yet."""
        home.mkdir(parents=True, exist_ok=True)
        self.path = home / "up.pid"
        self._file = self.path.open("a+")

    def claim(self) -> bool:
        """Locks the file for the life of this process; False where a living stack holds it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def read(self) -> tuple[int | None, list[Started]]:
        """The pid of the stack that wrote the file last, and its components."""
        self._file.seek(0)
        text = self._file.read()
        if not text.strip():
            return None, []
        record = json.loads(text)
        return record["pid"], [Started(**each) for each in record["components"]]

    def write(self, started: Iterable[Started]) -> None:
        """Names this process and its components."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps({"pid": os.getpid(), "components": [asdict(each) for each in started]}))
        self._file.flush()

    def close(self, *, empty: bool) -> None:
        """Gives the lock back; `empty` forgets the processes, once they are gone."""
        if empty:
            self._file.truncate(0)
        self._file.close()


class Processes:
    """The processes of one stack, in the order of their start."""

    def __init__(self, environment: Mapping[str, str], logs: Path, pid_file: PidFile) -> None:
        """Starts nothing yet. `logs` is the folder that gets one log a process."""
        self._environment = environment
        self._logs = logs
        self._pid_file = pid_file
        self._started: list[tuple[Started, subprocess.Popen[bytes]]] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, arguments: list[str]) -> None:
        """Starts `airflow <arguments>`."""
        with self.log(name).open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own arguments
                [sys.executable, "-m", "airflow", *arguments],
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started.append((Started(name, process.pid, psutil.Process(process.pid).create_time()), process))
        self._pid_file.write(started for started, _ in self._started)

    def log(self, name: str) -> Path:
        """The log file of a process."""
        return self._logs / f"{name}.log"

    def has_finished(self, name: str) -> bool:
        """Whether a process that ends by itself has done its work. Raises SanctionsMonitorError where it failed."""
        code = next(process.poll() for started, process in self._started if started.name == name)
        if code:
            raise self._death(name, code)
        return code is not None

    def check(self, names: Iterable[str]) -> None:
        """Raises SanctionsMonitorError, with the end of its log, for the first of these that runs no more."""
        for started, process in self._started:
            if started.name in names and (code := process.poll()) is not None:
                raise self._death(started.name, code)

    def stop(self) -> None:
        """Stops all of them and what they started."""
        stop(started for started, _ in self._started)
        for _, process in self._started:
            process.wait()

    def _death(self, name: str, code: int) -> SanctionsMonitorError:
        tail = self.log(name).read_text(errors="replace").splitlines()[-LOG_TAIL:]
        end = "\n".join(f"    {line}" for line in tail)
        return SanctionsMonitorError(f"{name} ended with exit code {code}. The end of {self.log(name)}:\n{end}")


def stop(started: Iterable[Started], patience: float = PATIENCE) -> int:
    """Asks these components to end, kills what is left of all they started; gives how many processes there were."""
    components = list(started)
    leaders = {each.pid for each in components}
    alive = living(components)
    for process in alive:
        if process.pid in leaders:
            _send(process, kill=False)
    end = time.monotonic() + patience
    while time.monotonic() < end and any(process.pid in leaders for process in living(components)):
        time.sleep(0.1)
    while rest := living(components):
        for process in rest:
            _send(process, kill=True)
        time.sleep(0.1)
    return len(alive)


def living(started: Iterable[Started]) -> list[psutil.Process]:
    """The processes in the sessions of these components that run now."""
    sessions = {each.pid for each in started if not _is_another(each)}
    found = []
    for pid in psutil.pids():
        try:
            if os.getsid(pid) in sessions and _is_ours(process := psutil.Process(pid)):
                found.append(process)
        except (OSError, psutil.Error):
            # it ended meanwhile, or is somebody else's
            continue
    return found


def _is_another(started: Started) -> bool:
    """Whether the pid was given to a new process since."""
    try:
        return abs(psutil.Process(started.pid).create_time() - started.began) > 1
    except psutil.NoSuchProcess:
        return False


def _is_ours(process: psutil.Process) -> bool:
    return process.status() != psutil.STATUS_ZOMBIE and Path(process.exe()) == Path(sys.executable).resolve()


def _send(process: psutil.Process, *, kill: bool) -> None:
    try:
        process.kill() if kill else process.terminate()
    except psutil.NoSuchProcess:
        return
