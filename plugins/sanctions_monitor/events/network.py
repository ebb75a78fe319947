"""The network: how likely a reading tells each class of act, which pieces say so, and who is what to it.

It is a small language model (six layers, 384 wide) with a head for acts and one for roles, trained by
bench/training/ on the labelled items of this repository and kept as whole numbers in `model/coder.onnx`. It runs on one
core without any framework for training.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from sanctions_monitor.events.reading import MODEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sanctions_monitor.events.reading import Reading


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one reading of T pieces and N names, for the C classes of classes.py.

    `acts` (C,) chance that the item tells the act; `attention` (T, C) how much each piece speaks for it, columns sum
    to 1; `roles` (C, N, 3) chance that the name is sender, target or commodity of the act.
    """

    acts: NDArray[np.float32]
    attention: NDArray[np.float32]
    roles: NDArray[np.float32]


def scores_of(reading: Reading) -> Scores:
    """The network's scores of a reading. The same reading gives the same scores."""
    rows = {
        name: np.asarray([getattr(reading, name)], dtype=np.int64)
        for name in ("pieces", "segments", "kinds", "slots", "times")
    }
    acts, attention, roles = _session().run(None, {**rows, "spans": spans_of(reading)})
    return Scores(acts, attention, roles[:, : len(reading.names)])


def spans_of(reading: Reading) -> NDArray[np.float32]:
    """(N, T): each row averages the pieces of one name; a single row of zeros where no name is."""
    spans = np.zeros((max(1, len(reading.names)), len(reading.pieces)), dtype=np.float32)
    for row, name in zip(spans, reading.names, strict=False):
        row[name.start : name.end] = 1.0 / (name.end - name.start)
    return spans


@cache
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread: items are many and short, and several workers share a machine.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(MODEL / "coder.onnx", options, providers=["CPUExecutionProvider"])
