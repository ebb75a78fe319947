"""The ledger of what stands: who restricts whom, by what, since when.

In: the baseline of standing regimes (table measure). Out: the measures of other senders that still stand against a
target (`standing`), and a sentence about them.
What stays true: a measure whose act nobody has confirmed says so wherever it is shown; the ended ones are never shown.

Limits, as long as the baseline is all there is:
- It describes regimes as they stood in the month of `AS_OF`. Easings of 2025-26 are already in it (`status` eased and
  the note), so that for an earlier date a regime shows as eased before it was; later changes are not in it.
- An ended regime is left out for every date, also for dates on which it still stood.
- `start_date` is that of the regime. When each restriction of goods began and ended is not known.
- Goods are matched by their id: a measure on all fertilizers is found for potash only where it names potash too.
"""

from sanctions_monitor.measures.ledger import AS_OF, from_files, read
from sanctions_monitor.measures.sentences import standing_sentence
from sanctions_monitor.measures.standing import standing

__all__ = ["AS_OF", "from_files", "read", "standing", "standing_sentence"]
