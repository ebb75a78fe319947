"""Which stored item is this entry, and is it new, changed or known? Pure decisions of what is stored and what came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sanctions_monitor.items.identity import as_key, entry_keys, fingerprint, identity, item_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sanctions_monitor.items.entry import Entry

READER_VERSION = "1"
"""To be raised when parsing changes what an unchanged document says: then every document is read once more."""
MOST_REVISIONS = 25
"""Wordings of one item that are kept. Pages that carry the time of day would have one a poll (lemon24/reader #225)."""
Verdict = Literal["new", "changed", "known"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of an item: its latest revision and that revision's title and fingerprint, its page and date."""

    item_id: str
    feed_id: str
    revision: int
    fingerprint: str
    title: str = ""
    url: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of an entry: the item that it is, under which key its feed names it, and what is to be written.

    `revision` is the number that it gets, where it is new or changed.
    """

    entry: Entry
    key: str
    identity: str
    item_id: str
    fingerprint: str
    verdict: Verdict
    revision: int


def names_of(feed_id: str, entries: Sequence[Entry]) -> tuple[list[str], list[str]]:
    """The keys of a document's entries, and every identity that they may have: all that is to be looked up."""
    keys = entry_keys([(entry.guid, entry.url, entry.title) for entry in entries])
    names = [each for entry, key in zip(entries, keys, strict=True) for each in _identities(feed_id, entry, key)]
    return keys, list(dict.fromkeys(names))


def settle(
    feed_id: str,
    entries: Sequence[Entry],
    keys: Sequence[str],
    by_key: Mapping[str, Known],
    by_identity: Mapping[str, Known],
) -> list[Settled]:
    """What becomes of each entry of a document, in its order.

    `keys` are those that `names_of` gives them, `by_key` holds what this feed has carried under them, `by_identity`
    what is stored under their identities.
    """
    shared = _shared_pages(entries)
    told: dict[str, Known | None] = {}
    settled: list[Settled] = []
    for entry, key in zip(entries, keys, strict=True):
        known = _recognised(feed_id, entry, key, by_key, by_identity, shared)
        own = identity(feed_id, key, None)
        page = as_key(entry.url) if entry.url else None
        taken = page is None or page in shared or (known is None and page in by_identity)
        name = own if taken or page is None else page
        id_ = known.item_id if known else item_id(name)
        print_ = fingerprint(entry.title, entry.summary, entry.text)
        # an entry that stands twice in a document: the first gives its wording
        verdict = "known" if id_ in told else judge(known, feed_id, print_)
        told.setdefault(id_, known)
        revision = known.revision + 1 if known else 1
        settled.append(Settled(entry, key, name, id_, print_, verdict, revision))
    return settled


def judge(known: Known | None, feed_id: str, fingerprint_: str) -> Verdict:
    """New where nothing is stored; changed where the outlet's own feed words it otherwise.

    Another feed of the outlet often carries the same page with a shorter summary: that is a sighting, no edit, and
    would otherwise flip the item from one wording to the other at every poll.
    """
    if known is None:
        return "new"
    if known.feed_id != feed_id or known.fingerprint == fingerprint_ or known.revision >= MOST_REVISIONS:
        return "known"
    return "changed"


def _recognised(
    feed_id: str,
    entry: Entry,
    key: str,
    by_key: Mapping[str, Known],
    by_identity: Mapping[str, Known],
    shared: frozenset[str],
) -> Known | None:
    """The stored item that an entry is: by the feed's own key, else by its page, else by the name it was given."""
    known = by_key.get(key)
    if known is not None and is_same_under_one_key(known, entry):
        return known
    at_page = by_identity.get(as_key(entry.url)) if entry.url else None
    if at_page is not None and is_same_at_one_page(at_page, feed_id, entry, shared=as_key(entry.url or "") in shared):
        return at_page
    named = (by_identity.get(each) for each in _identities(feed_id, entry, key)[:2])
    return next((each for each in named if each is not None and is_same_under_one_key(each, entry)), None)


def _identities(feed_id: str, entry: Entry, key: str) -> list[str]:
    """Those that an entry may have: its feed's name for it, the same with its title, its page."""
    if not entry.url:
        return [identity(feed_id, key, None)]
    titled = as_key(f"{entry.url} {entry.title}")
    return [identity(feed_id, key, None), identity(feed_id, titled, None), as_key(entry.url)]


def is_same_under_one_key(known: Known, entry: Entry) -> bool:
    """Whether an entry is the item that its feed has carried under this key.

    It is, unless page, title and date are all others: then the feed has used the guid again, as those do that number
    their entries from the top.
    """
    if known.url == entry.url or _plain(known.title) == _plain(entry.title):
        return True
    return entry.published is not None and known.published == entry.published


def is_same_at_one_page(known: Known, feed_id: str, entry: Entry, *, shared: bool) -> bool:
    """Whether an entry is the item that is stored for its page, under another key or by another feed.

    The same feed must give the same title or date too: guids change at every poll of some feeds (then it is the same
    item), and other feeds link all entries to one page of news (then it is not). `shared`: that is seen already in
    this document.
    """
    if _plain(known.title) == _plain(entry.title):
        return True
    if shared:
        return False
    return known.feed_id != feed_id or (entry.published is not None and known.published == entry.published)


def _shared_pages(entries: Iterable[Entry]) -> frozenset[str]:
    """Pages to which entries of different titles are linked: a page of news, a live page."""
    told = {(as_key(entry.url), _plain(entry.title)) for entry in entries if entry.url}
    return frozenset(page for page, titles in Counter(page for page, _ in told).items() if titles > 1)


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
