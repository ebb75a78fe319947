"""Measure the coder on the labelled items: `python bench/evaluation/evaluate.py` (`make evaluate`).

Prints, for dev.jsonl, for both parts of more.jsonl (four fifths that taught the network, one fifth held out) and for
the held-out tenth of the items written for training, the scorer's figures for our coder and for the keyword baseline;
for dev.jsonl also the kinds of errors and how often chances come true.
"""

from __future__ import annotations

import csv
import json
import time
import zlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import error_kinds
import keyword_coder
import score

from sanctions_monitor.events import CODER_VERSION
from sanctions_monitor.stories import classify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).parent
# One story in so many of more.jsonl is held out, and of the items written for training.
HELD_OUT, KEPT_BACK = 5, 10
WRITTEN = sorted((HERE.parent / "training" / "written").glob("*.jsonl"))

Record = dict[str, Any]


def is_held_out(record: Record) -> bool:
    """Whether an item of more.jsonl belongs to the part that nobody reads: whole stories, chosen by a hash."""
    return _number(record) % HELD_OUT == 0


def is_kept_back(record: Record) -> bool:
    """The same for an item that was written for training."""
    return _number(record) % KEPT_BACK == 0


def _number(record: Record) -> int:
    return zlib.crc32((record.get("story") or record["id"]).encode())


def by_author(records: list[Record], coder: Callable[[list[Record]], Iterable[Record]]) -> dict[str, Record]:
    """Predictions by item id; each author's items are a batch, since stories hold inside one author's only."""
    batches: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        batches[_author(record)].append(record)
    return {said["id"]: _with_author(said) for batch in batches.values() for said in coder(batch)}


def gold_of(records: Iterable[Record]) -> dict[str, Record]:
    """Labelled records by item id, their stories told apart by author likewise."""
    return {record["id"]: _with_author(record) for record in records}


def _with_author(record: Record) -> Record:
    return {**record, "story": f"{_author(record)}/{record['story']}" if record["story"] else None}


def _author(record: Record) -> str:
    return record["id"].partition("-")[0]


def table(reports: dict[str, dict[str, dict[str, float]]]) -> str:
    """The figures of several coders side by side: F1 with precision and recall, false alarms as a rate."""
    names = list(next(iter(reports.values())))
    lines = [" " * 12 + "".join(f"{coder:>28}" for coder in reports)]
    for name in names:
        cells = [
            f"{row['rate']:.3f}" if "rate" in row else f"F1 {row['f1']:.3f}  P {row['p']:.3f}  R {row['r']:.3f}"
            for row in (report[name] for report in reports.values())
        ]
        lines.append(f"{name:12}" + "".join(f"{cell:>28}" for cell in cells))
    return "\n".join(lines)


def show_constructions() -> None:
    """Prints what the coder says of the hard constructions of constructions.csv, each a sentence of its own."""
    with (HERE / "constructions.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    records = [{"id": str(number), "title": "", "summary": row["sentence"]} for number, row in enumerate(rows)]
    right = 0
    for row, said in zip(rows, classify(records), strict=True):
        told = sorted(_short(event) for event in said["events"]) or ["none"]
        agrees = told == sorted(row["expected"].split("; "))
        right += agrees
        print(f"{'  ' if agrees else 'x '}{row['construction']}: {'; '.join(told)}")
    print(f"{right} of {len(rows)} hard constructions right")


def _short(event: Record) -> str:
    who = f"{'+'.join(event['senders'])}>{'+'.join(event['targets'])}"
    return " ".join([f"{event['action']}/{event['status']}", who, *event["commodities"]])


def main() -> None:
    """Print the tables."""
    more = list(score.read(str(HERE / "more.jsonl")).values())
    parts = {
        "dev.jsonl": list(score.read(str(HERE / "dev.jsonl")).values()),
        "more.jsonl, taught": [record for record in more if not is_held_out(record)],
        "more.jsonl, held out": [record for record in more if is_held_out(record)],
        "written, held out": [
            record for path in WRITTEN for record in score.read(str(path)).values() if is_kept_back(record)
        ],
    }
    for name, records in parts.items():
        # Labels stay behind: the coder sees what a feed would give it.
        given = json.loads(
            json.dumps([{k: v for k, v in one.items() if k not in {"events", "story"}} for one in records])
        )
        began = time.perf_counter()
        ours = by_author(given, classify)
        seconds = time.perf_counter() - began
        gold = gold_of(records)
        reports = {
            f"coder {CODER_VERSION}": score.score(gold, ours),
            "keywords": score.score(gold, by_author(given, keyword_coder.classify)),
        }
        print(f"{name}: {len(records)} items, {len(records) / seconds:.0f} a second\n{table(reports)}\n")
        if name == "dev.jsonl":
            show_errors(gold, ours)
    show_constructions()


def show_errors(gold: dict[str, Record], said: dict[str, Record]) -> None:
    """Prints the kinds of errors and the bins of confidence."""
    print("sanctions events by kind of error")
    for kind, count in error_kinds.kinds_of(gold, said).most_common():
        print(f"  {count:4} {kind}")
    print("confidence: events said, mean confidence, share right")
    for name, count, mean, right in error_kinds.bins_of(gold, said):
        print(f"  {name}  {count:4}  {mean:.2f}  {right:.2f}")
    print()


if __name__ == "__main__":
    main()
