"""Which labelled items may teach, and which only measure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from labelled import records_in

sys.path.append(str(Path(__file__).parents[1] / "evaluation"))

from evaluate import is_held_out

if TYPE_CHECKING:
    from labelled import Record

EVALUATION = Path(__file__).parents[1] / "evaluation"
WRITTEN = sorted((Path(__file__).parent / "written").glob("*.jsonl"))


def training_records() -> list[Record]:
    """Items that teach: four fifths of more.jsonl and all but a fifth of those written for training."""
    return [record for record in records_in([EVALUATION / "more.jsonl", *WRITTEN]) if not is_held_out(record)]


def held_out() -> dict[str, list[Record]]:
    """Items that measure, by the name of their set: nothing learns from them."""
    return {
        "dev": records_in([EVALUATION / "dev.jsonl"]),
        "more, held out": [one for one in records_in([EVALUATION / "more.jsonl"]) if is_held_out(one)],
        "written, held out": [one for one in records_in(WRITTEN) if is_held_out(one)],
    }
