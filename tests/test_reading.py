"""Documents are read in another process, which may die without harm to the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from sanctions_monitor import reading
from sanctions_monitor.errors import FetchError
from sanctions_monitor.reading import read_apart


def read(body: bytes, told: str) -> tuple[str, bytes, int]:
    if body == b"no feed":
        raise FetchError("no feed")
    if body == b"deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if body == b"endless":
        time.sleep(60)
    return told, body[:10], os.getpid()


def test_results_come_from_another_process_each_to_its_call() -> None:
    with read_apart(read) as submit:
        results = [submit(b"%d" % each, f"told {each}") for each in range(20)]
        found = [each.result(10) for each in results]

    assert [each[:2] for each in found] == [(f"told {each}", b"%d" % each) for each in range(20)]
    assert len({each[2] for each in found} | {os.getpid()}) == 2


def test_documents_larger_than_any_buffer_pass_while_nobody_takes_results() -> None:
    with read_apart(lambda body, _told: body) as submit:
        results = [submit(bytes(5_000_000), None) for _ in range(3)]

        assert [len(each.result(20)) for each in results] == [5_000_000] * 3


def test_what_reading_raises_is_raised_where_the_result_is_asked_for() -> None:
    with read_apart(read) as submit:
        results = [submit(b"no feed", ""), submit(b"a feed", "")]

        with pytest.raises(FetchError, match="no feed"):
            results[0].result(10)
        assert results[1].result(10)[1] == b"a feed"


def test_a_document_that_ends_the_process_costs_itself_alone() -> None:
    with read_apart(read) as submit:
        before, deadly, behind = (submit(body, "") for body in (b"before", b"deadly", b"behind"))
        with pytest.raises(FetchError, match="ends the process"):
            deadly.result(10)
        late = submit(b"late", "")

        assert [each.result(10)[1] for each in (before, behind, late)] == [b"before", b"behind", b"late"]


def test_a_document_that_is_never_read_to_its_end_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 1.0)
    with read_apart(read) as submit:
        endless, behind = submit(b"endless", ""), submit(b"behind", "")
        with pytest.raises(FetchError, match="takes more than 1 s"):
            endless.result(10)
        assert behind.result(10)[1] == b"behind"


def test_the_process_ends_with_the_block_and_with_what_goes_wrong_in_it() -> None:
    with read_apart(read) as submit:
        pid = submit(b"", "").result(10)[2]
    assert not psutil.pid_exists(pid)


def test_the_process_ends_with_what_goes_wrong_in_the_block() -> None:
    pids = []

    def fail() -> None:
        with read_apart(read) as submit:
            pids.append(submit(b"", "").result(10)[2])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not psutil.pid_exists(pids[0])


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system does not tell which processes run")
def test_the_process_ends_when_its_parent_is_killed() -> None:
    program = (
        "import os, time\n"
        "from sanctions_monitor.reading import read_apart\n"
        "with read_apart(lambda body, told: os.getpid()) as submit:\n"
        "    print(submit(b'', None).result(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        assert psutil.pid_exists(pid)
        parent.kill()
        parent.wait()
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.05)
    else:
        pytest.fail(f"process {pid} outlives its parent")
