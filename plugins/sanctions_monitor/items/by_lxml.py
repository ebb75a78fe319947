"""The fast path: plain, well-formed RSS, RDF and Atom by lxml, some ten times as fast as feedparser.

It takes a document only where its entries are certain to be those of feedparser, and leaves every other one: it must be
well-formed XML without a DOCTYPE, with a root that we know, entries where that format has them, and in them nothing but
elements whose meaning to feedparser is written down here. What feedparser makes of doubled titles, of descriptions
beside contents, of guids that stand for links is repeated with it, rule by rule; the tests compare both paths.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING, Any

from lxml import etree

from sanctions_monitor.items.dates import moment
from sanctions_monitor.items.feed_elements import (
    BODILY,
    CONTAINERS,
    DESCRIPTIONS,
    FEED_SUMMARIES,
    HAZARDS,
    LEAVES,
    PREFIXES,
    XHTML_SAFE,
    namespace_prefix,
)
from sanctions_monitor.items.raw_entry import LeftToFeedparser, RawEntry, RawFeed, as_permalink
from sanctions_monitor.items.xml_base import XmlBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_ENTRY_OPENED = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_REFERENCE_IN_LINK = re.compile(r"&([A-Za-z0-9_]+);")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_C1 = re.compile("[\x80-\x9f]")
_IDS = ("id", "guid")
_PLAIN_TYPES = frozenset(("text", "plain", "html", "text/plain", "text/html"))
_XHTML_TYPES = frozenset(("xhtml", "application/xhtml+xml"))
_HTML_TYPES = frozenset(("text/html", "html", "application/xhtml+xml", "xhtml"))


def by_lxml(document: bytes) -> RawFeed | None:
    """The entries of a document in UTF-8, or None where it is left to feedparser. Nothing is fetched or expanded."""
    if _DOCTYPE.search(document):
        return None
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(document, parser)
        return _Document(document, root).read()
    except (etree.XMLSyntaxError, LeftToFeedparser, ValueError):
        # ValueError: "http://[" can't be joined to a base
        return None


class _Document:
    """One document: how its tags are called, and where its entries are."""

    def __init__(self, document: bytes, root: Any) -> None:
        self._names: dict[str, str] = {}
        self._document, self._root = document, root
        self._site = ""
        self._base = XmlBase(document, root)
        self._has_id = self._has_summary = False
        self.has_content = False
        declared = {(prefix.decode(), uri.decode()) for prefix, uri in _DECLARED.findall(document)}
        self._prefixed = {uri for _, uri in declared}
        for prefix, uri in declared:
            # feedparser goes by the prefix too; where both lead to different meanings, it is left the choice
            if prefix.lower() in PREFIXES and namespace_prefix(uri) != prefix.lower():
                raise LeftToFeedparser

    def name(self, element: Any) -> str:
        """feedparser's name for an element: "dc:date", "title"; ":x" where it belongs to nobody we know."""
        name = self._names.get(element.tag)
        if name is None:
            name = self._names[element.tag] = self._named(element)
        return name

    def _named(self, element: Any) -> str:
        qualified = etree.QName(element)
        local = qualified.localname.lower()
        prefix = namespace_prefix(qualified.namespace or "")
        if prefix is None:
            # feedparser takes an unknown default namespace for that of the feed
            return f":{local}" if element.prefix or qualified.namespace in self._prefixed else local
        return f"{prefix}:{local}" if prefix else local

    def link(self, element: Any) -> str | None:
        """The address that a link gives to readers; None where it is a link for others (a file, the feed itself)."""
        attributes = {name.lower(): value for name, value in element.items()}
        href = attributes.get("url", attributes.get("uri", attributes.get("href")))
        if href is None:
            address = self.joined(element, _leaf(element))
            return _REFERENCE_IN_LINK.sub(r"&\g<1>", address.replace("&amp;", "&"))
        if not href and "href" not in attributes:
            raise LeftToFeedparser
        rel, kind = attributes.get("rel", "alternate").lower(), attributes.get("type", "text/html").lower()
        return self._base.join(element, href) if rel == "alternate" and kind in _HTML_TYPES else None

    def joined(self, element: Any, text: str) -> str:
        """The address that is an element's text; no text is none, while an empty attribute stands for the base."""
        return self._base.join(element, text) if text else ""

    def read(self) -> RawFeed:
        found = [_Entry(self, each).read() for each in self._places()]
        if len(found) != len(_ENTRY_OPENED.findall(self._document)):
            # entries within entries, or where no format has them
            raise LeftToFeedparser
        return RawFeed(tuple(found), self._site)

    def _places(self) -> Iterator[Any]:
        root = self.name(self._root)
        if root not in ("rss", "feed", "rdf:rdf"):
            raise LeftToFeedparser
        for child in self._root:
            name = self.name(child)
            if name == ("entry" if root == "feed" else "item"):
                yield child
            elif name == "channel" and root != "feed":
                for each in child:
                    if self.name(each) == "item":
                        yield each
                    else:
                        self._check_outside(each)
            elif root != "feed" and (name in BODILY or name in ("link", *_IDS)):
                # they stand outside of the feed too
                raise LeftToFeedparser
            else:
                self._check_outside(child)

    def _check_outside(self, element: Any) -> None:
        name = self.name(element)
        if name == "link":
            found = self.link(element)
            self._site = self._site if found is None else found
        if name in _IDS:
            # the first of two would be the feed's page
            if self._has_id:
                raise LeftToFeedparser
            self._has_id = True
        within = {self.name(each) for each in element.iterdescendants()}
        if name in FEED_SUMMARIES or (self._has_summary and name in DESCRIPTIONS):
            # the second is content for feedparser, and then the next entry has some too
            self.has_content = self.has_content or self._has_summary
            self._has_summary = True
        elif name in BODILY or (self._has_summary and not within.isdisjoint(DESCRIPTIONS)):
            raise LeftToFeedparser
        # they would change what feedparser makes of the next entry's description
        if not within.isdisjoint(BODILY):
            raise LeftToFeedparser


