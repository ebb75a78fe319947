"""Which goods a sentence names, as commodity ids."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from sanctions_monitor.events.actors import REFERENCE
from sanctions_monitor.events.lexicon import rows
from sanctions_monitor.events.phrasebook import PhraseBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.tokens import Token


@cache
def goods_book() -> PhraseBook[str]:
    """Words for goods with their commodity ids; our own lines win over the reference table."""
    book: PhraseBook[str] = PhraseBook()
    known: set[str] = set()
    for row in rows("goods.csv", ("commodity", "words")):
        for word in row["words"].split("|"):
            if word.casefold() not in known:
                known.add(word.casefold())
                book.add(
                    word, "" if row["commodity"] == "-" else row["commodity"], "exact" if word.isupper() else "any"
                )
    with (REFERENCE / "commodities.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for word in row["aliases"].split("|"):
                if word and word.casefold() not in known:
                    known.add(word.casefold())
                    book.add(word, row["id"], "exact" if word.isupper() else "any")
    return book


@cache
def firm_goods_book() -> PhraseBook[str]:
    """Firms whose business names the goods."""
    book: PhraseBook[str] = PhraseBook()
    for row in rows("firm_goods.csv", ("commodity", "names")):
        for name in row["names"].split("|"):
            book.add(name, row["commodity"], "capital")
    return book


# "A big potash exporter": the goods describe somebody, no measure covers them (codebook, "Codes").
_ABOUT_OTHERS = frozenset("exporter exporters producer producers powerhouse price prices stocks buyers crisis".split())


def goods_named(tokens: Sequence[Token]) -> tuple[tuple[int, int, str, str], ...]:
    """(start, end, commodity id, kind) of each word for goods ("goods") and each firm that stands for some
    ("goods_firm"), tokens [start, end). Whether a measure covers them is decided later."""
    return (
        *(
            (start, end, good, "goods")
            for start, end, good in goods_book().longest(tokens)
            if good and not (end < len(tokens) and tokens[end].norm in _ABOUT_OTHERS)
        ),
        *((start, end, good, "goods_firm") for start, end, good in firm_goods_book().longest(tokens)),
    )
