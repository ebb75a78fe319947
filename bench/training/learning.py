"""Teaching the network: batches, losses, the schedule."""

from __future__ import annotations

import math
import random
import time
from typing import TYPE_CHECKING

import numpy as np
import torch
from labelled import LABELLED_GOODS
from language_model import Network
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from sanctions_monitor.events.classes import CLASSES
from sanctions_monitor.events.network import spans_of
from sanctions_monitor.events.reading import TIMES, piece_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelled import Example
    from torch import Tensor

ROWS = ("pieces", "segments", "kinds", "slots", "times")
BATCH = 24
RATE = 3e-4
# The heads begin from nothing and learn faster than the language model.
HEAD_RATE = 3e-3
# Of the readings of one epoch, so many are shown without their outlet, so many without their date.
HIDE_OUTLET = 0.2
HIDE_DATE = 0.2
# In one epoch each state or body of an item stays unnamed with this chance: what it does tells its role, not who it is.
HIDE_NAME = 0.1
YEARS = torch.tensor([TIMES.index(name) for name in ("past_year", "this_year", "later_year")])
MONTHS = torch.tensor([TIMES.index(name) for name in ("past_month", "near_month")])
# The piece [SEP], which ends the outlet's name, and [MASK], which stands for a hidden one.
SEPARATOR, MASK = piece_of("[SEP]"), piece_of("[MASK]")
# 16-bit sums are quicker only where the processor has them: with AVX2 alone they took six times as long as 32-bit ones.
HAS_HALF = torch.backends.cpu.get_cpu_capability().startswith("AVX512")


def batch_of(examples: Sequence[Example], *, hide: random.Random | None = None) -> tuple[dict[str, Tensor], Tensor]:
    """Rows (items, T) padded to the longest, and the mask of what is there."""
    length = max(len(one.reading.pieces) for one in examples)
    rows = {name: torch.zeros(len(examples), length, dtype=torch.long) for name in ROWS}
    mask = torch.zeros(len(examples), length, dtype=torch.bool)
    for place, one in enumerate(examples):
        size = len(one.reading.pieces)
        mask[place, :size] = True
        for name in ROWS:
            rows[name][place, :size] = torch.tensor(getattr(one.reading, name))
        outlet_end = one.reading.pieces.index(SEPARATOR)
        is_named = any(name.start < outlet_end for name in one.reading.names)
        if hide is not None and not is_named and hide.random() < HIDE_OUTLET:
            mask[place, 1:outlet_end] = False
        if hide is not None and hide.random() < HIDE_DATE:
            times = rows["times"][place]
            times[torch.isin(times, YEARS)] = TIMES.index("undated")
            times[torch.isin(times, MONTHS)] = TIMES.index("")
        if hide is not None:
            _hide_names(rows["pieces"][place], one, hide)
    return rows, mask


def _hide_names(pieces: Tensor, one: Example, chance: random.Random) -> None:
    """Hides all names of some actors; the marks that say where names stand, and which are one actor's, stay."""
    actors = [name for name in one.reading.names if name.role == "actor"]
    hidden = {codes for codes in sorted({name.codes for name in actors}) if chance.random() < HIDE_NAME}
    for name in actors:
        if name.codes in hidden:
            pieces[name.start : name.end] = MASK


