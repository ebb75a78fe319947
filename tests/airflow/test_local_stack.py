"""The local stack without Airflow: secrets, ports, and processes that are found again and stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import psutil
import pytest

from sanctions_monitor import local_stack
from sanctions_monitor.errors import SanctionsMonitorError, UserError
from sanctions_monitor.local_stack import environment, processes
from sanctions_monitor.local_stack.airflow_api import AirflowApi
from sanctions_monitor.settings import Settings, load

# it does not listen to SIGTERM, as Airflow's idle workers do not
WORKER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
COMPONENT = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {WORKER!r}]); time.sleep(600)"


@pytest.fixture
def component():
    """A component with its worker, in a session of its own."""
    leader = subprocess.Popen([sys.executable, "-c", COMPONENT], stdout=subprocess.PIPE, start_new_session=True)
    leader.known = processes.Started("component", leader.pid, psutil.Process(leader.pid).create_time())
    assert leader.stdout.readline() == b"up\n"
    yield leader
    leader.stdout.close()
    processes.stop([leader.known], patience=0)
    leader.wait()


def test_a_component_is_stopped_with_its_workers_deaf_to_sigterm(component):
    assert processes.stop([component.known]) == 2
    assert component.wait() == -signal.SIGTERM
    assert processes.living([component.known]) == []


def test_the_worker_of_a_killed_component_is_found_by_its_session(component):
    component.kill()
    component.wait()
    assert len(processes.living([component.known])) == 1
    assert processes.stop([component.known]) == 1
    assert processes.living([component.known]) == []


def test_a_later_process_with_the_same_pid_is_left_alone(component):
    earlier = processes.Started("component", component.pid, began=component.known.began - 60)
    assert processes.stop([earlier]) == 0
    assert component.poll() is None


def watch(stack: processes.Processes, name: str) -> None:
    """Looks at a component for as long as it runs."""
    while True:
        stack.check([name])
        time.sleep(0.05)


def test_a_dead_component_is_told_with_the_end_of_its_log(tmp_path):
    pid_file = processes.PidFile(tmp_path)
    stack = processes.Processes(os.environ | {"AIRFLOW_HOME": str(tmp_path)}, tmp_path / "logs", pid_file)
    stack.start("scheduler", ["no-such-command"])
    with pytest.raises(SanctionsMonitorError, match="scheduler ended with exit code 2") as death:
        watch(stack, "scheduler")
    last_line = stack.log("scheduler").read_text().splitlines()[-1]
    assert last_line.strip()
    assert str(death.value).endswith(last_line)


def test_one_stack_a_home(tmp_path):
    first, second = processes.PidFile(tmp_path), processes.PidFile(tmp_path)
    assert first.claim()
    first.write([processes.Started("scheduler", 42, 1.5)])
    assert not second.claim()
    assert second.read() == (os.getpid(), [processes.Started("scheduler", 42, 1.5)])
    first.close(empty=True)
    assert second.claim()
    assert second.read() == (None, [])
    second.close(empty=True)


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SANCTIONS_MONITOR_HOME", str(tmp_path))
    load.cache_clear()
    yield tmp_path
    load.cache_clear()


def test_down_with_nothing_up_says_so(own_home, capsys):
    local_stack.down()
    assert "nothing runs" in capsys.readouterr().out


def test_a_port_that_is_taken_is_one_clear_line(own_home, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("SANCTIONS_MONITOR_UI_PORT", str(port))
        load.cache_clear()
        with pytest.raises(UserError, match=f"^Port {port} .* Set SANCTIONS_MONITOR_UI_PORT to a free one"):
            local_stack.up(demo=False)


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80.5"])
def test_what_is_no_port_is_refused(own_home, monkeypatch, text):
    monkeypatch.setenv("SANCTIONS_MONITOR_UI_PORT", text)
    load.cache_clear()
    with pytest.raises(UserError, match=f"SANCTIONS_MONITOR_UI_PORT='{text}'"):
        local_stack.up(demo=False)


def test_the_password_is_made_once_shown_once_and_kept_from_others(tmp_path):
    made, shown = environment.admin_password(Settings(home=tmp_path))
    again, later = environment.admin_password(Settings(home=tmp_path))
    file = environment.passwords_file(tmp_path)
    assert again == made
    assert made in shown
    assert made not in later
    assert str(file) in later
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_given_password_is_used_and_reaches_no_child(tmp_path, monkeypatch):
    environment.admin_password(Settings(home=tmp_path))
    monkeypatch.setenv("SANCTIONS_MONITOR_ADMIN_PASSWORD", "given")
    settings = Settings(home=tmp_path)
    password, shown = environment.admin_password(settings)
    assert password == "given"
    assert "given" not in shown
    assert json.loads(environment.passwords_file(tmp_path).read_text()) == {"admin": "given"}
    told = environment.environment(settings, "postgresql://postgres:@/airflow?host=/x")
    assert "given" not in told.values()


def test_secrets_outlive_a_restart_and_all_addresses_follow_the_port(tmp_path):
    first, second = (
        environment.environment(Settings(home=tmp_path, ui_port=port), "postgresql://postgres:@/airflow?host=/x")
        for port in (8080, 9090)
    )
    for name in ("AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__CORE__FERNET_KEY"):
        assert first[name] == second[name]
    assert second["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert second["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:9090"
    assert second["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:9090/execution/"


def test_children_read_the_settings_they_are_given(tmp_path, monkeypatch):
    given = Settings(
        home=tmp_path, allowed_private="127.0.0.1:8500", host_pause=0.0, database_url="postgresql://u:secret@h/n"
    )
    for name, value in environment.as_variables(given).items():
        monkeypatch.setenv(name, value)
    assert Settings() == given


class Airflow(BaseHTTPRequestHandler):
    """Answers as Airflow does: 500 for asset events while the run that they woke has not started, 404 for others."""

    asked = 0

    def do_POST(self):
        self.answer(201, {"access_token": "x"})

    def do_GET(self):
        type(self).asked += 1
        if "assets/events" not in self.path:
            self.answer(404, {"detail": "not found"})
        elif self.asked < 3:
            self.answer(500, {"detail": "start_date is None"})
        else:
            self.answer(200, {"asset_events": [{"created_dagruns": [{"dag_id": "code_events", "run_id": "one"}]}]})

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def test_a_woken_run_that_waits_to_start_is_asked_for_again():
    with HTTPServer(("127.0.0.1", 0), Airflow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        api = AirflowApi(f"http://127.0.0.1:{server.server_port}", "admin", "x")
        assert api.woken_by("poll_feeds", "manual") == {"code_events": "one"}
        with pytest.raises(SanctionsMonitorError, match="404"):
            api.state("daily_digest", "none")
        assert Airflow.asked == 4
        server.shutdown()
