"""How much may stand in a document: its bytes are limited where it is fetched, but a parser makes much of little."""

from __future__ import annotations

import re

from sanctions_monitor.errors import FetchError

MOST_ENTRIES = 5_000
"""Entries that are read. The longest of the recorded feeds has some hundreds; feedparser takes 3 kB for each."""
MOST_MARKUP = 600_000
"""Tags and attributes, for each of which a tree of XML takes some 150 bytes."""
_ENTRY_OPENED = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)


def within_limits(document: bytes) -> tuple[bytes, str | None]:
    """The document, cut before the first entry that is too much, and a note that says so where it was.

    Raises FetchError for more markup than a feed has.
    """
    refuse_markup(document, b"<", b"=")
    # shorter than this many of the shortest entries
    if len(document) < 6 * MOST_ENTRIES:
        return document, None
    for number, opened in enumerate(_ENTRY_OPENED.finditer(document)):
        if number == MOST_ENTRIES:
            return document[: opened.start()], cut_note()
    return document, None


def refuse_markup(document: bytes, *marks: bytes) -> None:
    """Raises FetchError where these marks stand in a document more often than in any feed."""
    if sum(map(document.count, marks)) > MOST_MARKUP:
        raise FetchError(f"no feed: it has more than {MOST_MARKUP} tags and attributes. Write to the publisher.")


def cut_note() -> str:
    """What an operator is told of a document with too many entries."""
    return f"it has more than {MOST_ENTRIES} items, of which the first are read. Ask the publisher for a shorter one."
