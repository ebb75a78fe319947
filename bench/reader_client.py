"""The PyPI package `reader` polls the feeds of bench/feeds.py, in the environment that it makes for this.

python bench/reader_client.py PORT FEEDS WORKERS
"""

from __future__ import annotations

import json
import sys
import tempfile
import time

from reader import make_reader


def main() -> None:
    """Polls twice and prints what it took."""
    port, count, workers = map(int, sys.argv[1:4])
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(f"{folder}/db.sqlite")
        for number in range(count):
            reader.add_feed(f"http://127.0.0.{2 + number % 253}:{port}/feed/{number}.xml")
        for phase in ("cold", "304"):
            spent, started = time.process_time(), time.perf_counter()
            reader.update_feeds(workers=workers, scheduled=False)
            seconds = time.perf_counter() - started
            told[f"{phase} feeds/s"] = count / seconds
            told[f"{phase} CPU ms/feed"] = (time.process_time() - spent) * 1000 / count
        told["items"] = reader.get_entry_counts().total
    print(json.dumps(told))


if __name__ == "__main__":
    main()
