"""Events: from an item to the acts it tells, coded as docs/codebook.md says.

Comes in: an `Item` (title, summary, full text; plain text, English). Goes out: a tuple of `Event`, each with the
sentence that carries it and the rule that decided.

What stays true: `code` is a pure function of the item and of the data files in `lexicons/` and `sql/reference/`, so the
same item gives the same events; `Evidence.text` is exactly `getattr(item, field)[start:end]`; whatever `code` codes has
passed `passes_gate`; text of any size and kind is read in linear time and raises nothing.

The steps, each in a file of its own: gate, sentences (and clauses), triggers, roles, timing and status, goods,
instruments, findings of one sentence, merging of an item's findings.
"""

from sanctions_monitor.events.coder import CODER_VERSION, code, is_read
from sanctions_monitor.events.event import Event, Evidence
from sanctions_monitor.events.gate import passes_gate

__all__ = ["CODER_VERSION", "Event", "Evidence", "code", "is_read", "passes_gate"]
