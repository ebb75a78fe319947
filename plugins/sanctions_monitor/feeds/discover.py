"""The feed behind a web page's address: what the page names, and where feeds usually are. Pure; asking is elsewhere."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from sanctions_monitor.feeds.web_page import is_web_page, named_feeds

NAMED_AT_MOST = 5
"""Feeds of one page that are looked at: a portal names one for each of its sections."""
# In the order of how often they are right: WordPress, Jekyll and Hugo, Ghost, Drupal, Blogger, JSON Feed.
_WELL_KNOWN = (
    "feed/",
    "feed.xml",
    "rss.xml",
    "atom.xml",
    "index.xml",
    "rss/",
    "rss",
    "feeds/posts/default",
    "feed.json",
)


def candidates(body: bytes, address: str) -> list[str]:
    """The addresses of the feeds that a web page names, comments last; empty for what is no web page."""
    return named_feeds(body, address)[:NAMED_AT_MOST] if is_web_page(body) else []


def well_known(address: str) -> list[str]:
    """Where feeds usually are: below the page's folder first, then at the root of its site."""
    parts = urlsplit(address)
    root = f"{parts.scheme}://{parts.netloc}/"
    folder = urljoin(root, parts.path if parts.path.endswith("/") else f"{parts.path}/")
    # GOV.UK gives a feed for every page under its own address
    beside = [address.rstrip("/") + ".atom"] if parts.hostname == "www.gov.uk" else []
    # the whole list at the root; of a folder only the commonest, so that a site is asked a dozen times at most
    below = [urljoin(folder, name) for name in _WELL_KNOWN[:2]] if folder != root else []
    return list(dict.fromkeys([*beside, *below, *(urljoin(root, name) for name in _WELL_KNOWN)]))