class _Entry:
    """One entry while it is read: feedparser's own state, as far as it decides about what we keep."""

    def __init__(self, document: _Document, element: Any) -> None:
        self._document, self._element = document, element
        self._said: dict[str, str] = {}
        self._depths: dict[str, int] = {}
        self._contents: list[str] = []
        self._title_depth = -1

    def read(self) -> RawEntry:
        if about := self._element.get(_ABOUT):
            self._said["id"] = about
        if self._element.get("href") is not None or self._element.get("lastmod") is not None:
            # CDF, the format of 1997
            raise LeftToFeedparser
        self._read_children(self._element, 1)
        self._document.has_content = False
        said = self._said
        return RawEntry(
            guid=said.get("id", ""),
            link=said.get("origlink") or said.get("link", ""),
            title=said.get("title", ""),
            summary=said.get("summary", ""),
            text=max(self._contents, key=len, default=""),
            published=_date(said.get("published", ""), said.get("updated", "")),
        )

    def _read_children(self, parent: Any, depth: int) -> None:
        for element in parent:
            name = self._document.name(element)
            rule = _RULES.get(name)
            if rule is not None:
                rule(self, element, depth)
            elif name in HAZARDS:
                raise LeftToFeedparser
            elif len(element):
                if name in LEAVES or (":" not in name and name not in CONTAINERS):
                    raise LeftToFeedparser
                self._read_children(element, depth + 1)

    def _keep(self, name: str, text: str, depth: int) -> None:
        """feedparser keeps what stands less deep, and of the same depth the last."""
        if depth <= self._depths.get(name, depth):
            self._depths[name] = depth
            self._said[name] = text

    def title(self, element: Any, depth: int) -> None:
        self._title(element, depth)
        if self._said_now:
            self._title_depth = depth

    def media_title(self, element: Any, depth: int) -> None:
        self._title(element, depth)

    def _title(self, element: Any, depth: int) -> None:
        self._said_now = _content(self._document, element)
        if not -1 < self._title_depth <= depth:
            self._keep("title", self._said_now, depth)

    def description(self, element: Any, depth: int) -> None:
        if "summary" in self._said and not self._document.has_content:
            self.content(element, depth)
        else:
            self._keep("summary", _content(self._document, element), depth)

    def content(self, element: Any, depth: int) -> None:  # noqa: ARG002 - all rules have one form
        self._document.has_content = True
        text = _content(self._document, element)
        self._contents.append(text)
        self._said.setdefault("summary", text)

    def link(self, element: Any, depth: int) -> None:  # noqa: ARG002
        found = self._document.link(element)
        if found is not None:
            self._said["link"] = found

    def origlink(self, element: Any, depth: int) -> None:  # noqa: ARG002
        if element.attrib:
            raise LeftToFeedparser
        self._said["origlink"] = _leaf(element)

    def guid(self, element: Any, depth: int) -> None:
        if "id" in self._depths:
            # feedparser goes by either of two, for the link by the first
            raise LeftToFeedparser
        guid, permalink = _leaf(element), _is_permalink(element)
        if permalink:
            guid = self._document.joined(element, guid)
        self._keep("id", guid, depth)
        if "link" not in self._said and permalink:
            self._said["link"] = as_permalink(guid)

    def published(self, element: Any, depth: int) -> None:
        self._keep("published", _leaf(element), depth)

    def updated(self, element: Any, depth: int) -> None:
        self._keep("updated", _leaf(element), depth)

    def source(self, element: Any, depth: int) -> None:  # noqa: ARG002
        if any(self._document.name(each) in BODILY for each in element.iter()):
            raise LeftToFeedparser
        self._title_depth = -1

    def image(self, element: Any, depth: int) -> None:
        self._title_depth = -1
        for each in element:
            name = self._document.name(each)
            if name == "title":
                self.title(each, depth + 1)
            elif name not in ("url", "width", "height") and (name != "link" or each.attrib):
                raise LeftToFeedparser


