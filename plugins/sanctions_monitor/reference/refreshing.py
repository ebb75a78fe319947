"""Refreshes tables from a service: fetch, compare, check, swap; the old ones stay on any failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_monitor.reference.differences import Difference, believable, difference
from sanctions_monitor.reference.loading import current, swap
from sanctions_monitor.reference.services import newer_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from sanctions_monitor.reference.services import Answers, Service


def refresh(
    conn: psycopg.Connection[Any],
    service: Service,
    answers: Answers,
    year: int,
    pairs: Sequence[tuple[str, str]] = (),
    *,
    dry_run: bool = False,
) -> dict[str, Difference]:
    """Swaps in the service's newer tables and returns what changed, by table; with `dry_run` it only compares.

    The questions are asked before the transaction that swaps begins. Raises FetchError where an answer does not come
    whole, DataError where the new tables break their declaration or are not believable; then nothing has changed.
    """
    before = current(conn)
    newer = newer_tables(service, answers, before, year, pairs)
    found = {name: difference(name, before[name], after) for name, after in newer.items()}
    for each in found.values():
        believable(service, each)
    if not dry_run and not all(each.empty for each in found.values()):
        swap(conn, newer, service.id)
    return found