def learn(
    examples: Sequence[Example], epochs: int, seed: int, role_weight: float, taught: Network | None = None
) -> Network:
    """A network taught by `examples`. The same examples, epochs and seed give the same network on one machine.

    All seeds begin with the same weights; they differ in the order of the items and in what is dropped. A network
    `taught` before goes on from what it knows, at a fifth of the rate.
    """
    torch.manual_seed(0)
    rng = random.Random(seed)  # noqa: S311
    network = taught or Network.pretrained()
    pace = 0.2 if taught else 1.0
    torch.manual_seed(seed)
    model = ("pieces.", "positions.", "segments.", "norm.", "layers.", "second_layers.")
    parts: dict[bool, list] = {True: [], False: []}
    for name, weight in network.named_parameters():
        parts[name.startswith(model)].append(weight)
    optimiser = torch.optim.AdamW(
        [{"params": parts[True], "lr": RATE * pace}, {"params": parts[False], "lr": HEAD_RATE * pace}],
        weight_decay=0.01,
        fused=True,
    )
    steps = math.ceil(len(examples) / BATCH) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(epochs):
        began, total = time.perf_counter(), np.zeros(2)
        network.train()
        batches = _batches(examples, rng)
        for batch in batches:
            loss_acts, loss_roles = _losses(network, batch, rng)
            optimiser.zero_grad()
            (loss_acts + role_weight * loss_roles).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += [float(loss_acts.detach()), float(loss_roles.detach())]
        acts, roles = total / len(batches)
        print(
            f"epoch {epoch + 1}/{epochs}: acts {acts:.3f} roles {roles:.3f}, {time.perf_counter() - began:.0f} s",
            flush=True,
        )
    return network.eval()


def _batches(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Batches of readings of like length, in an order of their own each epoch."""
    order = list(examples)
    rng.shuffle(order)
    batches = []
    for start in range(0, len(order), BATCH * 8):
        alike = sorted(order[start : start + BATCH * 8], key=lambda one: len(one.reading.pieces))
        batches += [alike[place : place + BATCH] for place in range(0, len(alike), BATCH)]
    rng.shuffle(batches)
    return batches


def _losses(network: Network, batch: list[Example], rng: random.Random) -> tuple[Tensor, Tensor]:
    rows, mask = batch_of(batch, hide=rng)
    pairs = [(place, number) for place, one in enumerate(batch) if one.reading.names for number in one.told]
    places = torch.tensor([place for place, _ in pairs], dtype=torch.long)
    classes = torch.tensor([number for _, number in pairs], dtype=torch.long)
    # Attention step by step: on processors, what PyTorch has in one piece takes twice as long to learn through.
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HAS_HALF), sdpa_kernel(SDPBackend.MATH):
        states, below = network.encode(rows, mask)
        logits, attention = network.acts(states, mask)
        if pairs:
            # What the acts attend to is learnt from the acts alone.
            focus = attention.detach()[places, :, classes]
            looked, acts = network.look(below[places], focus, classes, mask[places])
    told = torch.zeros(len(batch), len(CLASSES))
    for place, one in enumerate(batch):
        told[place, list(one.told)] = 1.0
    losses = functional.binary_cross_entropy_with_logits(logits.float(), told, reduction="none")
    roles = torch.zeros(())
    if pairs:
        roles = _role_loss(network, [(batch[place], number) for place, number in pairs], looked.float(), acts.float())
    return (losses * (1 + told)).sum(1).mean(), roles


def _role_loss(network: Network, pairs: list[tuple[Example, int]], states: Tensor, acts: Tensor) -> Tensor:
    """For each act told and each code named: is it sender, target, good? Of a code's names the surest counts."""
    names, owners, groups, wanted = [], [], [], []
    for pair, (one, number) in enumerate(pairs):
        parts = one.told[number]
        by_code: dict[tuple[str, str], list[int]] = {}
        for row, name in enumerate(one.reading.names):
            for code in name.codes:
                if name.role == "actor" or code in LABELLED_GOODS:
                    by_code.setdefault((name.role, code), []).append(len(owners) + row)
        names.append(torch.from_numpy(spans_of(one.reading)) @ states[pair, : len(one.reading.pieces)])
        owners += [pair] * len(one.reading.names)
        for (role, code), members in by_code.items():
            groups.append((members, role))
            wanted.append((code in parts.senders, code in parts.targets, code in parts.goods))
    if not groups:
        return torch.zeros(())
    logits = network.roles(torch.cat(names), acts[owners])
    said, true = [], []
    for (members, role), want in zip(groups, wanted, strict=True):
        columns = slice(2, 3) if role == "goods" else slice(0, 2)
        said.append(logits[members].amax(0)[columns])
        true.append(torch.tensor([float(value) for value in want[columns]]))
    return functional.binary_cross_entropy_with_logits(torch.cat(said), torch.cat(true))
