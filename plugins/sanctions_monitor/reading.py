"""Documents are read in a process of its own, beside the threads that ask publishers and those that store.

Reading is half the work of a poll and nothing but Python, so that within one process all other threads wait for it.
This one is a copy of its parent (fork), which costs a third of the memory of a new one and no time to start.
"""

from __future__ import annotations

import gc
import os
import signal
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from queue import SimpleQueue
from threading import Event, Thread
from traceback import format_exc
from typing import TYPE_CHECKING, Any

from sanctions_monitor.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    Read = Callable[[bytes, Any], Any]
    Submit = Callable[[bytes, Any], Future[Any]]
    Waiting = tuple[Future[Any], bytes, Any]

LONGEST = 120.0
"""Seconds that one document may take to be read; the largest that is accepted takes about ten."""


@contextmanager
def read_apart(read: Read) -> Iterator[Submit]:
    """Gives a function, for one thread, that has `read(body, told)` called in the other process, in their order.

    `told` and what `read` returns or raises are pickled. A document that ends the process (a fault of a parser in C,
    memory that is used up) or takes longer than `LONGEST` has FetchError for a result; those behind it are read in
    this process. Begin the block before there are threads and connections to work with: the copy would have them too.
    """
    here, there = Pipe()
    # what there is now is left alone by the collectors of both, and stays one copy in memory
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        here.close()
        _serve(there, read)
    there.close()
    waiting: SimpleQueue[Waiting | None] = SimpleQueue()
    over = Event()

    def submit(body: bytes, told: Any) -> Future[Any]:
        future: Future[Any] = Future()
        waiting.put((future, body, told))
        # where the process has ended, whoever waits for its answers sees it too
        with suppress(OSError):
            here.send(told)
            here.send_bytes(body)
        return future

    receiver = Thread(target=_receive, args=(here, pid, waiting, read, over), name="reading", daemon=True)
    receiver.start()
    try:
        yield submit
    finally:
        over.set()
        waiting.put(None)
        # it holds nothing that is still needed
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        receiver.join()
        here.close()
        gc.unfreeze()


def _receive(pipe: Connection, pid: int, waiting: SimpleQueue[Waiting | None], read: Read, over: Event) -> None:
    """Hands the answers to those who wait for them."""
    alive = True
    while (each := waiting.get()) is not None:
        future, body, told = each
        if over.is_set():
            future.cancel()
            continue
        try:
            if alive and not pipe.poll(LONGEST):
                os.kill(pid, signal.SIGKILL)
            good, result = pipe.recv() if alive else (True, read(body, told))
        except (EOFError, OSError):
            alive = False
            fault = f"the document ends the process that reads it, or takes more than {LONGEST:.0f} s"
            good, result = False, FetchError(f"{fault}. Write to the publisher.")
        except Exception as problem:  # noqa: BLE001 - whoever waits for the result gets it
            good, result = False, problem
        if good:
            future.set_result(result)
        else:
            future.set_exception(result)


def _serve(pipe: Connection, read: Read) -> None:
    """What the other process does until its parent ends it, or has ended itself. Never returns."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with suppress(EOFError, OSError):
            while True:
                told = pipe.recv()
                pipe.send(_answer(read, pipe.recv_bytes(), told))
    finally:
        # without what its parent does at its end: closing connections, stopping the database
        os._exit(0)


def _answer(read: Read, body: bytes, told: Any) -> tuple[bool, Any]:
    try:
        return True, read(body, told)
    except Exception as problem:  # noqa: BLE001 - it is raised where the result is asked for
        problem.add_note(format_exc())
        return False, problem
