"""Plain headlines for teaching: the commonest forms of each act, with states drawn by chance from the tables.

The labelled items are written to be hard; these make sure that "EU lifts sanctions on Syria" is never forgotten. The
forms are in frames.csv, what fills them in frame_words.csv; at whom an act aims is drawn from all states.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import TYPE_CHECKING

from sanctions_monitor.events.actors import REFERENCE
from sanctions_monitor.events.event import FAMILY_OF

if TYPE_CHECKING:
    from labelled import Record

HERE = Path(__file__).parent
COUNT = 900
# Shares of headlines that are repeated as the summary, stand alone as a sentence, have no date.
REPEATED, BARE, UNDATED = 0.2, 0.1, 0.2

# A state, body or power that fills a slot of a frame: its name, its adjective, its code.
Actor = tuple[str, str, str]
# slot -> what may fill it, as (word, adjective, code).
Words = dict[str, list[Actor]]


def plain_headlines(count: int = COUNT, seed: int = 7) -> list[Record]:
    """`count` records with their labels; the same seed gives the same ones."""
    rng = random.Random(seed)  # noqa: S311
    frames = _rows(HERE / "frames.csv")
    words: Words = {}
    for row in _rows(HERE / "frame_words.csv"):
        words.setdefault(row["slot"], []).append((row["word"], row["adjective"], row["code"]))
    words["T"] = words["A"] = words["B"] = _states()
    return [_record(number, frames[number % len(frames)], words, rng) for number in range(count)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _states() -> list[Actor]:
    return [
        (row["name"], row["demonym_adj"].split("|")[0], row["alpha2"])
        for row in _rows(REFERENCE / "countries.csv")
        if row["is_independent"] == "Yes" and row["demonym_adj"] and not set("(,") & set(row["name"])
    ]


def _record(number: int, frame: dict[str, str], words: Words, rng: random.Random) -> Record:
    form, _, covers = frame["frame"].partition("|")
    drawn = {slot: rng.choice(choices) for slot, choices in words.items()}
    while len({drawn[slot][2] for slot in "STAB"}) < len("STAB"):
        drawn |= {slot: rng.choice(words[slot]) for slot in "TAB"}
    slots = {slot: one[0] for slot, one in drawn.items()} | {f"{slot}a": one[1] for slot, one in drawn.items()}
    title = form.format(**slots)
    title = title[0].upper() + title[1:]
    style = rng.random()
    summary = title if style < REPEATED else drawn["tail"][0]
    if style > 1 - BARE:
        title, summary = "", f"{title}."
    month, day = rng.randint(1, 9), rng.randint(10, 28)
    return {
        "id": f"plain-{number}",
        "title": title,
        "summary": summary,
        "published": None if style > 1 - UNDATED else f"20{rng.randint(10, 26)}-0{month}-{day}T09:00:00Z",
        "source": drawn["outlet"][0],
        "lang": "en",
        "events": [_event(frame, drawn, covers)] if frame["action"] else [],
        "story": None,
    }


def _event(frame: dict[str, str], drawn: dict[str, Actor], covers: str) -> Record:
    code = {slot: one[2] for slot, one in drawn.items()}
    senders, targets = {
        "T": ([], [code["T"]]),
        "AB": ([code["A"]], [code["B"]]),
        # A veto or a refusal of a member is one of the body (codebook, "Rulings").
        "VUT": (["UN"], [code["T"]]),
        "MET": (["EU"], [code["T"]]),
    }.get(frame["roles"], ([code["S"]], [code["T"]]))
    return {
        "family": FAMILY_OF[frame["action"]],
        "action": frame["action"],
        "status": frame["status"],
        "senders": senders,
        "targets": targets,
        "commodities": {"good": [code["good"]], "arms": ["arms"]}.get(covers, []),
    }
