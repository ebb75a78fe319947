"""The roles of an act: who acts, and at whom, as codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Bodies and states that often sanction: between a subject-less "EU sanctions" and "Russia sanctions" they decide.
SANCTIONERS = frozenset("US EU GB UN CA AU JP CH G7 ECOWAS AFU NZ LAS NO".split())
# Bodies: hardly ever the target of anybody's sanctions.
BODIES = frozenset({"EU", "UN", "G7", "ECOWAS", "AFU", "LAS", "OAS", "ASEAN", "GCC"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Codes of one trigger. `asked`: somebody is urged to act, so the subject is not the sender."""

    senders: tuple[str, ...]
    targets: tuple[str, ...]
    asked: bool = False


def unique(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes without repeats, in order."""
    return tuple(dict.fromkeys(codes))


def without(codes: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The codes that are not among `others`, without repeats."""
    return tuple(code for code in unique(codes) if code not in others)
