"""OPML 2.0 (opml.org/spec2.opml): the lists of subscriptions that feed readers exchange.

What other readers write is often wrong (no XML declaration, bare ampersands, feeds in folders, upper-case types), so it
is read as it comes; what we write is right, and brings all columns of the catalogue along in a name space of our own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from sanctions_monitor.errors import UserError
from sanctions_monitor.feeds.catalogue import Feed
from sanctions_monitor.feeds.logins import split_login

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

OURS = "https://github.com/sanctions-monitor/opml"
"""The name space of our attributes."""
_STANDARD = {"title", "url", "home", "language", "note"}
"""Columns that OPML's own attributes hold."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One subscription of a list: its address as it was written, and what else the list tells of it, by column."""

    url: str
    columns: dict[str, str] = field(default_factory=dict)


def read_opml(document: bytes) -> list[Outline]:
    """The subscriptions of a list, in its order, folders opened. Raises UserError where it is no OPML at all."""
    # recover: half of the lists that people keep are no well-formed XML; entities stay what they are
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(document.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UserError(f"No OPML: {problem}. Export the list of subscriptions once more.") from None
    if root is None or not isinstance(root.tag, str) or etree.QName(root).localname.lower() != "opml":
        raise UserError("No OPML: the document has no <opml> at its root. Export the list of subscriptions once more.")
    return [outline for element in root.iter("{*}outline", "{*}Outline") if (outline := _outline(element))]


def _outline(element: Any) -> Outline | None:
    given = {name.lower(): " ".join(value.split()) for name, value in element.attrib.items()}
    url = given.get("xmlurl", "")
    if not url:
        return None
    columns = {
        "title": given.get("text") or given.get("title", ""),
        "home": given.get("htmlurl", ""),
        "language": given.get("language", "")[:2].lower(),
        "note": given.get("description", ""),
    } | {
        etree.QName(name).localname: value
        for name, value in element.attrib.items()
        if etree.QName(name).namespace == OURS
    }
    return Outline(url, {name: value for name, value in columns.items() if value})


def write_opml(feeds: Iterable[Feed], now: datetime) -> bytes:
    """The feeds as OPML, in a folder for each kind; no address has a user name or password in it."""
    root = etree.Element("opml", version="2.0", nsmap={"sm": OURS})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Feeds of Sanctions Monitor"
    etree.SubElement(head, "dateCreated").text = format_datetime(now, usegmt=True)
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    for feed in feeds:
        if feed.kind not in folders:
            folders[feed.kind] = etree.SubElement(body, "outline", text=feed.kind)
        outline = etree.SubElement(
            folders[feed.kind],
            "outline",
            type="rss",
            text=_writable(feed.title),
            title=_writable(feed.title),
            xmlUrl=split_login(feed.url)[0],
            htmlUrl=split_login(feed.home)[0],
            language=feed.language,
            category=f"/{feed.kind}/{feed.country}",
        )
        if feed.note:
            outline.set("description", _writable(feed.note))
        for name in sorted(set(Feed.model_fields) - _STANDARD):
            value = getattr(feed, name)
            if value is not None:
                outline.set(f"{{{OURS}}}{name}", str(value).lower() if isinstance(value, bool) else str(value))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _writable(text: str) -> str:
    # XML 1.0 has no way to write control characters
    return "".join(each for each in text if each.isprintable())
