"""Events: from an item to the acts it tells, coded as docs/codebook.md says.

Comes in: an `Item` (title, summary, full text; plain text, English). Goes out: a tuple of `Event`, each with the
sentence that carries it, the words that spoke for it, and for each role the word that gave it.

Who does what: the gate stops what can't be an event; lexicons name states, bodies, leaders, firms and goods; a small
network, taught by labelled items, says how likely the item tells each class of act and, in a second look at each act
told, what each name is to it; the rest is read off the sentence (dates, legal act, instruments, names). Acts of
earlier days are no class: they are not told.

What stays true: `code` is a pure function of the item and of the data files in `lexicons/`, `model/` and
`sql/reference/`, so the same item gives the same events; `Evidence.text` is exactly `getattr(item, field)[start:end]`;
whatever `code` codes has passed `passes_gate`; codes come from names in the item and its outlet, or from the few of
reading.UNNAMED; text of any size and kind is read in linear time and raises nothing.

The steps, each in a file of its own: gate, sentences, reading (pieces with marks of names), network, judging; then
said_dates, legal_acts, instruments, entities. `explain` tells a person how it came about.
"""

from sanctions_monitor.events.coder import CODER_VERSION, code, is_read
from sanctions_monitor.events.event import Entity, Event, Evidence
from sanctions_monitor.events.gate import passes_gate

__all__ = ["CODER_VERSION", "Entity", "Event", "Evidence", "code", "is_read", "passes_gate"]
