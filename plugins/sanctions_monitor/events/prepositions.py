"""Prepositions: what leads to a name, and so what the name is to the act."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.actors import Mention
    from sanctions_monitor.events.tokens import Token

# Prepositions that lead to the one at whom a measure aims.
AIMED = frozenset(
    "on against targeting at over for of from to toward towards with about linked involving in into out".split()
)
# Prepositions that lead to a place or to the setting, no party of the act.
SETTING = frozenset("in at near via through after before amid despite since during".split())


def preposition(tokens: Sequence[Token], mention: Mention, first: int = 0) -> str:
    """The preposition that leads to a name ("on Russian oil firms" gives "on"), or "", not looking before `first`."""
    for place in range(mention.start - 1, max(first - 1, mention.start - 6), -1):
        word = tokens[place].norm
        if word in AIMED or word in SETTING or word == "by":
            return word
        if tokens[place].text in ",;:" or word in {"and", "that"}:
            if word == "and" or tokens[place].text == ",":
                continue
            return ""
        if word.endswith("s") and word[:-1] in {"impose", "lift", "ease", "extend"}:
            return ""
    return ""


def is_venue(tokens: Sequence[Token], mention: Mention) -> bool:
    """ "in Minsk", "at Geneva": where it happens."""
    return mention.start > 0 and tokens[mention.start - 1].norm in {"in", "at", "near"}