_RULES: dict[str, Callable[[_Entry, Any, int], None]] = {
    "title": _Entry.title,
    "dc:title": _Entry.title,
    "media:title": _Entry.media_title,
    "description": _Entry.description,
    "dc:description": _Entry.description,
    "media:description": _Entry.description,
    "summary": _Entry.description,
    "itunes:summary": _Entry.description,
    "content": _Entry.content,
    "content:encoded": _Entry.content,
    "link": _Entry.link,
    "feedburner:origlink": _Entry.origlink,
    "guid": _Entry.guid,
    "id": _Entry.guid,
    "pubdate": _Entry.published,
    "published": _Entry.published,
    "issued": _Entry.published,
    "dcterms:issued": _Entry.published,
    "updated": _Entry.updated,
    "modified": _Entry.updated,
    "lastbuilddate": _Entry.updated,
    "dc:date": _Entry.updated,
    "dcterms:modified": _Entry.updated,
    "source": _Entry.source,
    "image": _Entry.image,
}


def _is_permalink(guid: Any) -> bool:
    return all(value == "true" for name, value in guid.items() if name.lower() == "ispermalink")


def _leaf(element: Any) -> str:
    if len(element):
        raise LeftToFeedparser
    return _repaired(element.text or "")


def _content(document: _Document, element: Any) -> str:
    """What a title, summary or content says, as HTML."""
    kind = (element.get("type") or "text").lower()
    if element.get("mode") is not None or element.get("src") is not None:
        raise LeftToFeedparser
    if kind in _XHTML_TYPES:
        return _repaired("".join(_markup(document, element)))
    if kind not in _PLAIN_TYPES:
        raise LeftToFeedparser
    return _leaf(element)


def _markup(document: _Document, element: Any) -> Iterator[str]:
    """XHTML inside of an element, without attributes, which plain text has no use for."""
    yield escape(element.text or "", quote=False)
    for child in element:
        local = document.name(child).rpartition(":")[2]
        if local not in XHTML_SAFE:
            raise LeftToFeedparser
        yield f"<{local}>"
        yield from _markup(document, child)
        yield f"</{local}>"
        yield escape(child.tail or "", quote=False)


def _repaired(text: str) -> str:
    """What feedparser does to each text: UTF-8 read as ISO 8859-1 and written anew, windows-1252 as control characters.

    Some publishers' databases hold such text, whatever the encoding of the document.
    """
    text = text.strip()
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode()
    return _C1.sub(_from_windows, text)


def _from_windows(character: re.Match[str]) -> str:
    return character[0].encode("iso-8859-1").decode("cp1252", "ignore") or character[0]


def _date(*dates: str) -> Any:
    """The first date that is said; feedparser knows more forms than we do."""
    for said in dates:
        if said:
            found = moment(said)
            if found is None:
                raise LeftToFeedparser
            return found
    return None
