"""The coder: from an item to its events, step by step, each step a pure function of plain values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sanctions_monitor.events.actors import Mention, mentions_of
from sanctions_monitor.events.finding import Setting, findings_of
from sanctions_monitor.events.gate import passes_gate
from sanctions_monitor.events.lexicon import lexicon, rows
from sanctions_monitor.events.merge import Lead, merged
from sanctions_monitor.events.phrasebook import PhraseBook
from sanctions_monitor.events.prepositions import is_venue
from sanctions_monitor.events.sentences import Sentence, sentences_of
from sanctions_monitor.events.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.event import Event
    from sanctions_monitor.items.item import Item

# Goes up whenever rules or code change what an item is coded as; stored with every event.
CODER_VERSION = "1"

# The opening of a text that still belongs to the news of the title.
LEAD_SENTENCES = 2


# Words of the names of authorities: "Ministry of Commerce of the PRC", "US Attorney", "Official Journal of the EU".
AUTHORITY_WORDS = frozenset(
    "ministry department treasury council commission court government attorney office cabinet president customs bureau"
    " official secretariat directorate parliament mfa committee".split()
)


def code(item: Item) -> tuple[Event, ...]:
    """The events of an item in the order in which it tells them; empty for other languages than English."""
    if not is_read(item) or not passes_gate(item):
        return ()
    sentences = sentences_of(item)
    if _silenced(sentences):
        return ()
    published = item.published.date() if item.published else None
    official = official_sender(item.source)
    on_sanctions = speaks_of_sanctions(sentences)
    lead = _lead(sentences, official, on_sanctions=on_sanctions)
    # Two states in the opening, or an authority and a state: then even "ban" and "curbs" may be sanctions.
    on_states = on_sanctions or len({*lead.codes, official} - {None}) > 1
    setting = Setting(on_sanctions, on_states, official is not None, published)
    findings = [one for sentence in sentences for one in findings_of(sentence, setting)]
    return merged(item, findings, lead)


def is_read(item: Item) -> bool:
    """Whether an item is in a language that we read, or may be."""
    return item.lang in {None, "en"}


def speaks_of_sanctions(sentences: Sequence[Sentence]) -> bool:
    """Whether a sanctions word stands anywhere; weak words such as "ban" count only then."""
    book = lexicon().classes
    return any(
        name == "sanctions_word"
        for sentence in sentences
        for place in range(len(sentence.tokens))
        for _, (name, _) in book.at(sentence.tokens, place)
    )


def official_sender(source: str) -> str | None:
    """The code of the authority whose own outlet this is, or None."""
    tokens = tokenise(source)
    found = _official_sources().longest(tokens)
    if found:
        return found[0][2]
    if any(token.norm in AUTHORITY_WORDS for token in tokens):
        return next((mention.actor.codes[0] for mention in mentions_of(tokens)), None)
    return None


@cache
def _official_sources() -> PhraseBook[str]:
    book: PhraseBook[str] = PhraseBook()
    for row in rows("official_sources.csv", ("code", "words")):
        for word in row["words"].split("|"):
            book.add(word, row["code"], "capital")
    return book


def _silenced(sentences: Sequence[Sentence]) -> bool:
    """Whether title or summary show that the item tells no act (codebook, "What is not an event")."""
    for sentence in sentences:
        if sentence.field == "text" and sentence.number > 0:
            break
        for _, _, refusal in lexicon().refusals.longest(sentence.tokens):
            if refusal.scope == "item" or (refusal.scope == "title" and sentence.field == "title"):
                return True
    return False


def _lead(sentences: Sequence[Sentence], official: str | None, *, on_sanctions: bool) -> Lead:
    """The names of title, summary and the first sentences of the text, in order; places apart."""
    names: list[Mention] = []
    places: list[str] = []
    for sentence in sentences:
        if sentence.field == "text" and sentence.number >= LEAD_SENTENCES:
            continue
        for mention in mentions_of(sentence.tokens, sentence.body):
            if not is_venue(sentence.tokens, mention):
                names.append(mention)
            elif mention.actor.kind != "capital":
                places += mention.actor.codes
    return Lead(official, on_sanctions, tuple(names), tuple(places))
