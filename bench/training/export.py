"""Writing the taught network as one file that onnxruntime runs, with weights of 7 bits."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from language_model import Exported
from onnxruntime.quantization import QuantType, quantize_dynamic

if TYPE_CHECKING:
    from language_model import Network
    from torch import Tensor

# A reading to trace the network with: T pieces, N names. Both sizes stay free in the file.
PIECES, NAMES = 12, 3
INPUTS = ("pieces", "segments", "kinds", "slots", "times", "spans")


def write_onnx(network: Network, sharpness: Tensor, path: Path) -> None:
    """Writes `path`. Weights are integers of 7 bits: their sums overflow on no processor, so that all score alike."""
    rows = tuple(torch.zeros(1, PIECES, dtype=torch.long) for _ in range(5))
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            Exported(network.eval(), sharpness).eval(),
            (*rows, torch.zeros(NAMES, PIECES)),
            str(exact),
            input_names=list(INPUTS),
            output_names=["acts", "attention", "roles"],
            dynamic_axes={name: {1: "T"} for name in INPUTS[:5]} | {"spans": {0: "N", 1: "T"}},
            dynamo=False,
        )
        quantize_dynamic(exact, path, weight_type=QuantType.QInt8, reduce_range=True)
