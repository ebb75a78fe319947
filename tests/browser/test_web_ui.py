"""What a newcomer does after `sanctions-monitor up --demo`: log in, find the digest, read it, stop it all."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg
import pytest
import requests
from tests.journeys.conftest import Terminal

from sanctions_monitor.local_stack.airflow_api import AirflowApi
from sanctions_monitor.local_stack.stack import AIRFLOW_DATABASE
from sanctions_monitor.recorded import EDITION_DAY
from sanctions_monitor.storage.embedded import DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
PASSWORD = "of this test only"
OPERATORS = "operators@example.org"
PATIENCE = 300

pytestmark = [
    pytest.mark.browser,
    pytest.mark.airflow,
    pytest.mark.slow,
    pytest.mark.timeout(2 * PATIENCE),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: `apt-get install chromium`"),
]


class Stack:
    """A running `up --demo` in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        settings = {
            "HOME": home / "var",
            "OUT": home / "out",
            "UI_PORT": port,
            "ADMIN_PASSWORD": PASSWORD,
            "OPERATORS": OPERATORS,
        }
        self.mails = home / "out" / "demo-ui" / "mail"
        self.process = Terminal({name: str(value) for name, value in settings.items()}, home).start("up", "--demo")
        self.output: list[str] = []

    def read_until(self, word: str) -> None:
        """Reads what it prints up to the line that begins with this word."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.output.append(line)
            if line.startswith(word):
                return
        pytest.fail(f"it ended before {word!r}:\n" + "".join(self.output))

    def processes(self) -> list[psutil.Process]:
        """All that it has started: its children, and the PostgreSQL of its home."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        servers = [each for each in psutil.process_iter() if str(self.home) in " ".join(_command(each))]
        return children + [each for each in servers if each.pid != self.process.pid]

    def database(self, name: str) -> psycopg.Connection:
        return psycopg.connect(f"postgresql://postgres@/{name}?host={self.home / 'var' / 'postgres'}")

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    # a socket's path must be short: not below pytest's own folders
    home = Path(tempfile.mkdtemp(prefix="sm-ui-"))
    running = Stack(home)
    try:
        running.read_until("chain")
        yield running
    finally:
        running.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def page(stack) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(60_000)
        yield page
        browser.close()


def log_in(page: Page, stack: Stack) -> None:
    page.goto(stack.address)
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/auth/" not in url)


def test_the_chain_of_four_is_green(page, stack):
    assert [line.split()[:2] for line in stack.output if "green" in line][:4] == [
        ["poll_feeds", "green"],
        ["code_events", "green,"],
        ["raise_alerts", "green,"],
        ["daily_digest", "green,"],
    ]
    assert list(stack.mails.glob("*.eml"))
    log_in(page, stack)
    page.goto(f"{stack.address}/dags")
    for name in ("poll_feeds", "code_events", "raise_alerts", "daily_digest"):
        page.get_by_role("link", name=name, exact=True).wait_for()


def test_the_digest_of_the_day_is_found_in_the_navigation_and_read(page, stack):
    log_in(page, stack)
    page.get_by_text("Sanctions Monitor", exact=True).click()
    frame = page.frame_locator("iframe[title='Sanctions Monitor']")
    assert frame.locator("h1").inner_text() == "Sanctions Monitor"

    link = frame.locator(f"a[href$='/{EDITION_DAY}/UTC']")
    subject = link.inner_text()
    link.click()

    digest = frame.frame_locator("iframe")
    assert digest.locator("h1").inner_text() == subject
    assert "US eases potash sanctions on Belarus" in subject
    frame.get_by_role("link", name="All digests").click()
    assert frame.locator(f"a[href$='/{EDITION_DAY}/UTC']").inner_text() == subject


def test_the_digest_fits_a_telephone_and_its_links_lead_to_the_sources(page, stack):
    log_in(page, stack)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in ("/sanctions/", f"/sanctions/digests/{EDITION_DAY}/UTC", f"/sanctions/read/{EDITION_DAY}/UTC"):
        page.goto(stack.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, address
    page.route("**/*.example/**", lambda route: route.fulfill(body="the article"))
    page.goto(f"{stack.address}/sanctions/digests/{EDITION_DAY}/UTC")
    page.locator("blockquote a").first.click()
    assert page.inner_text("body") == "the article"
    page.go_back()
    assert page.url.endswith(f"/{EDITION_DAY}/UTC")


def test_a_stranger_gets_nothing(page, stack):
    for address in ("/sanctions/", f"/sanctions/digests/{EDITION_DAY}/UTC"):
        answer = requests.get(stack.address + address, timeout=10)
        assert answer.status_code == 401
        assert "Belarus" not in answer.text
    page.goto(f"{stack.address}/sanctions/digests/{EDITION_DAY}/UTC")
    assert "/auth/login" in page.url


def test_a_second_stack_of_the_same_home_is_refused_in_one_line(stack):
    second = Terminal({"HOME": str(stack.home / "var"), "OUT": str(stack.home / "out")}, stack.home).run("up")
    assert second.returncode == 1
    assert second.stderr == f"error: It runs already (pid {stack.process.pid}). Stop it by `sanctions-monitor down`.\n"


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.5)


def test_a_run_of_the_digest_that_is_late_is_told_to_the_operators(stack):
    airflow = AirflowApi(stack.address, "admin", PASSWORD)

    with stack.database(DATABASE) as ours, stack.database(AIRFLOW_DATABASE) as theirs:
        # the digest can't go on, and its half hour is over
        ours.execute("lock table delivery in access exclusive mode")
        run = airflow.trigger("daily_digest")
        wait_for(lambda: airflow.state("daily_digest", run) == "running")
        passed = theirs.execute(
            "update deadline set deadline_time = now() - interval '1 second' "
            "where dagrun_id = (select id from dag_run where run_id = %s)",
            [run],
        )
        assert passed.rowcount == 1
        theirs.commit()
        wait_for(lambda: [each for each in stack.mails.glob("*.eml") if OPERATORS.encode() in each.read_bytes()])

    (mail,) = [each.read_bytes() for each in stack.mails.glob("*.eml") if OPERATORS.encode() in each.read_bytes()]
    assert b"the daily digest is late" in mail
    assert run.encode() in mail
    wait_for(lambda: airflow.state("daily_digest", run) == "success")


def test_ctrl_c_stops_all_that_was_started(stack):
    started = stack.processes()
    assert len(started) > 8

    begun = time.monotonic()
    stack.stop()

    assert stack.process.returncode == 0
    assert [each for each in started if _runs(each)] == []
    assert time.monotonic() - begun < 45
