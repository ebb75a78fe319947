"""Which labelled items may teach, and which only measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluate import HERE as EVALUATION
from evaluate import WRITTEN, is_held_out, is_kept_back
from labelled import records_in
from plain_headlines import plain_headlines

if TYPE_CHECKING:
    from labelled import Record


def training_records() -> list[Record]:
    """Items that teach: four fifths of more.jsonl, nine tenths of those written for training, plain headlines."""
    more = [one for one in records_in([EVALUATION / "more.jsonl"]) if not is_held_out(one)]
    written = [one for one in records_in(WRITTEN) if not is_kept_back(one)]
    return [*more, *written, *plain_headlines()]


def held_out() -> dict[str, list[Record]]:
    """Items that measure, by the name of their set: nothing learns from them."""
    return {
        "dev": records_in([EVALUATION / "dev.jsonl"]),
        "more, held out": [one for one in records_in([EVALUATION / "more.jsonl"]) if is_held_out(one)],
        "written, held out": [one for one in records_in(WRITTEN) if is_kept_back(one)],
    }
