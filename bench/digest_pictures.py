"""Draws the digest of the recorded edition as readers see it, into docs/images: 360 and 800 px, light and dark.

    python bench/digest_pictures.py [--day 2025-12-13]

Needs Chromium on the path. Look at what it drew.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from sanctions_monitor import pipeline
from sanctions_monitor.recorded import EDITION, EDITION_DAY, publish, recorded_settings
from sanctions_monitor.settings import PROJECT, Settings

HEIGHT = 1500


def main() -> None:
    """Runs the pipeline on the recorded edition and photographs its page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--day", type=date.fromisoformat, default=date.fromisoformat(EDITION_DAY))
    day = parser.parse_args().day
    home = Path(tempfile.mkdtemp(prefix="sm-pictures-"))
    try:
        draw(page_of(day, home), PROJECT / "docs" / "images", day)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def page_of(day: date, home: Path) -> Path:
    """The digest of a day as a file, read afterwards, as the demo does it."""
    now = datetime.now(UTC)
    with publish(EDITION) as base_url:
        settings = recorded_settings(
            Settings(home=home, out=home / "out", full_text=False), base_url, "smtp://127.0.0.1:1", home / "out"
        )
        pipeline.prepare(settings)
        pipeline.poll_feeds(settings, now)
    pipeline.code_items(settings, now)
    pipeline.raise_alerts(settings, now)
    (done, *_) = pipeline.send_digests(settings, now, day, dry_run=True, edition="UTC")
    return Path(done.folder or "") / "digest.html"


def draw(page: Path, folder: Path, day: date) -> None:
    """Four pictures of the page's first screens."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width in (360, 800):
            for scheme in ("light", "dark"):
                view = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
                view.goto(page.as_uri())
                view.screenshot(path=folder / f"digest-{day}-{width}-{scheme}.png")
        browser.close()


if __name__ == "__main__":
    main()
