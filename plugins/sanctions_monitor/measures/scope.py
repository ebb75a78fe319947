"""How far an easing goes, by its own words: a suspension, a licence, or the end of a regime or of all; else unknown."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import TypeAdapter

FILE = Path(__file__).with_suffix(".yaml")

Scope = Literal["suspended", "eased", "all_ended", "ended"]


def scope_of(words: str, legal_act: str | None) -> Scope | None:
    """What a sentence about an easing, and the act that it names, say of its reach; None where they say nothing.

    The phrases are data (`scope.yaml`); a general licence is an easing whatever the sentence says.
    """
    if legal_act and "licen" in legal_act.lower():
        return "eased"
    return next((scope for scope, phrase in _phrases() if phrase.search(words)), None)


@cache
def _phrases() -> list[tuple[Scope, re.Pattern[str]]]:
    """Each scope with its phrases at the beginning of a word: "ease" is not in "releases"."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    told = TypeAdapter(dict[Scope, tuple[str, ...]]).validate_python(read)
    return [
        (scope, re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})", re.IGNORECASE))
        for scope, phrases in told.items()
    ]
