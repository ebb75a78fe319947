"""How far an easing goes, by its own words: a suspension, a licence, or the end; else nobody knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import TypeAdapter

FILE = Path(__file__).with_suffix(".yaml")

Scope = Literal["suspended", "eased", "ended"]


def scope_of(words: str, legal_act: str | None) -> Scope | None:
    """What a sentence about an easing, and the act that it names, say of its reach; None where they say nothing.

    The phrases are data (`scope.yaml`); a general licence is an easing whatever the sentence says.
    """
    if legal_act and "licen" in legal_act.lower():
        return "eased"
    lowered = words.lower()
    for scope, phrases in _phrases().items():
        if any(phrase in lowered for phrase in phrases):
            return scope
    return None


@cache
def _phrases() -> dict[Scope, tuple[str, ...]]:
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[Scope, tuple[str, ...]]).validate_python(read)
