"""From documents to items: parsed, normalised, each stored once, every later wording kept.

In: a document as a publisher sent it (RSS, Atom, RDF, JSON Feed), whatever its faults.
Out: `Item`s of plain text. `store` says how many were new and how many had changed.
What stays true: an entry is one item however often and in however many feeds it stands (its identity is its
canonical address, or feed and guid); an edit is a new revision and the old one stays; markup, control characters and
tracking parameters never pass; one broken entry does not cost the others.
"""

from sanctions_monitor.items.entry import Entry, ParsedDocument
from sanctions_monitor.items.item import Item
from sanctions_monitor.items.language import language_of
from sanctions_monitor.items.listed import read_document
from sanctions_monitor.items.parse import parse
from sanctions_monitor.items.plain_text import plain_text
from sanctions_monitor.items.revise import READER_VERSION
from sanctions_monitor.items.store import Stored, store

__all__ = [
    "READER_VERSION",
    "Entry",
    "Item",
    "ParsedDocument",
    "Stored",
    "language_of",
    "parse",
    "plain_text",
    "read_document",
    "store",
]
