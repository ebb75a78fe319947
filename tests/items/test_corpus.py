"""Real documents: each gives items or a clear reason, and the fast path gives what feedparser gives.

The corpus lies beside the clone (../shared/feeds/corpus, 257 documents of some fifty projects); without it these tests
are skipped. The snapshot has a line a document: how it was read, how many items it gave, a hash of what they say.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.errors import FetchError
from sanctions_monitor.items import parse
from sanctions_monitor.items.by_feedparser import by_feedparser
from sanctions_monitor.items.by_lxml import by_lxml
from sanctions_monitor.items.encoding import as_utf8
from sanctions_monitor.items.entry import normalised
from sanctions_monitor.items.xml_repair import repaired

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

CORPUS = Path(__file__).parents[2].parent / "shared" / "feeds" / "corpus"
BASE = "https://feeds.example/feed"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real feeds does not lie beside the clone")


def documents() -> dict[str, dict[str, str]]:
    """The lines of the manifest by file."""
    if not CORPUS.is_dir():
        return {}
    with (CORPUS / "manifest.csv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def read(file: str) -> bytes:
    return (CORPUS / file).read_bytes()


def as_parsed(file: str) -> bytes:
    """A document as both parsers get it."""
    return repaired(as_utf8(read(file), "application/xml"))


def outcome(file: str) -> str:
    """What becomes of a document, in a line."""
    try:
        document = parse(read(file), "application/xml", BASE)
    except FetchError as problem:
        return f"{file}: {problem}"
    way = "lxml" if by_lxml(as_parsed(file)) else "feedparser"
    said = repr(
        [(each.guid, each.link, each.title, each.summary, each.text, each.published) for each in document.entries]
    )
    left_out = f"{document.empty} empty, {document.repeated} repeated" if document.empty or document.repeated else ""
    parts = (
        "JSON Feed" if read(file).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") else way,
        f"{len(document.entries)} items",
        left_out,
        "" if document.complete else "breaks off",
        hashlib.sha256(said.encode()).hexdigest()[:12],
    )
    return f"{file}: {', '.join(filter(None, parts))}"


def test_every_document_gives_items_or_a_reason(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(outcome(file) for file in documents()) == snapshot


def test_there_are_as_many_entries_as_feedparser_gives() -> None:
    counted, expected = {}, {}
    for file, row in documents().items():
        if int(row["n_entries"]):
            document = parse(read(file), "application/xml", BASE)
            counted[file] = len(document.entries) + document.empty + document.repeated
            expected[file] = int(row["n_entries"])

    # their last entry is cut in the middle: kept now, it would be an edit at the next poll
    for file in ("kagisearch__osm-pl.xml", "kurtmckee__rss_incomplete_cdata.xml"):
        expected[file] -= 1
    assert counted == expected


@pytest.mark.parametrize("file", documents())
def test_the_fast_path_gives_the_items_of_feedparser(file: str) -> None:
    document = as_parsed(file)
    fast = by_lxml(document)
    if fast is None:
        pytest.skip("left to feedparser")

    found = by_feedparser(document)

    assert normalised(fast.entries, BASE).entries == normalised(found.feed.entries, BASE).entries
    assert fast.site == found.feed.site


def test_the_fast_path_takes_most_documents() -> None:
    # 219 of 257: a rule that is written too strictly would cost nine tenths of the speed without a failing test
    assert sum(by_lxml(as_parsed(file)) is not None for file in documents()) > 200
