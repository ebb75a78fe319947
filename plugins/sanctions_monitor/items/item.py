"""The item: one entry of one feed, as every later room sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, normalised.

    `title`, `summary` and `text` are plain text (no markup, entities resolved, white space collapsed); character
    offsets of evidence count in exactly these strings. `text` is None where no full text came with the feed.
    `published` is aware (UTC), or None where the feed gives no date. `source` is the outlet's name, `lang` an
    ISO 639-1 code or None where unknown.
    """

    id: str
    title: str
    summary: str
    text: str | None
    published: datetime | None
    source: str
    url: str
    lang: str | None
