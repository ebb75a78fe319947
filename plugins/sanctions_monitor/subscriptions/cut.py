"""The cut of an edition: which part of it a subscriber wants, and in which form. Pure functions of plain values."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

from sanctions_monitor.reference import narrower_goods, read_table
from sanctions_monitor.subscriptions.subscriber import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sanctions_monitor.subscriptions.subscriber import Subscriber


@dataclass(frozen=True, slots=True)
class Codes:
    """What a filter looks at in an alert, a watch entry or an act of diplomacy. `texts` are headline and quotes."""

    senders: tuple[str, ...]
    targets: tuple[str, ...]
    commodities: tuple[str, ...] = ()
    action: str | None = None
    severity: str | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A filter and a form. Two subscribers of the same cut get the same document."""

    language: str = "en"
    countries: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    min_severity: str = "low"
    attachments: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Fingerprint of the cut; empty for the whole edition in its usual form."""
        if self == WHOLE:
            return ""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    @property
    def filters(self) -> bool:
        """Whether anything may be left out."""
        return bool(self.countries or self.goods or self.senders or self.actions or self.names) or (
            self.min_severity != SEVERITIES[0]
        )

    def takes(self, codes: Codes) -> bool:
        """Whether this belongs to the cut.

        Severity always counts, where there is one. Then countries (as sender or target), goods, senders and actions
        must each fit where the cut names any. Wider and narrower goods fit too (fertilizers hold potash), and a
        measure that names no goods touches all of them. A name
        of a firm, person or vessel that is told fits by itself, whatever the codes.
        """
        if codes.severity is not None and SEVERITIES.index(codes.severity) < SEVERITIES.index(self.min_severity):
            return False
        if self.names and any(_pattern(self.names).search(text) for text in codes.texts):
            return True
        if self.names and not (self.countries or self.goods or self.senders or self.actions):
            return False
        return (
            _meets(self.countries, (*codes.senders, *codes.targets))
            and _meets(self.senders, codes.senders)
            and (not codes.commodities or _meets(_with_kin(self.goods), codes.commodities))
            and (codes.action is None or _meets(self.actions, (codes.action,)))
        )

    def words(self) -> str:
        """The filter as a line for people; empty where nothing is left out."""
        parts = [
            f"{name} {', '.join(values)}"
            for name, values in (
                ("countries", self.countries),
                ("goods", self.goods),
                ("senders", self.senders),
                ("actions", self.actions),
                ("names", self.names),
            )
            if values
        ]
        if self.min_severity != SEVERITIES[0]:
            parts.append(f"severity from {self.min_severity}")
        return "; ".join(parts)


WHOLE = Cut()
"""Everything, in the usual form: the edition that web pages and files show."""


def cut_of(subscriber: Subscriber) -> Cut:
    """The cut that a subscriber asked for."""
    return Cut(**{name: getattr(subscriber, name) for name in Cut.__dataclass_fields__})


def _meets(wanted: tuple[str, ...], given: Iterable[str]) -> bool:
    return not wanted or bool(set(wanted) & set(given))


@cache
def _with_kin(goods: tuple[str, ...]) -> tuple[str, ...]:
    """Goods with those that hold them and those that they hold, by their HS codes; none stays none."""
    narrower = _narrower() if goods else {}
    wider = {wide for wide, narrow in narrower.items() if narrow & set(goods)}
    return tuple(sorted({*goods, *wider, *(each for one in goods for each in narrower.get(one, ()))}))


@cache
def _narrower() -> dict[str, frozenset[str]]:
    return narrower_goods(read_table("commodity"))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as whole words, in any case and with any blanks between."""
    each = (r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)
