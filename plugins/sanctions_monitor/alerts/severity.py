"""How severe an alert is: a sum of points from `severity.yaml`, with its reasons."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, Field

from sanctions_monitor.alerts.alert import Reason

if TYPE_CHECKING:
    from sanctions_monitor.alerts.alert import Severity

FILE = Path(__file__).with_suffix(".yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Levels(_Strict):
    high: int
    medium: int
    low: int


class _Step(_Strict):
    at_least: float = Field(ge=0, le=1)
    points: int


class _Outlets(_Strict):
    points_each: int
    at_most: int


class Scheme(_Strict):
    """The weights, as the file gives them."""

    levels: _Levels
    action: dict[str, int]
    goods_named: int
    world_share: list[_Step]
    outlets: _Outlets
    unconfirmed: int
    official_of_sender: int
    official_of_other: int


@cache
def scheme() -> Scheme:
    """The weights in force."""
    return Scheme.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def score(
    action: str, *, goods_named: bool, world_share: float | None, outlets: int, by_sender: bool, by_other: bool
) -> tuple[int, tuple[Reason, ...]]:
    """The score of an alert, 0..100, and the reasons it is made of.

    `world_share` is the target's largest known share (0..1) of the goods' world production or exports, None where
    none is known: that adds nothing and is said.
    """
    weights = scheme()
    reasons = [Reason(f"action: {action}", weights.action[action])]
    if goods_named:
        reasons.append(Reason("the measure names goods", weights.goods_named))
        if world_share is None:
            reasons.append(Reason("the target's world share is not known", 0))
        else:
            points = next(step.points for step in weights.world_share if world_share >= step.at_least)
            reasons.append(
                Reason(f"the target's share of the world's production or exports: {world_share:.1%}", points)
            )
    told = min(outlets * weights.outlets.points_each, weights.outlets.at_most)
    reasons.append(Reason(f"independent outlets: {outlets}", told))
    if by_sender:
        reasons.append(Reason("confirmed by the deciding side's own source", weights.official_of_sender))
    elif by_other:
        reasons.append(Reason("told by another official source", weights.official_of_other))
    elif outlets == 1:
        # it takes away what is there and no more, so that the reasons add up to the score
        most = -sum(reason.points for reason in reasons)
        reasons.append(Reason("one outlet alone, no official source", max(weights.unconfirmed, most)))
    return min(100, sum(reason.points for reason in reasons)), tuple(reasons)


def level(points: int) -> Severity:
    """The level of a score."""
    levels = scheme().levels
    if points >= levels.high:
        return "high"
    return "medium" if points >= levels.medium else "low"
