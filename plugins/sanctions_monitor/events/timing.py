"""When an act happened, as far as its sentence says: today's news, or an earlier act told for context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_monitor.events.sentences import Sentence
    from sanctions_monitor.events.tokens import Token
    from sanctions_monitor.events.triggers import Trigger

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"),
            ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# "until March", "from 1 July": when a measure runs, not when the act happened.
_RUNS = frozenset(
    "until till to from through by before effective expire expires expired ends lapse run runs into than".split()
)
# Words by which a sentence says that it tells of earlier days.
_EARLIER = tuple(
    tuple(phrase.split())
    for phrase in (
        "last year|last month|last week|years ago|year ago|months ago|weeks ago|days ago|month ago|week ago|decade ago"
        "|decades ago|earlier this year|earlier this month|earlier this week|previously|in recent years|last spring"
        "|last summer|last autumn|last winter|a day earlier|years earlier|months earlier|weeks earlier|days earlier"
        "|week earlier|month earlier|year earlier|since then|over the years|long been|first imposed|originally"
        "|at the time|back in|so far|the previous|then president"
    ).split("|")
)
_TODAY = frozenset("today tonight now immediately also separately simultaneously meanwhile moment".split())

# An act reported within this many days of its date is news (codebook: a date "well before the item" is background).
NEWS_DAYS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """What a sentence says about time: `earlier` an act of earlier days, `today` an act of the item's day."""

    earlier: bool
    today: bool


def timing_of(sentence: Sentence, trigger: Trigger, published: date | None) -> Timing:
    """The time of a trigger's act. Without a publication date only years before all news can't be told."""
    tokens = sentence.tokens
    clause = tokens[trigger.clause.start : _end_of_setting(sentence, trigger)]
    norms = [token.norm for token in clause]
    earlier = _says_earlier(norms) or _past_perfect(tokens, trigger) or _dated_before(clause, published)
    weekday = WEEKDAYS[published.weekday()] if published else None
    yesterday = WEEKDAYS[(published - timedelta(days=1)).weekday()] if published else None
    words = {token.norm for token in tokens}
    today = bool(words & _TODAY) or weekday in words or yesterday in words
    return Timing(earlier and not (today and not _past_perfect(tokens, trigger) and sentence.field != "text"), today)


def _end_of_setting(sentence: Sentence, trigger: Trigger) -> int:
    """The end of the trigger's clause, with the "after ..." that dates an act told in the past tense."""
    end = trigger.clause.end
    if trigger.form in {"ed", "past", "part"} and sentence.field == "text":
        for clause in sentence.clauses:
            if clause.start == end and clause.kind == "past":
                return clause.end
    return end


def _says_earlier(norms: Sequence[str]) -> bool:
    row = list(norms)
    return any(
        tuple(row[place : place + len(phrase)]) == phrase
        for phrase in _EARLIER
        for place in range(len(row) - len(phrase) + 1)
        if row[place] == phrase[0]
    )


def _past_perfect(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """ "had imposed", "had been lifted", "had earlier blacklisted"."""
    window = [token.norm for token in tokens[max(0, trigger.head - 4) : trigger.head]]
    return trigger.form in {"ed", "part"} and "had" in window


def _dated_before(clause: Sequence[Token], published: date | None) -> bool:
    if published is None:
        return False
    for place, token in enumerate(clause):
        told = _date_at(clause, place, published)
        if told is not None and told < published - timedelta(days=NEWS_DAYS):
            before = {word.norm for word in clause[max(0, place - 3) : place]}
            old_year = token.norm.isdigit() and int(token.norm) < published.year and "from" not in before
            if old_year or not before & _RUNS:
                return True
    return False


def _date_at(clause: Sequence[Token], place: int, published: date) -> date | None:
    """The date that a year ("in 2020") or a month name ("in September", "on 9 August") tells, or None."""
    word = clause[place].norm
    before = clause[place - 1].norm if place else ""
    if word.isdigit() and len(word) == 4 and 1900 < int(word) < 2100:
        # "resolution 1970 (2011)", "No 36/2012", "the 2018 designation" name a thing, not the act's day.
        if before in {"in", "since", "of", "late", "early", "mid", "-", ","} or before in MONTHS:
            return date(int(word), 12, 31) if int(word) < published.year else None
        return None
    month = MONTHS.get(word)
    if month is None or not clause[place].text[0].isupper():
        return None
    if word in {"may", "march"} and before not in {"in", "on", "since", "last"} and not before.isdigit():
        return None
    following = clause[place + 1].norm if place + 1 < len(clause) else ""
    if following.isdigit() and len(following) == 4:
        return None
    day = next((int(w) for w in (before, following) if w.isdigit() and 1 <= int(w) <= 28), None)
    if day is None and before not in {"in", "since", "last", "late", "early", "of", "mid", "-"}:
        return None
    year = published.year if month <= published.month else published.year - 1
    told = date(year, month, day or 28)
    if day is None and month == published.month:
        return None
    return told
