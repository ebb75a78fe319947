"""The digest of the sample edition, made by the pipeline itself: what a reader gets of that day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sanctions_monitor import pipeline

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from sanctions_monitor.settings import Settings

DAY = date(2025, 12, 13)
NEXT_MORNING = datetime(2025, 12, 14, 6, 30, tzinfo=UTC)
# the coder's own words, and figures that follow the reference tables
VOLATILE = re.compile(r"^ *(?:Score|Exposure|Still stands|Severity|Sanctions Monitor \d).*\n", re.MULTILINE)


def test_the_digest_of_the_sample_edition(sample: Settings, snapshot: SnapshotAssertion) -> None:
    pipeline.prepare(sample)
    pipeline.poll_feeds(sample, NEXT_MORNING)
    pipeline.code_items(sample, NEXT_MORNING)
    pipeline.raise_alerts(sample, NEXT_MORNING)

    pipeline.send_digests(sample, NEXT_MORNING, DAY, dry_run=True)

    text = (sample.out / "2025-12-13" / "digest.txt").read_text(encoding="utf-8")
    assert VOLATILE.sub("", text) == snapshot
