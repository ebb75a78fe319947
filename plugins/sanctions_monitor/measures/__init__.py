"""The ledger: who restricts whom, by what, on which goods, since when, until when; on any day, with its history.

In: the baseline of measures (`sql/reference/measures.csv`), and `Change`s that adopted alerts bring. Out: the ledger
as a frame (`fold`, `read`), what stood on a day (`as_of`), what other senders still hold against a target
(`standing`), what runs out soon (`ending`), and sentences about them.
What stays true: the ledger is a fold of the baseline and the changes, so that it can be made anew at any time and
gives the same; a step is never altered, the next one takes its place; what the words of a report do not cover stays as
it was, and where they leave it open, the entry says what to review instead of a guess; a measure whose act nobody has
confirmed says so wherever it is shown.

An entry is a measure of one sender against one target by one instrument on one kind of goods (or none). docs/ledger.md
says how alerts change it, and what the baseline does not know.
"""

from sanctions_monitor.measures.as_of import STANDING, as_of, goods_restricted
from sanctions_monitor.measures.change import Change
from sanctions_monitor.measures.cover import cover
from sanctions_monitor.measures.covering import NAMED, UNNAMED, covering
from sanctions_monitor.measures.ending import ending
from sanctions_monitor.measures.fold import fold
from sanctions_monitor.measures.ledger import (
    AS_OF,
    COLUMNS,
    INSTRUMENTS,
    baseline,
    from_files,
    is_made,
    lock,
    read,
    read_about,
    store,
    stored_baseline,
)
from sanctions_monitor.measures.sentences import standing_sentence
from sanctions_monitor.measures.standing import standing

__all__ = [
    "AS_OF",
    "COLUMNS",
    "INSTRUMENTS",
    "NAMED",
    "STANDING",
    "UNNAMED",
    "Change",
    "as_of",
    "baseline",
    "cover",
    "covering",
    "ending",
    "fold",
    "from_files",
    "goods_restricted",
    "is_made",
    "lock",
    "read",
    "read_about",
    "standing",
    "standing_sentence",
    "store",
    "stored_baseline",
]
