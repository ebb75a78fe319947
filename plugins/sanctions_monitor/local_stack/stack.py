"""Up and down: the order in which things start, how they are watched, and that all of it ends."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import psycopg
import typer
from pydantic import SecretStr

from sanctions_monitor.errors import SanctionsMonitorError, UserError
from sanctions_monitor.local_stack.airflow_api import AirflowApi, is_ready
from sanctions_monitor.local_stack.demo_chain import ChainError, drive
from sanctions_monitor.local_stack.environment import ADMIN, admin_password, environment
from sanctions_monitor.local_stack.processes import COMPONENTS, PATIENCE, PidFile, Processes, stop
from sanctions_monitor.recorded import EDITION, catch_mail, publish, recorded_settings
from sanctions_monitor.settings import load
from sanctions_monitor.storage import EmbeddedServer
from sanctions_monitor.storage.connection import ensure_database
from sanctions_monitor.storage.embedded import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.settings import Settings

AIRFLOW_DATABASE = "airflow"
DOWN_PATIENCE = 2 * PATIENCE + 15
"""Seconds that `down` waits: for the components, for what has to be killed, and for PostgreSQL."""


class _Asked(Exception):  # noqa: N818 - no error: somebody asked us to stop
    """Ctrl-C, or a signal to stop."""


def up(*, demo: bool) -> None:
    """Runs Airflow until it is asked to stop; with `demo`, on the recorded edition, whose chain it drives once.

    Raises UserError where the port is taken or a stack of this home runs already, and SanctionsMonitorError where a
    component dies.
    """
    settings = load()
    pid_file = PidFile(settings.home)
    if not pid_file.claim():
        raise UserError(f"It runs already (pid {pid_file.read()[0]}). Stop it by `sanctions-monitor down`.")
    _stop_leftovers(pid_file)
    _refuse_taken(settings.ui_port)
    with _asked_to_stop() as asked, ExitStack() as started:
        started.callback(pid_file.close, empty=True)
        try:
            _run(settings, pid_file, asked, started, demo=demo)
        except _Asked:
            _tell("stopping", "")
        except SanctionsMonitorError:
            _tell("stopping", "since something went wrong")
            raise
    _tell("stopped", "")


def down() -> None:
    """Stops the stack of this home, and what a killed one left behind. Raises SanctionsMonitorError if it goes on."""
    settings = load()
    pid_file = PidFile(settings.home)
    if pid_file.claim():
        if _stop_leftovers(pid_file):
            # the last handle that is given back stops the server
            EmbeddedServer(settings.home).release()
        else:
            _tell("down", "nothing runs")
        pid_file.close(empty=True)
        return
    pid, _ = pid_file.read()
    if pid is None:
        raise UserError("It is just starting. Try again in a moment.")
    os.kill(pid, signal.SIGTERM)
    _tell("down", f"asked pid {pid} to stop")
    end = time.monotonic() + DOWN_PATIENCE
    while not pid_file.claim():
        if time.monotonic() > end:
            logs = settings.home / "logs"
            raise SanctionsMonitorError(f"pid {pid} still runs after {DOWN_PATIENCE:.0f} s. Look at {logs}.")
        time.sleep(0.2)
    pid_file.close(empty=False)
    _tell("stopped", "")


def _run(settings: Settings, pid_file: PidFile, asked: threading.Event, started: ExitStack, *, demo: bool) -> None:
    begun = time.monotonic()
    pid_file.write([])
    server = EmbeddedServer(settings.home)
    started.callback(server.release)
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        ensure_database(conn, AIRFLOW_DATABASE)
        ensure_database(conn, DATABASE)
    _tell("postgresql", f"runs in {settings.home / 'postgres'}")
    if settings.database_url is None:
        settings = settings.model_copy(update={"database_url": SecretStr(server.url(DATABASE))})
    if demo:
        mails = settings.out / "demo-ui" / "mail"
        base_url = started.enter_context(publish(EDITION))
        smtp_url = started.enter_context(catch_mail(mails))
        settings = recorded_settings(settings, base_url, smtp_url, mails.parent)
    password, password_hint = admin_password(settings)
    processes = Processes(environment(settings, server.url(AIRFLOW_DATABASE)), settings.home / "logs", pid_file)
    started.callback(processes.stop)

    def pause() -> None:
        if asked.wait(0.5):
            raise _Asked
        processes.check(COMPONENTS)

    processes.start("migrate", ["db", "migrate"])
    while not processes.has_finished("migrate"):
        pause()
    _tell("database", f"of Airflow is up to date after {time.monotonic() - begun:.0f} s")
    for name, arguments in COMPONENTS.items():
        processes.start(name, arguments)
    address = f"http://127.0.0.1:{settings.ui_port}"
    _tell("components", f"{', '.join(COMPONENTS)} start; their logs lie in {settings.home / 'logs'}")
    while not is_ready(address):
        pause()
    _tell("ready", f"after {time.monotonic() - begun:.0f} s: {address}")
    _tell("", f"log in as {ADMIN} with {password_hint}")
    if demo:
        try:
            drive(AirflowApi(address, ADMIN, password), pause, _tell)
        except ChainError as problem:
            # it stays up, so that the log can be read
            _tell("failed", str(problem))
        else:
            _tell("chain", f"green after {time.monotonic() - begun:.0f} s; the mails lie in {mails}")
            _tell("", f"the DAGs: {address}/dags")
            _tell("", f"the digests: {address}/plugin/sanctions (Sanctions Monitor, on the left)")
    _tell("", "Ctrl-C stops everything")
    while True:
        pause()


def _stop_leftovers(pid_file: PidFile) -> int:
    """Ends what a stack left behind that was killed itself."""
    _, components = pid_file.read()
    number = stop(components)
    if number:
        _tell("leftovers", f"stopped {number} processes of a stack that was killed")
    return number


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise UserError(
                f"Port {port} on 127.0.0.1 can't be used ({problem.strerror}). "
                f"Set SANCTIONS_MONITOR_UI_PORT to a free one, such as {port + 1}."
            ) from None


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C, SIGTERM or a closed terminal."""
    asked = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in signals}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(what: str, how: str) -> None:
    typer.echo(f"{what:<14}{how}".rstrip())
