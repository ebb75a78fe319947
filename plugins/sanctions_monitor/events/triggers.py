"""Finding triggers: where a rule of rules.csv matches a clause."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sanctions_monitor.events.lexicon import Rule, lexicon
from sanctions_monitor.events.pattern import Match, Row, Tag, match_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.actors import Mention
    from sanctions_monitor.events.inflection import Form
    from sanctions_monitor.events.sentences import Clause, Sentence

# Words after "sanctions" that show that it is the noun ("US sanctions on", "sanctions list", "sanctions will").
_NOUN_FOLLOWS = frozenset(
    """
    on against over for of from to in at by with as and or but if that which who may will would could should must
    can has have had is are was were be do does did not relief list lists package packages regime regimes policy law
    laws bill bills threat threats breach breaches violation violations evasion evaders waiver waivers until till
    unless after before since despite amid when while because imposed lifted eased renewed extended expire expires
    remain remains push talks deal vote office chief envoy committee monitors monitor monitoring experts round
    rounds drive campaign pressure hit bite bit take takes hurt order orders programme program notice case cases
    charges probe exemption exemptions tied linked aimed targeting put removed rules enforcement busting compliance
    target target's stay stays back loom threaten threatens work off works risk issue question powers violated draft
    continue continues apply applies review resolution text knife ever loan loans budget $ \u00a3 \u20ac move moves
    mean means go regime's them it there lawyer lawyers register announced adopted violators roll related , . ; : ?
    ! ' - \u2013 \u2014 ) \u2019
    """.split()
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule that matched: the tokens [start, end), the head (the verb, or the first word), its form and its clause."""

    rule: Rule
    start: int
    end: int
    head: int
    form: Form
    clause: Clause
    match: Match


# "sanctions relief", "sanctions list", "sanctions evasion": the word measures nothing there.
_HIDES_MEASURE = frozenset({"not_measure", "strong_licence", "breach"})


@cache
def _by_first() -> tuple[dict[str, tuple[Rule, ...]], dict[str, tuple[Rule, ...]]]:
    """Rules by the word, and by the class, with which their pattern begins."""
    words: dict[str, list[Rule]] = defaultdict(list)
    classes: dict[str, list[Rule]] = defaultdict(list)
    for rule in lexicon().rules:
        first = rule.pattern[0]
        for word in first.words:
            words[word].append(rule)
        if first.name:
            classes[first.name].append(rule)
    return (
        {word: tuple(rules) for word, rules in words.items()},
        {name: tuple(rules) for name, rules in classes.items()},
    )


def tags_of(sentence: Sentence) -> tuple[tuple[Tag, ...], ...]:
    """The word classes that begin at each token."""
    book = lexicon().classes
    found = []
    for place in range(len(sentence.tokens)):
        here = [Tag(name, form, end) for end, (name, form) in book.at(sentence.tokens, place)]
        if any(tag.name in _HIDES_MEASURE for tag in here):
            here = [tag for tag in here if tag.name != "measure"]
        found.append(tuple(here))
    return tuple(found)


def triggers_of(sentence: Sentence, tags: Sequence[Sequence[Tag]], mentions: Sequence[Mention]) -> tuple[Trigger, ...]:
    """Every match of every rule, in the order of the text; of one rule the first match at each place."""
    row = Row(sentence.tokens, tags, {mention.start: mention.end for mention in mentions})
    found: list[Trigger] = []
    for clause in sentence.clauses:
        for place in range(max(clause.start, sentence.body), clause.end):
            found += _at(sentence, row, clause, place)
    return tuple(found)


def _at(sentence: Sentence, row: Row, clause: Clause, place: int) -> list[Trigger]:
    words, classes = _by_first()
    candidates = list(words.get(sentence.tokens[place].norm, ()))
    for name in {tag.name for tag in row.tags[place]}:
        candidates += classes.get(name, ())
    if place in row.actors:
        candidates += classes.get("[actor]", ())
    found = []
    for rule in candidates:
        match = match_at(rule.pattern, row, place, clause.end)
        if match is None or not _reads_well(sentence, rule, match, row):
            continue
        head, form = _head(rule, row, match)
        found.append(Trigger(rule, match.start, match.end, head, form, clause, match))
    return found


def _reads_well(sentence: Sentence, rule: Rule, match: Match, row: Row) -> bool:
    """Whether words that are noun and verb alike stand as what the pattern takes them for."""
    for element, (start, end) in zip(rule.pattern, match.parts, strict=True):
        if element.name.endswith("_v") and end > start > 0 and sentence.tokens[start - 1].text == "-":
            # "sanctions-hit Lukoil", "US-imposed": an adjective.
            return False
        if element.name in {"sanction_v", "list_v"} and end > start and not _is_verb(sentence, start, row):
            return False
        if element.name in {"ban_v", "bar_v", "freeze_v", "ease_v"} and end == start + 1 and _is_noun(sentence, start):
            return False
        if element.name == "freeze_v" and end > start and _is_adjective(row, start):
            return False
        if (
            element.name == "measure"
            and end == start + 1
            and sentence.tokens[start].norm == "sanctions"
            and start > 0
            and sentence.tokens[start - 1].norm == "and"
            and _is_verb(sentence, start, row)
        ):
            return False
    return True


