"""Is this entry new, changed or known? A pure decision of what is stored and what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["new", "changed", "known"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of an item: its latest revision and that revision's fingerprint."""

    item_id: str
    feed_id: str
    revision: int
    fingerprint: str


def judge(known: Known | None, feed_id: str, fingerprint: str) -> Verdict:
    """New where nothing is stored; changed where the outlet's own feed words it otherwise.

    Another feed of the outlet often carries the same page with a shorter summary: that is a sighting, no edit, and
    would otherwise flip the item from one wording to the other at every poll.
    """
    if known is None:
        return "new"
    if known.feed_id != feed_id or known.fingerprint == fingerprint:
        return "known"
    return "changed"
