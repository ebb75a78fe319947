"""How one adopted act changes the ledger: only what its words cover, and a mark for a person where they leave it open.

Imposing opens an entry, brings an eased or ended one back, or widens one that stands. Extending moves the last day.
Easing (`easing.py`) narrows or ends. Enforcing changes nothing. docs/ledger.md has the rules with examples.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sanctions_monitor.measures.easing import ease
from sanctions_monitor.measures.moves import PERSONS, by_its_means, mark_for_review, of_the_act, stands, take_step
from sanctions_monitor.measures.step import Book, Entry, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sanctions_monitor.measures.change import Change

SAME_ACT = timedelta(days=14)
"""A step of the baseline and an alert whose days are no further apart tell one act."""
LISTED_OR_BANNED = "whether trade in the goods is restricted, or dealings with those listed alone, was not told"
"""Firms are listed for moving goods, and the reports tell of both: the goods may be free for others."""

_STATUSES: dict[str, tuple[Status, ...]] = {"impose": ("in_force",), "ease": ("eased", "suspended", "ended")}


def apply(book: Book, change: Change, covers: Mapping[str, frozenset[str]]) -> None:
    """Changes the book by one act, for each sender and target that it names."""
    how = {"impose": _impose, "extend": _extend, "ease": ease}.get(change.action)
    if how is None:
        return
    for sender in change.senders:
        for target in change.targets:
            if not _told_already(book, change, sender, target):
                how(book, change, sender, target, covers)


def _told_already(book: Book, change: Change, sender: str, target: str) -> bool:
    """Whether the baseline has this very act: then the alert is noted with it, and confirms it where it is official."""
    found = False
    for entry in book.between(sender, target):
        if change.commodities and entry.commodity not in change.commodities:
            continue
        if not change.commodities and (entry.commodity or not by_its_means(entry, change)):
            continue
        for step in list(book.of_baseline.get(entry, ())):
            near = min(abs(step.announced - change.announced), abs(step.effective - change.effective)) <= SAME_ACT
            if near and step.status in _STATUSES.get(change.action, ()):
                confirmed = step.confirmed or change.confirmed
                book.mark(entry, step, alert_id=step.alert_id or change.alert_id, confirmed=confirmed)
                found = True
    return found


def _impose(book: Book, change: Change, sender: str, target: str, _covers: Mapping[str, frozenset[str]]) -> None:
    listing = bool(PERSONS & set(change.instruments))
    for goods in change.commodities or (None,):
        for instrument in change.instruments or ("other",):
            doubt = LISTED_OR_BANNED if goods and listing and instrument not in PERSONS else None
            entries = [
                entry
                for entry in book.between(sender, target)
                if entry.commodity == goods and (entry.instrument == instrument or (goods and not change.instruments))
            ]
            _impose_one(
                book,
                change,
                of_the_act(book, entries, change),
                Entry(f"{sender}-{target}", sender, target, None, instrument, goods),
                doubt,
            )


def _impose_one(book: Book, change: Change, entries: Sequence[Entry], new: Entry, doubt: str | None) -> None:
    if len({entry.regime_id for entry in entries}) == 1:
        for entry in entries:
            before = book.at(entry, change.effective)
            kind: Kind = "widened" if before and before.status == "in_force" else "opened"
            ends = change.expires or (before.ends if before else None)
            take_step(book, entry, change, kind, "in_force", ends=ends, to_review=doubt)
        return
    reasons = [doubt] if doubt else []
    if len(entries) > 1:
        reasons.append("which of the sender's regimes it widens was not told")
    if not change.instruments:
        reasons.append("by what means was not told")
    if len(change.instruments) > 1 and len(change.commodities) > 1:
        reasons.append("which of the means are meant for which goods was not told")
    before = book.at(new, change.effective) if new in book.steps else None
    kind = "widened" if before and before.status == "in_force" else "opened"
    take_step(book, new, change, kind, "in_force", ends=change.expires, to_review="; ".join(reasons) or None)


def _extend(book: Book, change: Change, sender: str, target: str, _covers: Mapping[str, frozenset[str]]) -> None:
    entries = [
        entry
        for entry in book.between(sender, target)
        if stands(book, entry, change)
        and (not change.commodities or entry.commodity in change.commodities)
        and by_its_means(entry, change)
    ]
    entries = of_the_act(book, entries, change)
    if not entries:
        new = Entry(f"{sender}-{target}", sender, target, None, (change.instruments or ("other",))[0], None)
        take_step(
            book,
            new,
            change,
            "extended",
            "in_force",
            ends=change.expires,
            to_review="it was extended, but the ledger had no such measure",
        )
        return
    regimes = {entry.regime_id for entry in entries}
    for entry in entries:
        if len(regimes) > 1:
            mark_for_review(book, entry, change, "an extension was decided; of which regime was not told")
        elif change.expires is None:
            take_step(book, entry, change, "extended", to_review="it was extended; until when was not told")
        else:
            take_step(book, entry, change, "extended", ends=change.expires)
