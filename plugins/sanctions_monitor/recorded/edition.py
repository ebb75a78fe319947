"""The recorded edition's settings: its feeds at the address they are served from, and everybody's mail caught."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from sanctions_monitor.errors import UserError
from sanctions_monitor.feeds import Feed, read_catalogue
from sanctions_monitor.settings import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from sanctions_monitor.settings import Settings

EDITION_DAY = "2025-12-13"
"""The day whose digest the recorded edition is about."""
EDITION = PROJECT / "examples" / EDITION_DAY


def catalogue(folder: Path, base_url: str, target: Path) -> Path:
    """Writes the edition's catalogue with absolute addresses under `base_url` to `target` and returns that path."""
    feeds = read_catalogue(folder / "feeds.csv", base_url)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(Feed.model_fields))
        writer.writeheader()
        writer.writerows(feed.model_dump() for feed in feeds)
    return target


def recorded_settings(settings: Settings, base_url: str, smtp_url: str, out: Path, folder: Path = EDITION) -> Settings:
    """These settings, turned to the edition served at `base_url` and to the mail catcher. The home stays the same."""
    if not (folder / "feeds.csv").exists():
        raise UserError(
            f"No recorded edition in {folder}: feeds.csv is missing. Run this in a whole clone of the project."
        )
    return settings.model_copy(
        update={
            "catalogue": catalogue(folder, base_url, settings.home / "recorded-feeds.csv"),
            "subscriptions": folder / "subscriptions.csv",
            "smtp_url": SecretStr(smtp_url),
            "out": out,
            "allowed_private": urlsplit(base_url).netloc,
            "host_pause": 0.0,
            # the recorded items' own pages were never on the web
            "full_text": False,
        }
    )
