"""What memory a command holds: its own process and, beside it, the copy of itself that reads documents (Linux only)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import psutil


def memory_held(pid: int, mark: Literal["VmRSS", "VmHWM"] = "VmRSS") -> float:
    """MB that a process holds (VmRSS) or has held at most (VmHWM), with what its copies (forks) hold beside.

    0 where it has ended.
    """
    try:
        process = psutil.Process(pid)
        held = _kilobytes(Path(f"/proc/{pid}/status"), mark)
        for child in process.children():
            if child.cmdline() == process.cmdline():
                rollup = Path(f"/proc/{child.pid}/smaps_rollup")
                held += _kilobytes(rollup, "Private_Clean") + _kilobytes(rollup, "Private_Dirty")
    except (OSError, psutil.Error, IndexError):
        return 0.0
    return held / 1024


def _kilobytes(file: Path, name: str) -> int:
    return int(file.read_text().split(f"{name}:")[1].split()[0])
