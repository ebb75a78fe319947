"""Stories: the same act told by many outlets is one story.

Comes in: coded events of many items (`CodedEvent`). Goes out: sets of event ids that tell the same act (`group`), and
how many outlets told it by themselves (`independent_outlets`). `classify` codes and groups a batch of plain records.

What stays true: the groups depend on the events and never on the order in which they arrive; an act of earlier days
(status background) belongs to no story; a draft and the formal act, a later package, a renewal and another good are
stories of their own; nothing here reads or writes anything but its own data files.
"""

from sanctions_monitor.stories.classify import classify
from sanctions_monitor.stories.coded_event import CodedEvent
from sanctions_monitor.stories.grouping import group
from sanctions_monitor.stories.outlets import independent_outlets, near_copies
from sanctions_monitor.stories.records import read_records
from sanctions_monitor.stories.same_act import same_act

__all__ = ["CodedEvent", "classify", "group", "independent_outlets", "near_copies", "read_records", "same_act"]
