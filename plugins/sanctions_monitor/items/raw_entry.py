"""What every reader of documents gives: an entry in its publisher's own words, before anything is normalised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry as it stands in the document; what it does not say is empty.

    `title`, `summary` and `text` are HTML (or text that was never meant as such: publishers differ); `link` may be
    relative; `published` is UTC, None where there is no date that can be read.
    """

    guid: str
    link: str
    title: str
    summary: str
    text: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class RawFeed:
    """The entries of a document in its order, and the page that the feed belongs to ("" where it names none)."""

    entries: tuple[RawEntry, ...]
    site: str


class LeftToFeedparser(Exception):  # noqa: N818 - it is a way on and no error
    """The document holds something whose reading by feedparser is not repeated by the fast path."""


_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def as_permalink(guid: str) -> str:
    """The guid as the entry's link, where it is an address.

    RSS 2.0 lets a guid stand for a missing link unless it says isPermaLink="false", and many a number does not say so.
    """
    return guid if _WEB.match(guid) else ""
