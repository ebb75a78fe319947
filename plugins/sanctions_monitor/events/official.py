"""Whose outlet an item stands in: an authority's own ("OFAC", "Council of the EU"), or one that writes for a state."""

from __future__ import annotations

from functools import cache

from sanctions_monitor.events.actors import mentions_of
from sanctions_monitor.events.lexicon import rows
from sanctions_monitor.events.phrasebook import PhraseBook
from sanctions_monitor.events.tokens import tokenise

# Words of the names of authorities: "Ministry of Commerce of the PRC", "US Attorney", "Official Journal of the EU".
AUTHORITY_WORDS = frozenset(
    "ministry department treasury council commission court government attorney office cabinet president customs bureau"
    " official secretariat directorate parliament mfa committee".split()
)


def official_sender(source: str) -> str | None:
    """The code of the authority whose own outlet this is, or None."""
    tokens = tokenise(source)
    found = _official_sources().longest(tokens)
    if found:
        return found[0][2]
    if any(token.norm in AUTHORITY_WORDS for token in tokens):
        named = mentions_of(tokens)
        # "Ministry of Commerce of the PRC": the state tells whose ministry it is, the office alone may be another's.
        states = [one for one in named if one.actor.kind in {"state", "adjective"}]
        return next((mention.actor.codes[0] for mention in (*states, *named)), None)
    return None


@cache
def _official_sources() -> PhraseBook[str]:
    book: PhraseBook[str] = PhraseBook()
    for row in rows("official_sources.csv", ("code", "words")):
        for word in row["words"].split("|"):
            book.add(word, row["code"], "capital")
    return book


def home_of(source: str) -> str | None:
    """The code of the state for which this outlet writes ("TASS", "The Straits Times"), or None."""
    return _homes().get(source.strip().casefold())


@cache
def _homes() -> dict[str, str]:
    return {
        name.casefold(): row["code"]
        for row in rows("outlets.csv", ("code", "names"))
        for name in row["names"].split("|")
    }
