"""Writing the taught network as two files that onnxruntime runs, with 7-bit weights: first look and second look."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from language_model import WIDTH, ActsExported, RolesExported
from onnxruntime.quantization import QuantType, quantize_dynamic

if TYPE_CHECKING:
    from language_model import Network
    from torch import Tensor, nn

# A reading to trace the network with: T pieces, N names. Both sizes stay free in the files.
PIECES, NAMES = 12, 3
ROWS = ("pieces", "segments", "kinds", "slots", "times")


def write_onnx(network: Network, calibration: Tensor, folder: Path) -> None:
    """Writes `acts.onnx` and `roles.onnx`, which network.py describes."""
    network.eval()
    _write(
        ActsExported(network, calibration),
        {name: (torch.zeros(1, PIECES, dtype=torch.long), {1: "T"}) for name in ROWS},
        ["acts", "attention", "below"],
        folder / "acts.onnx",
    )
    _write(
        RolesExported(network),
        {
            "below": (torch.zeros(1, PIECES, WIDTH), {1: "T"}),
            "focus": (torch.full((1, PIECES), 1 / PIECES), {1: "T"}),
            "act": (torch.zeros(1, dtype=torch.long), {}),
            "spans": (torch.zeros(NAMES, PIECES), {0: "N", 1: "T"}),
        },
        ["roles"],
        folder / "roles.onnx",
    )


def _write(module: nn.Module, inputs: dict[str, tuple[Tensor, dict[int, str]]], outputs: list[str], path: Path) -> None:
    """Weights are integers of 7 bits: their sums overflow on no processor, so that all score alike."""
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            module.eval(),
            tuple(value for value, _ in inputs.values()),
            str(exact),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes={name: free for name, (_, free) in inputs.items() if free},
            dynamo=False,
        )
        quantize_dynamic(exact, path, weight_type=QuantType.QInt8, reduce_range=True)
