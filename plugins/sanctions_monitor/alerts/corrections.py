"""Corrections: an outlet edits its item, which then tells the act otherwise or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_monitor.alerts.alert import Development

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.alerts.report import Report

_PARTS = {"senders": "who acts", "targets": "the target", "commodities": "the goods", "instruments": "the means"}


def standing_reports(reports: Sequence[Report], until: datetime) -> list[Report]:
    """The reports whose wording still stood at a moment."""
    return [report for report in reports if report.replaced_at is None or report.replaced_at >= until]


def corrections(reports: Sequence[Report], until: datetime) -> tuple[Development, ...]:
    """What edits changed in a story before a moment, by time.

    An edit that leaves the codes as they were is none. Where the edited item no longer tells the act, its old report
    stands for the correction; else the new one.
    """
    found: list[Development] = []
    for old in reports:
        if old.replaced_at is None or old.replaced_at >= until:
            continue
        newer = [
            each for each in reports if each.item_id == old.item_id and each is not old and _stood_after(each, old)
        ]
        if not newer:
            note = f"Correction: {old.outlet} has edited its report, which no longer says so"
            found.append(Development("correction", old, note, old.replaced_at))
        elif changed := _changed(old, newer[0]):
            note = f"Correction: {old.outlet} has edited its report; changed: {', '.join(changed)}"
            found.append(Development("correction", newer[0], note, old.replaced_at))
    return tuple(sorted(found, key=lambda step: (step.moment, step.report.event_id)))


def _stood_after(each: Report, old: Report) -> bool:
    return each.replaced_at is None or (old.replaced_at is not None and each.replaced_at > old.replaced_at)


def _changed(old: Report, new: Report) -> list[str]:
    parts = [words for part, words in _PARTS.items() if set(getattr(old, part)) != set(getattr(new, part))]
    if (old.action, old.status) != (new.action, new.status):
        parts.insert(0, f"{old.action}, {old.status} is now {new.action}, {new.status}")
    return parts
