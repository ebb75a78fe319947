"""An edition of three feeds, small enough to be read: two outlets tell one act, a third tells something else."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from sanctions_monitor.feeds import Feed

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2025-12-13"
SUBJECT_WORDS = ("US", "Belarus", "potash")
READERS = ("reader@example.org", "minsk@example.org")

FEEDS = {
    "first_outlet": (
        "US lifts sanctions on Belarusian potash",
        "The United States is lifting sanctions on potash from Belarus, envoy John Coale said in Minsk on Saturday.",
    ),
    "second_outlet": (
        "Washington lifts potash sanctions on Belarus after talks in Minsk",
        "The United States lifted its sanctions on Belarusian potash on Saturday, an envoy said after talks.",
    ),
    "third_outlet": (
        "Minsk opens its Christmas market",
        "The market on October Square opened on Saturday with a concert and a skating rink.",
    ),
}


def write(folder: Path) -> Path:
    """Writes catalogue, subscriptions and documents as the recorded edition has them; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "feeds.csv").open("w", encoding="utf-8", newline="") as file:
        catalogue = csv.writer(file)
        catalogue.writerow(Feed.model_fields)
        for name in FEEDS:
            home = f"https://{name.replace('_', '-')}.example"
            title = name.replace("_", " ").title()
            catalogue.writerow([name, title, f"{name}.xml", home, "rss", "news", "GB", "en", 2, 50, 7, "false", ""])
    for name, (title, summary) in FEEDS.items():
        (folder / f"{name}.xml").write_text(_rss(name, title, summary), encoding="utf-8")
    (folder / "subscriptions.csv").write_text(
        "id,address,name,time_zone,hour,active\n"
        f"reader,{READERS[0]},A Reader,UTC,6,true\n"
        f"minsk,{READERS[1]},A Reader in Minsk,Europe/Minsk,6,true\n",
        encoding="utf-8",
    )
    return folder


def _rss(name: str, title: str, summary: str) -> str:
    host = name.replace("_", "-")
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{name}</title><link>https://{host}.example/</link><description>News</description>
<item><title>{title}</title><link>https://{host}.example/2025/12/13/story</link><guid>{host}-1</guid>
<pubDate>Sat, 13 Dec 2025 12:30:00 GMT</pubDate><description>{summary}</description></item>
</channel></rss>
"""
