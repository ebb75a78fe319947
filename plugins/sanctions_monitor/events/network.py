"""The network: how likely a reading tells each class of act, which pieces say so, and who is what to it.

It is a small language model (six layers, 384 wide), trained by bench/training/ on the labelled items of this repository
and kept as whole numbers: `model/acts.onnx` looks at an item once and says which acts it tells and where;
`model/roles.onnx` looks again for each act told, knowing the act and where it stands, and says who is what to it. Both
run on one core without any framework for training.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from sanctions_monitor.events.classes import CLASSES
from sanctions_monitor.events.event import FAMILY_OF
from sanctions_monitor.events.reading import MODEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sanctions_monitor.events.event import Action, Status
    from sanctions_monitor.events.reading import Reading


# An act is told where its chance is at least this: one that raises an alert, one that gives it context, and one that is
# not decided and only watched. Set on items that taught nothing.
ALERT, CONTEXT, WATCH = 0.5, 0.3, 0.3


def _least(action: Action, status: Status) -> float:
    if status != "adopted":
        return WATCH
    return ALERT if FAMILY_OF[action] == "sanctions" else CONTEXT


LEAST = np.array([_least(*each) for each in CLASSES], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one reading of T pieces and N names, for the C classes of classes.py.

    `acts` (C,) chance that the item tells the act; `attention` (T, C) how much each piece speaks for it, columns sum
    to 1; `roles` for the classes told, {class: (N, 3)} chance that the name is sender, target or commodity of the act.
    """

    acts: NDArray[np.float32]
    attention: NDArray[np.float32]
    roles: dict[int, NDArray[np.float32]]


def scores_of(reading: Reading) -> Scores:
    """The network's scores of a reading. The same reading gives the same scores."""
    rows = {
        name: np.asarray([getattr(reading, name)], dtype=np.int64)
        for name in ("pieces", "segments", "kinds", "slots", "times")
    }
    acts, attention, below = _session("acts.onnx").run(None, rows)
    given = {"below": below, "spans": spans_of(reading)}
    roles = {}
    for number in np.flatnonzero(acts >= LEAST).tolist():
        about = {"focus": attention[:, number][np.newaxis], "act": np.array([number], dtype=np.int64)}
        roles[number] = _session("roles.onnx").run(None, {**given, **about})[0][: len(reading.names)]
    return Scores(acts, attention, roles)


def spans_of(reading: Reading) -> NDArray[np.float32]:
    """(N, T): each row averages the pieces of one name; a single row of zeros where no name is."""
    spans = np.zeros((max(1, len(reading.names)), len(reading.pieces)), dtype=np.float32)
    for row, name in zip(spans, reading.names, strict=False):
        row[name.start : name.end] = 1.0 / (name.end - name.start)
    return spans


@cache
def _session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread: items are many and short, and several workers share a machine.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(MODEL / name, options, providers=["CPUExecutionProvider"])
