"""Exposure of many alerts, and the ledger on a day, beside a plain loop (table of docs/benchmarks.md).

    python bench/exposure_and_ledger.py [--alerts 100000] [--changes 50000]

The alerts and changes are drawn by chance, always the same, from the pairs of sender, target and goods that the ledger
has. Every table is the full one. The rival of the joins is a loop that looks one alert up after the other in the same
frames, as a first version would; it gets a few hundred alerts and is multiplied. Memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sanctions_monitor import measures, reference
from sanctions_monitor.alerts import Key, expose
from sanctions_monitor.measures import Change
from sanctions_monitor.settings import Settings
from sanctions_monitor.storage import connect, migrated

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPED = 300
"""Alerts that the loop gets."""
FIRST = date(2010, 1, 1)
DAYS = 5800
ACTIONS = ["impose"] * 5 + ["extend"] * 2 + ["ease"] * 3


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=50_000)
    options = parser.parse_args()
    tables, ledger = reference.from_files(), measures.from_files()
    before = memory()
    keys = drawn_keys(ledger, options.alerts)
    seconds, joined = timed(lambda: expose(keys, tables, ledger))
    rows = {name: len(getattr(joined, name)) for name in joined.__slots__}
    print(f"exposure of {options.alerts:,} alerts: {seconds:.2f} s, {memory():.0f} MB at most ({before:.0f} before)")
    print(f"  rows: {rows}")
    looped, _ = timed(lambda: [one_by_one(key, tables, ledger) for key in keys[:LOOPED]])
    print(f"  a loop: {looped / LOOPED * options.alerts:.0f} s, {looped / LOOPED * options.alerts / seconds:.0f} times")
    del joined

    changes = drawn_changes(ledger, options.changes)
    seconds, folded = timed(lambda: measures.fold(measures.baseline(), changes))
    print(f"ledger of {options.changes:,} changes: folded in {seconds:.1f} s, {len(folded):,} steps")
    sizes = folded["target"].value_counts()
    print(f"  steps of the largest target, {sizes.index[0]}: {sizes.iloc[0]:,}")
    show("in memory, whole ledger", lambda day: measures.as_of(folded, day))
    show("in memory, one target and goods", lambda day: measures.as_of(folded, day, target="RU", goods=["crude_oil"]))
    with tempfile.TemporaryDirectory(prefix="sm-bench-") as home:
        settings = Settings(home=Path(home))
        migrated(settings)
        with connect(settings) as conn:
            seconds, _ = timed(lambda: measures.store(conn, folded))
            conn.execute("analyze ledger")
            print(f"  stored in {seconds:.1f} s")
            asked = {"target": "BY"}
            show("from PostgreSQL, BY", lambda day: measures.as_of(measures.read_about(conn, **asked, on=day), day))
            asked = {"target": str(sizes.index[0])}
            show(
                f"from PostgreSQL, {sizes.index[0]}",
                lambda day: measures.as_of(measures.read_about(conn, **asked, on=day), day),
            )
    looped, _ = timed(lambda: loop_as_of(folded, FIRST + timedelta(days=4000)))
    print(f"  a loop over all steps: {looped * 1000:.0f} ms")


def drawn_keys(ledger: pd.DataFrame, number: int) -> list[Key]:
    """Alerts on pairs that the ledger has; one in ten names two targets, one in ten a body as target."""
    chance = random.Random(7)  # noqa: S311 - a draw, not a secret
    pairs = ledger.loc[ledger["target"].notna(), ["sender", "target", "commodity"]].values.tolist()  # noqa: PD011
    keys = []
    for place in range(number):
        sender, target, goods = chance.choice(pairs)
        targets = (target, chance.choice(pairs)[1]) if chance.random() < 0.1 else (target,)
        targets = ("EU",) if chance.random() < 0.1 else targets
        named = (goods,) if isinstance(goods, str) else ()
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        keys.append(Key(f"a{place}", (sender,), tuple(dict.fromkeys(targets)), named, day))
    return keys


def drawn_changes(ledger: pd.DataFrame, number: int) -> list[Change]:
    """Adopted acts on pairs that the ledger has."""
    chance = random.Random(8)  # noqa: S311 - a draw, not a secret
    columns = ["sender", "target", "instrument", "commodity"]
    pairs = ledger.loc[ledger["target"].notna(), columns].values.tolist()  # noqa: PD011
    changes = []
    for place in range(number):
        sender, target, instrument, goods = chance.choice(pairs)
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        changes.append(
            Change(
                f"c{place}",
                chance.choice(ACTIONS),  # type: ignore[arg-type]
                (sender,),
                (target,),
                (goods,) if isinstance(goods, str) else (),
                (instrument,),
                day,
                day + timedelta(days=chance.randrange(30)),
                legal_act=f"Act {place}",
            )
        )
    return changes


def one_by_one(key: Key, tables: reference.Reference, ledger: pd.DataFrame) -> list[Any]:
    """What a loop does for one alert: filters of whole frames."""
    found: list[Any] = []
    for target in key.targets:
        for goods in key.commodities or (None,):
            shares = tables.shares[(tables.shares["alpha2"] == target) & (tables.shares["commodity_id"] == goods)]
            found += shares.to_dict("records")
            found += tables.partners[tables.partners["alpha2"] == target].to_dict("records")
            stands = measures.as_of(ledger, key.announced, target=target, goods=[goods] if goods else ())
            found += stands[~stands["sender"].isin(key.senders)].to_dict("records")
            for sender in key.senders:
                mine = tables.reliance[
                    (tables.reliance["alpha2"] == sender) & (tables.reliance["commodity_id"] == goods)
                ]
                found += mine.to_dict("records")
    return found


def loop_as_of(ledger: pd.DataFrame, day: date) -> int:
    """The steps that stand on a day, found by going through all."""
    moment, standing = pd.Timestamp(day), 0
    for row in ledger.itertuples():
        standing += row.effective <= moment and (row.superseded is pd.NaT or row.superseded > moment)  # type: ignore[operator]
    return standing


def show(what: str, ask: Callable[[date], pd.DataFrame]) -> None:
    """Prints median and 95 % of asking for many days, in milliseconds."""
    chance = random.Random(9)  # noqa: S311 - a draw, not a secret
    times = []
    for _ in range(60):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        seconds, rows = timed(lambda day=day: ask(day))  # type: ignore[misc]
        times.append(seconds * 1000)
    high = statistics.quantiles(times, n=20)[-1]
    print(f"  as of a day, {what}: median {statistics.median(times):.1f} ms, 95 % {high:.1f} ms, {len(rows):,} rows")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def memory() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