def _is_adjective(row: Row, place: int) -> bool:
    """ "Frozen assets remain frozen": a participle before its noun, with no subject or auxiliary before it."""
    if row.tokens[place].norm not in {"frozen", "blocked", "seized", "immobilised", "immobilized"}:
        return False
    before = row.tokens[place - 1].norm if place else ""
    return place not in row.actors.values() and before not in {
        "has", "have", "had", "is", "are", "was", "were", "be", "been", "also", "it", "they", "and", "he",
    }  # fmt: skip


_NOUNS_TOO = frozenset("ban bar freeze halt stop block curb cap limit bans curbs limits cut cuts embargo end".split())


def _is_noun(sentence: Sentence, place: int) -> bool:
    """ "a ban on", "the freeze", "travel ban": words that are noun and verb alike, standing as the noun."""
    tokens = sentence.tokens
    following = tokens[place + 1].norm if place + 1 < len(tokens) else ""
    if tokens[place].norm not in _NOUNS_TOO:
        return False
    before = tokens[place - 1].norm if place else ""
    return following in {"on", "of", "in", "is", "was", "has", ",", "till", "until"} or before in {
        "the", "a", "an", "this", "that", "its", "their", "travel", "visa", "asset", "export", "import", "trade", "oil",
        "arms", "price", "new", "of", "any", "own", "no", "total", "on", "from", "under", "with", "for", "by",
    }  # fmt: skip


def _is_verb(sentence: Sentence, place: int, row: Row) -> bool:
    """Whether "sanctions" at `place` is the verb: a name, a number, an article or a noun follows, and one acts."""
    tokens = sentence.tokens
    token = tokens[place]
    if token.norm.endswith(("ing", "ed")):
        # "the sanctioned bank", "blacklisted Russians" tell no act.
        return (
            token.norm.endswith("ing") or _follows_auxiliary(tokens, place) or place == 0 or _before_name(tokens, place)
        )
    if place + 1 >= len(tokens) or tokens[place + 1].norm in _NOUN_FOLLOWS:
        return False
    if token.norm in {"sanction", "blacklist"}:
        return place > 0 and tokens[place - 1].norm in {
            "to",
            "will",
            "would",
            "may",
            "could",
            "should",
            "and",
            "can",
            "not",
            "us",
            "eu",
            "uk",
        }
    before = tokens[place - 1].norm
    is_subject = before not in _NOT_SUBJECTS or (before == "and" and token.norm == "blacklists")
    return place > sentence.body and is_subject and _has_object(row, place)


# Who gets sanctioned, where no name says it.
_PEOPLE = frozenset(
    """officials official people firms firm companies company entities individuals bank banks judges judge general
    generals commander commanders minister ministers tycoon tycoons oligarch oligarchs network networks tanker tankers
    ship ships vessels leader leaders businessman lawmakers trader traders group groups persons groups' hackers settlers
    two three four five six seven eight nine ten dozen dozens more another refiner refiners owner owners chief chiefs
    military police army exchange units unit prosecutor subsidiaries smugglers operators relatives widow son sons
    family businesses supplier suppliers""".split()
)
_PREPOSITIONS = frozenset("to on in at of for from over with by after under until against as".split())


def _has_object(row: Row, place: int) -> bool:
    """Whether a name, a number or people follow "sanctions" before any preposition."""
    for following in range(place + 1, min(place + 6, len(row.tokens))):
        token = row.tokens[following]
        if following in row.actors or token.norm in _PEOPLE or token.norm.isdigit():
            return True
        if token.norm in _PREPOSITIONS or not token.norm[0].isalnum():
            return False
    return False


_NOT_SUBJECTS = frozenset(
    """new fresh more further of on the with and or under its their his these those by financial economic all some
    against to impose imposes tougher tough against lift lifts from trade oil for over banking western international
    secondary any - targeted "'s \u2019s anti counter""".split()
)


def _follows_auxiliary(tokens: Sequence[object], place: int) -> bool:
    words = [getattr(token, "norm", "") for token in tokens[max(0, place - 3) : place]]
    return bool({"is", "are", "was", "were", "been", "be", "being", "has", "have", "also"} & set(words))


def _before_name(tokens: Sequence[object], place: int) -> bool:
    following = getattr(tokens[place + 1], "text", "") if place + 1 < len(tokens) else ""
    before = getattr(tokens[place - 1], "norm", "") if place else ""
    if following in {"by", "over", "for", ",", ";", "", "as"} or before[:1].isdigit():
        return True
    return (
        following[:1].isupper() or following[:1].isdigit() or following in {"by", "two", "three", "four", "five"}
    ) and (before not in {"the", "a", "an", "of", "to", "on", "with", "for", "from", "by"})


def _head(rule: Rule, row: Row, match: Match) -> tuple[int, Form]:
    """The verb among the matched parts (the first class that has forms), else the first token."""
    for element, (start, end) in zip(rule.pattern, match.parts, strict=True):
        if element.name.endswith("_v") and end > start:
            for tag in row.tags[start]:
                if tag.name == element.name and tag.end == end:
                    return start, tag.form
    return match.start, ""
