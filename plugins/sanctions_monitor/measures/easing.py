"""How an easing changes the ledger: it narrows, suspends or ends what its words cover, and marks what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sanctions_monitor.measures.moves import PERSONS, by_its_means, mark_for_review, of_the_act, stands, take_step
from sanctions_monitor.measures.scope import scope_of
from sanctions_monitor.measures.step import Book, Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sanctions_monitor.measures.change import Change


def ease(book: Book, change: Change, sender: str, target: str, covers: Mapping[str, frozenset[str]]) -> None:
    """Changes a sender's entries against a target by an easing; `covers` tells the narrower goods that goods hold."""
    standing = [entry for entry in book.between(sender, target) if stands(book, entry, change)]
    if change.commodities:
        for goods in change.commodities:
            _ease_goods(book, change, [sender, target, goods], standing, covers)
        return
    entries = of_the_act(book, [entry for entry in standing if by_its_means(entry, change)], change)
    if not entries:
        _unknown_eased(
            book, change, Entry(f"{sender}-{target}", sender, target, None, (change.instruments or ("other",))[0], None)
        )
    scope = scope_of(change.words, change.legal_act)
    listing = bool(change.instruments) and PERSONS.issuperset(change.instruments)
    if scope in {"all_ended", "ended"} and not change.entities:
        _end(book, change, entries, every=scope == "all_ended")
    elif listing:
        _take_off(book, change, [entry for entry in entries if entry.commodity is None])
    elif change.entities and scope not in {"all_ended", "ended"}:
        for entry in entries:
            if entry.instrument in PERSONS and entry.commodity is None:
                names = ", ".join(change.entities)
                mark_for_review(
                    book, entry, change, f"an easing was decided that names {names}; how far it goes was not told"
                )
        _until(book, change, [sender, target, "asset_freeze"])
    elif not _ease_means(book, change, entries, scope):
        _until(book, change, [sender, target, (change.instruments or ("other",))[0]])


def _until(book: Book, change: Change, parties: Sequence[str]) -> None:
    """Keeps the last day of an easing that no entry can take, as an entry of its own, so that the calendar has it."""
    if change.expires is None:
        return
    sender, target, instrument = parties
    take_step(
        book,
        Entry(change.alert_id, sender, target, None, instrument, None),
        change,
        "eased",
        "eased",
        apart=True,
        ends=change.expires,
        to_review="an easing until this day was decided; of which measures was not told",
        note=f"Named: {', '.join(change.entities)}" if change.entities else None,
    )


def _end(book: Book, change: Change, entries: Sequence[Entry], *, every: bool) -> None:
    """Ends the entries of the one regime that the words can mean, or of all where they say so."""
    several = _regimes(entries) > 1 and not every
    for entry in entries:
        if several:
            mark_for_review(book, entry, change, "an end was decided; of which of the sender's regimes was not told")
        else:
            take_step(book, entry, change, "ended", "ended")


def _take_off(book: Book, change: Change, entries: Sequence[Entry]) -> None:
    """Persons and firms leave a list, which stays."""
    names = ", ".join(change.entities) or "persons or firms that the reports do not name"
    for entry in entries:
        if _regimes(entries) > 1:
            mark_for_review(book, entry, change, f"taken off: {names}; of which of the sender's regimes was not told")
        else:
            take_step(book, entry, change, "narrowed", note=f"Taken off: {names}")


def _ease_means(book: Book, change: Change, entries: Sequence[Entry], scope: str | None) -> bool:
    """A licence or suspension for named means, where one regime has them; else each is marked. Whether it was clear."""
    without_goods = [entry for entry in entries if entry.commodity is None]
    clear = scope in {"eased", "suspended"} and bool(change.instruments) and _regimes(without_goods) == 1
    for entry in entries:
        if clear and entry.commodity is None:
            kind: Literal["eased", "suspended"] = "suspended" if scope == "suspended" else "eased"
            take_step(book, entry, change, kind, kind, ends=change.expires)
        else:
            mark_for_review(book, entry, change, "an easing was decided; whether it covers this was not told")
    return clear or not entries


def _regimes(entries: Sequence[Entry]) -> int:
    return len({entry.regime_id for entry in entries})


def _ease_goods(
    book: Book,
    change: Change,
    parties: Sequence[str],
    standing: Sequence[Entry],
    covers: Mapping[str, frozenset[str]],
) -> None:
    sender, target, goods = parties
    same = [entry for entry in standing if entry.commodity == goods]
    same = [entry for entry in same if by_its_means(entry, change)] or same
    scope = scope_of(change.words, change.legal_act)
    reached: Literal["eased", "suspended", "ended"] = "ended" if scope == "all_ended" else scope or "eased"
    for entry in same:
        doubt = None if scope else "eased; whether something of it stays was not told"
        take_step(book, entry, change, reached, reached, ends=change.expires, to_review=doubt)
    if same:
        return
    wider = [entry for entry in standing if entry.commodity and goods in covers.get(entry.commodity, ())]
    for entry in wider:
        mark_for_review(book, entry, change, f"its part {goods} was eased; the rest was not told")
    if not wider:
        _unknown_eased(
            book,
            change,
            Entry(f"{sender}-{target}", sender, target, None, (change.instruments or ("other",))[0], goods),
        )


def _unknown_eased(book: Book, change: Change, new: Entry) -> None:
    take_step(
        book,
        new,
        change,
        "eased",
        "eased",
        ends=change.expires,
        to_review="it was eased, but the ledger had no such measure",
    )
