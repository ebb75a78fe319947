"""How severe an alert is: a sum of points from `severity.yaml`, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, Field

from sanctions_monitor.alerts.alert import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class _Capped(_Strict):
    points_each: int
    at_most: int


class Scheme(_Strict):
    """The weights, as the file gives them."""

    levels: _Levels
    action: dict[str, int]
    status: dict[str, int]
    legal_act: int
    goods_named: int
    world_share: list[_Step]
    outlets: _Capped
    watch_list: _Capped
    unconfirmed: int
    official_of_sender: int
    official_of_other: int


@cache
def scheme() -> Scheme:
    """The weights in force."""
    return Scheme.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the score of an act is made of.

    `world_share` is the target's largest known share (0..1) of the goods' world production or exports, None where none
    is known. `outlets` are independent ones. `watched` are the act's codes that stand on the watch list.
    """

    action: str
    goods_named: bool
    world_share: float | None
    outlets: int
    by_sender: bool
    by_other: bool
    status: str = "adopted"
    legal_act: str | None = None
    watched: tuple[str, ...] = ()


def score(facts: Facts) -> tuple[int, tuple[Reason, ...]]:
    """The score of an act, 0..100, and the reasons it is made of: their points add up to it.

    What is not known adds nothing and is said.
    """
    reasons = [*_of_the_act(facts), *_of_the_goods(facts), *_of_the_telling(facts)]
    total = sum(reason.points for reason in reasons)
    if total > 100:
        reasons.append(Reason("100 is the most", 100 - total))
    # what is taken away is what is there and no more, so that the reasons add up to the score
    return min(100, total), tuple(reasons)


def _of_the_act(facts: Facts) -> Iterator[Reason]:
    weights = scheme()
    yield Reason(f"action: {facts.action}", weights.action[facts.action])
    if facts.status != "adopted":
        least = -weights.action[facts.action]
        yield Reason(f"not decided: {facts.status}", max(weights.status[facts.status], least))
    if facts.legal_act:
        yield Reason(f"decided by a legal act: {facts.legal_act}", weights.legal_act)
    if facts.watched:
        points = min(len(facts.watched) * weights.watch_list.points_each, weights.watch_list.at_most)
        yield Reason(f"on the watch list: {', '.join(facts.watched)}", points)


def _of_the_goods(facts: Facts) -> Iterator[Reason]:
    weights = scheme()
    if not facts.goods_named:
        return
    yield Reason("the measure names goods", weights.goods_named)
    if facts.world_share is None:
        yield Reason("the target's world share is not known", 0)
        return
    points = next(step.points for step in weights.world_share if facts.world_share >= step.at_least)
    yield Reason(f"the target's share of the world's production or exports: {facts.world_share:.1%}", points)


def _of_the_telling(facts: Facts) -> Iterator[Reason]:
    weights = scheme()
    told = min(facts.outlets * weights.outlets.points_each, weights.outlets.at_most)
    yield Reason(f"independent outlets: {facts.outlets}", told)
    if facts.by_sender:
        yield Reason("confirmed by the deciding side's own source", weights.official_of_sender)
    elif facts.by_other:
        yield Reason("told by another official source", weights.official_of_other)
    elif facts.outlets == 1:
        least = -sum(each.points for each in (*_of_the_act(facts), *_of_the_goods(facts))) - told
        yield Reason("one outlet alone, no official source", max(weights.unconfirmed, least))


def level(points: int) -> Severity:
    """The level of a score."""
    levels = scheme().levels
    if points >= levels.high:
        return "high"
    return "medium" if points >= levels.medium else "low"
