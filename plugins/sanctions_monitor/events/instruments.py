"""How a measure works: the instruments that a sentence names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.events.lexicon import instruments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.event import Instrument
    from sanctions_monitor.events.tokens import Token


def instruments_in(tokens: Sequence[Token]) -> frozenset[Instrument]:
    """The instruments named among the tokens; empty where none is."""
    return frozenset(kind for _, _, kinds in instruments().longest(tokens) for kind in kinds)
