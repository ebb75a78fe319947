"""How long the way takes: the demo as whole processes, and parsing beside bare feedparser, on this machine, now.

    python bench/walk.py [--runs 3]

Prints minimum, median and maximum. The machines this runs on are shared: read ratios first, seconds second.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser

from sanctions_monitor.items import parse
from sanctions_monitor.recorded import EDITION

if TYPE_CHECKING:
    from collections.abc import Callable

COMMAND = Path(sys.executable).with_name("sanctions-monitor")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    first, again = zip(*(demo_twice() for _ in range(runs)), strict=True)
    show("demo, new database", first)
    show("demo, run again", again)
    documents = [path.read_bytes() for path in sorted((EDITION / "feeds").iterdir())]
    ours = [seconds(lambda: [parse(body) for body in documents]) for _ in range(runs)]
    theirs = [seconds(lambda: [feedparser.parse(io.BytesIO(body)) for body in documents]) for _ in range(runs)]
    show(f"parse {len(documents)} documents to items", ours)
    show("the same by bare feedparser", theirs)
    print(f"{'ratio, ours to feedparser':34} {statistics.median(ours) / statistics.median(theirs):8.2f}")


def demo_twice() -> tuple[float, float]:
    """Seconds of a first demo in an empty home, and of a second one."""
    home = tempfile.mkdtemp(prefix="sm-bench-")
    environment = os.environ | {"SANCTIONS_MONITOR_HOME": f"{home}/var", "SANCTIONS_MONITOR_OUT": f"{home}/out"}
    try:
        return tuple(  # type: ignore[return-value]
            seconds(lambda: subprocess.run([COMMAND, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL))
            for _ in range(2)
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def show(name: str, times: tuple[float, ...] | list[float]) -> None:
    """One line: minimum, median, maximum in seconds."""
    print(f"{name:34} min {min(times):6.2f} s  median {statistics.median(times):6.2f} s  max {max(times):6.2f} s")


if __name__ == "__main__":
    main()
