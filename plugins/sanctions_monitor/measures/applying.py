"""How one adopted act changes the ledger: only what its words cover, and a mark for a person where they leave it open.

Imposing opens an entry, brings an eased or ended one back, or widens one that stands. Extending moves the last day.
Easing narrows or ends. Enforcing changes nothing. docs/ledger.md has the rules with examples.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sanctions_monitor.measures.renewals import renews_on
from sanctions_monitor.measures.scope import scope_of
from sanctions_monitor.measures.step import Book, Entry, Kind, Status, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sanctions_monitor.measures.change import Change

SAME_ACT = timedelta(days=14)
"""A step of the baseline and an alert whose days are no further apart tell one act."""
UNTOLD = "not told by the reports"

_STATUSES: dict[str, tuple[Status, ...]] = {"impose": ("in_force",), "ease": ("eased", "suspended", "ended")}
_PERSONS = frozenset({"asset_freeze", "travel_ban"})
_NUMBER = re.compile(r"\d[\d/.]*\d")


def apply(book: Book, change: Change, covers: Mapping[str, frozenset[str]]) -> None:
    """Changes the book by one act, for each sender and target that it names."""
    how = {"impose": _impose, "extend": _extend, "ease": _ease}.get(change.action)
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
        if not change.commodities and (entry.commodity or not _by(entry, change)):
            continue
        for step in list(book.of_baseline.get(entry, ())):
            near = min(abs(step.announced - change.announced), abs(step.effective - change.effective)) <= SAME_ACT
            if near and step.status in _STATUSES.get(change.action, ()):
                confirmed = step.confirmed or change.confirmed
                book.mark(entry, step, alert_id=step.alert_id or change.alert_id, confirmed=confirmed)
                found = True
    return found


def _impose(book: Book, change: Change, sender: str, target: str, _covers: Mapping[str, frozenset[str]]) -> None:
    for goods in change.commodities or (None,):
        for instrument in change.instruments or ("other",):
            entries = [
                entry
                for entry in book.between(sender, target)
                if entry.commodity == goods and (entry.instrument == instrument or (goods and not change.instruments))
            ]
            _impose_one(
                book,
                change,
                _of_the_act(book, entries, change),
                Entry(f"{sender}-{target}", sender, target, None, instrument, goods),
            )


def _impose_one(book: Book, change: Change, entries: Sequence[Entry], new: Entry) -> None:
    if len({entry.regime_id for entry in entries}) == 1:
        for entry in entries:
            before = book.at(entry, change.effective)
            kind: Kind = "widened" if before and before.status == "in_force" else "opened"
            _step(book, entry, change, kind, "in_force", ends=change.expires or (before.ends if before else None))
        return
    reasons = []
    if len(entries) > 1:
        reasons.append("which of the sender's regimes it widens was not told")
    if not change.instruments:
        reasons.append("by what means was not told")
    if len(change.instruments) > 1 and len(change.commodities) > 1:
        reasons.append("which of the means are meant for which goods was not told")
    before = book.at(new, change.effective) if new in book.steps else None
    kind = "widened" if before and before.status == "in_force" else "opened"
    _step(book, new, change, kind, "in_force", ends=change.expires, to_review="; ".join(reasons) or None)


def _extend(book: Book, change: Change, sender: str, target: str, _covers: Mapping[str, frozenset[str]]) -> None:
    entries = [
        entry
        for entry in book.between(sender, target)
        if _stands(book, entry, change)
        and (not change.commodities or entry.commodity in change.commodities)
        and _by(entry, change)
    ]
    entries = _of_the_act(book, entries, change)
    if not entries:
        new = Entry(f"{sender}-{target}", sender, target, None, (change.instruments or ("other",))[0], None)
        _step(
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
            _review(book, entry, change, "an extension was decided; of which regime was not told")
        elif change.expires is None:
            _step(book, entry, change, "extended", to_review="it was extended; until when was not told")
        else:
            _step(book, entry, change, "extended", ends=change.expires)


def _ease(book: Book, change: Change, sender: str, target: str, covers: Mapping[str, frozenset[str]]) -> None:
    standing = [entry for entry in book.between(sender, target) if _stands(book, entry, change)]
    if change.commodities:
        for goods in change.commodities:
            _ease_goods(book, change, [sender, target, goods], standing, covers)
        return
    entries = _of_the_act(book, [entry for entry in standing if _by(entry, change)], change)
    if not entries:
        _unknown_eased(
            book, change, Entry(f"{sender}-{target}", sender, target, None, (change.instruments or ("other",))[0], None)
        )
    scope = scope_of(change.words, change.legal_act)
    listing = bool(change.instruments) and _PERSONS.issuperset(change.instruments)
    if scope in {"all_ended", "ended"} and not change.entities:
        _end(book, change, entries, every=scope == "all_ended")
    elif listing:
        _take_off(book, change, [entry for entry in entries if entry.commodity is None])
    elif change.entities and scope not in {"all_ended", "ended"}:
        for entry in entries:
            if entry.instrument in _PERSONS and entry.commodity is None:
                names = ", ".join(change.entities)
                _review(book, entry, change, f"an easing was decided that names {names}; how far it goes was not told")
    else:
        _ease_means(book, change, entries, scope)


def _end(book: Book, change: Change, entries: Sequence[Entry], *, every: bool) -> None:
    """Ends the entries of the one regime that the words can mean, or of all where they say so."""
    several = _regimes(entries) > 1 and not every
    for entry in entries:
        if several:
            _review(book, entry, change, "an end was decided; of which of the sender's regimes was not told")
        else:
            _step(book, entry, change, "ended", "ended")


def _take_off(book: Book, change: Change, entries: Sequence[Entry]) -> None:
    """Persons and firms leave a list, which stays."""
    names = ", ".join(change.entities) or "persons or firms that the reports do not name"
    for entry in entries:
        if _regimes(entries) > 1:
            _review(book, entry, change, f"taken off: {names}; of which of the sender's regimes was not told")
        else:
            _step(book, entry, change, "narrowed", note=f"Taken off: {names}")


def _ease_means(book: Book, change: Change, entries: Sequence[Entry], scope: str | None) -> None:
    """A licence or suspension for named means, where one regime has them; else each is marked."""
    without_goods = [entry for entry in entries if entry.commodity is None]
    clear = scope in {"eased", "suspended"} and change.instruments and _regimes(without_goods) == 1
    for entry in entries:
        if clear and entry.commodity is None:
            kind: Literal["eased", "suspended"] = "suspended" if scope == "suspended" else "eased"
            _step(book, entry, change, kind, kind, ends=change.expires)
        else:
            _review(book, entry, change, "an easing was decided; whether it covers this was not told")


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
    same = [entry for entry in same if _by(entry, change)] or same
    scope = scope_of(change.words, change.legal_act)
    reached: Literal["eased", "suspended", "ended"] = "ended" if scope == "all_ended" else scope or "eased"
    for entry in same:
        doubt = None if scope else "eased; whether something of it stays was not told"
        _step(book, entry, change, reached, reached, ends=change.expires, to_review=doubt)
    if same:
        return
    wider = [entry for entry in standing if entry.commodity and goods in covers.get(entry.commodity, ())]
    for entry in wider:
        _review(book, entry, change, f"its part {goods} was eased; the rest was not told")
    if not wider:
        _unknown_eased(
            book,
            change,
            Entry(f"{sender}-{target}", sender, target, None, (change.instruments or ("other",))[0], goods),
        )


def _unknown_eased(book: Book, change: Change, new: Entry) -> None:
    _step(
        book,
        new,
        change,
        "eased",
        "eased",
        ends=change.expires,
        to_review="it was eased, but the ledger had no such measure",
    )


def _stands(book: Book, entry: Entry, change: Change) -> bool:
    step = book.at(entry, change.effective)
    return step is not None and step.status != "ended"


def _by(entry: Entry, change: Change) -> bool:
    return not change.instruments or entry.instrument in change.instruments


def _of_the_act(book: Book, entries: list[Entry], change: Change) -> list[Entry]:
    """Those of the regime that the change's legal act or its new last day points to; all where neither does."""
    numbers = {each for each in _NUMBER.findall(change.legal_act or "") if len(each) > 3}
    steps = {entry: step for entry in entries if (step := book.at(entry, change.effective))}
    named = [entry for entry, step in steps.items() if numbers & set(_NUMBER.findall(step.legal_act))]
    if named:
        return named
    if change.action == "extend" and change.expires:
        by_day = [entry for entry, step in steps.items() if renews_on(step.renewal, change.expires)]
        if by_day:
            return by_day
    return entries


