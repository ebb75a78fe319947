"""Names of those whom a measure lists: firms, banks, vessels with their IMO number, persons, organisations.

Found by their form in the sentence that tells the act: a company's legal form, a bank's or line's last word, a ship's
number or the word before it, a person's office. What has no such sign is left out rather than guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sanctions_monitor.events.actors import mentions_of
from sanctions_monitor.events.event import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanctions_monitor.events.event import EntityType
    from sanctions_monitor.events.sentences import Sentence

_NAME = r"[A-Z\u00c0-\u017d](?:[\w.&-]|['\u2019](?!s\b)){0,30}"
_NAMES = rf"{_NAME}(?:(?: (?:of|and|for|de|al|el|bin|&) | ){_NAME}){{0,5}}"
# Bounded repeats only, so matching is linear.
_FORMS = (
    "LLC|L.L.C.|Ltd|Limited|Inc|Corp|Corporation|Company|Co|JSC|PJSC|OJSC|OAO|ZAO|OOO|AO|PAO|GmbH|AG|S.A.|SA|SpA|S.p.A."
    "|N.V.|B.V.|BV|NV|AB|Oy|Oyj|A.S.|A.Ş.|Sdn Bhd|Pte|FZE|FZCO|FZ-LLC|DMCC|LLP|plc|Plc|PLC|Group|Holding|Holdings"
    "|Industries|Shipping|Lines|Airlines|Airways|Trading|Petrochemical|Petroleum|Refinery|Enterprise|Mines|Mining"
    "|Technologies|Technology|Logistics|Insurance|Exchange|Foundation|Fund"
).split("|")
_SHIPS = "tanker|vessel|ship|freighter|cargo ship|supertanker|yacht|superyacht|carrier|VLCC|M/T|MT|M/V|MV"
_OFFICES = (
    "businessman|tycoon|oligarch|billionaire|general|Gen.|colonel|Col.|minister|commander|judge|prosecutor|governor|mayor"
    "|financier|trader|warlord|broker|magnate|chief|director|owner|senator|lawmaker|president|leader"
).split("|")
_COMPANY = re.compile(rf"\b({_NAMES},? (?:{'|'.join(map(re.escape, _FORMS))}))(?!\w)")
_BANK = re.compile(
    rf"\b((?:{_NAME} ){{0,4}}{_NAME} (?:Bank|Bankasi)|Bank (?:of )?{_NAMES}|[A-Z]\w{{2,20}}(?:bank|Bank))\b"
)
_NUMBERED = re.compile(rf"({_NAMES}(?: \d{{1,3}})?)[ ,(]{{1,3}}IMO(?: number| No\.?|:)? ?(\d{{7}})\b")
_SHIP = re.compile(
    rf"\b(?:{_SHIPS})s?,? (?:the )?[\"'\u201c\u2018]?([A-Z][\w'-]{{1,20}}(?: [A-Z0-9][\w'-]{{0,20}}){{0,2}})"
)
_PERSON = re.compile(
    rf"\b(?i:{'|'.join(map(re.escape, _OFFICES))}),? ({_NAME}(?: (?:al-|bin |van |de |el-)?{_NAME}){{1,2}})\b"
)


def entities_in(sentence: Sentence, words: str) -> tuple[Entity, ...]:
    """The entities that a sentence names, in order, each once; `words` is the sentence as it stands in its field."""
    found: dict[str, tuple[int, Entity]] = {}
    for place, entity in sorted(_all(sentence, words), key=lambda one: (one[0], -len(one[1].name))):
        covered = any(start <= place < start + len(name) for name, (start, _) in found.items())
        if entity.name not in found and not covered:
            found[entity.name] = (place, entity)
    return tuple(entity for _, entity in found.values())


def _all(sentence: Sentence, words: str) -> Iterator[tuple[int, Entity]]:
    for match in _NUMBERED.finditer(words):
        if is_imo_number(match.group(2)):
            name = match.group(1).removeprefix("The ")
            yield match.end(1) - len(name), Entity(name, "vessel", f"IMO {match.group(2)}")
    patterns: tuple[tuple[re.Pattern[str], EntityType], ...] = (
        (_BANK, "bank"),
        (_COMPANY, "company"),
        (_SHIP, "vessel"),
        (_PERSON, "person"),
    )
    for pattern, kind in patterns:
        for match in pattern.finditer(words):
            yield match.start(1), Entity(match.group(1).rstrip(".,"), kind, None)
    for mention in mentions_of(sentence.tokens, sentence.body):
        if mention.actor.kind in {"firm", "person"}:
            start, end = sentence.tokens[mention.start].start, sentence.tokens[mention.end - 1].end
            start, end = start - sentence.start, end - sentence.start
            yield start, Entity(words[start:end], "company" if mention.actor.kind == "firm" else "person", None)


def is_imo_number(digits: str) -> bool:
    """Whether seven digits are an IMO ship number: the last is the check digit (IMO resolution A.1117(30))."""
    return len(digits) == 7 and sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=False)) % 10 == int(
        digits[6]
    )
