"""What feedparser calls the elements of feeds, and what it does with those that are none of ours.

The fast path leaves a document to feedparser where it holds an element that is not known here to be harmless. A test
compares this with the feedparser that is installed, so that a new version can't change it unseen.
"""

from __future__ import annotations

from functools import cache

_FEEDS = (
    "",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://example.com/newformat#",
    "http://example.com/necho",
    "http://purl.org/echo/",
    "uri/of/echo/namespace#",
    "http://purl.org/pie/",
    "http://purl.org/atom/ns#",
    "http://www.w3.org/2005/atom",
    "http://purl.org/rss/1.0/modules/rss091#",
)
NAMESPACES = {
    **dict.fromkeys(_FEEDS, ""),
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
"""Namespaces, in lower case, that feedparser has rules for which change an entry, and what it calls them."""

PREFIXES = frozenset(NAMESPACES.values()) - {""}

BODILY = frozenset("content content:encoded fullitem body xhtml:body summary itunes:summary".split())
"""Elements of which feedparser remembers, beyond what they are part of, that there was one."""

FEED_SUMMARIES = frozenset("summary itunes:summary".split())
"""Those of them that may describe a feed."""

DESCRIPTIONS = frozenset("description dc:description media:description".split())
"""Elements that feedparser takes for content where there was one of these before."""

CONTAINERS = frozenset("author managingeditor contributor category keywords categories enclosure".split())
"""Elements of feeds that may hold others, and that change nothing in what we keep of an entry."""

LEAVES = frozenset("rights copyright subtitle tagline itunes:subtitle dc:rights".split())
"""Elements that are harmless unless they hold others, which feedparser would take for markup."""

HAZARDS = frozenset(
    "item entry channel feed rss textinput abstract body fullitem info newlocation tags webmaster xhtml:body "
    "feedburner:browserfriendly date date_parsed updated_parsed published_parsed links guidislink "
    "summary_detail title_detail".split()
)
"""Elements that would change it in ways that are not repeated here."""

XHTML_SAFE = frozenset(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn "
    "div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd li main mark ol p "
    "object param picture pre q s samp section small span strike strong style sub sup "
    "table tbody td tfoot th thead time tr tt u ul var "
    "wbr svg g path circle ellipse line polygon polyline rect text tspan defs use lineargradient "
    "radialgradient stop clippath mask".split()
)
"""Elements of XHTML that feedparser does not mistake for those of a feed."""


@cache
def namespace_prefix(uri: str) -> str | None:
    """feedparser's prefix for a namespace: "" for those of feeds, None for those that change nothing."""
    lower = uri.lower()
    if "backend.userland.com/rss" in lower:
        return ""
    return NAMESPACES.get(lower)