def _review(book: Book, entry: Entry, change: Change, doubt: str) -> None:
    """Leaves the entry as it stands, and says what a person should look up."""
    before = book.at(entry, change.effective)
    if before is not None:
        step = replace(
            before,
            change="reviewed",
            announced=change.announced,
            effective=change.effective,
            to_review=doubt,
            alert_id=change.alert_id,
        )
        book.add(entry, step)


def _step(book: Book, entry: Entry, change: Change, kind: Kind, status: Status | None = None, **facts: object) -> None:
    """A new step of an entry: what the change says, and else what the step before said."""
    before = book.at(entry, change.effective) if entry in book.steps else None
    act = change.legal_act or (before.legal_act if before and kind != "opened" else UNTOLD)
    step = Step(
        regime=before.regime if before else UNTOLD,
        status=status or (before.status if before else "in_force"),
        announced=change.announced,
        effective=change.effective,
        ends=before.ends if before else None,
        renewal=before.renewal if before else None,
        legal_act=act,
        cited_as=change.legal_act or (before.cited_as if before and kind != "opened" else UNTOLD),
        source_url=change.source_url,
        checked="official report" if change.confirmed else "report",
        dates="report",
        confirmed=change.confirmed,
        change=kind,
        alert_id=change.alert_id,
    )
    book.add(entry, replace(step, **facts))  # type: ignore[arg-type]
