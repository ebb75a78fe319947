"""What relative addresses in a document are relative to (XML Base), as feedparser has it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from sanctions_monitor.items.raw_entry import LeftToFeedparser

_BASE = re.compile(rb"[\s:]base\s*=", re.IGNORECASE)
_ANY_BASE = etree.XPath("boolean(//@*[translate(local-name(), 'BASE', 'base') = 'base'])")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_SCHEMES = ("http://", "https://")


class XmlBase:
    """The bases of one document."""

    def __init__(self, document: bytes, root: Any) -> None:
        """`document` is what `root` was read from. Raises LeftToFeedparser for a base that it would not take."""
        # three questions, each dearer than the one before: hardly a document says a base
        said = b"base" in document.lower() and _BASE.search(document) and _ANY_BASE(root)
        self._bases = _bases(root) if said else {}

    def join(self, element: Any, address: str) -> str:
        """The address as feedparser makes it absolute; as it stands where no base is said.

        Raises LeftToFeedparser where it would make another of it, and ValueError where it can't be joined.
        """
        if ":///" in address:
            raise LeftToFeedparser
        base = self._bases.get(element)
        return urljoin(base, address) if base else address


def _bases(root: Any) -> dict[Any, str]:
    """The base that feedparser has when it comes to an element.

    After an element it goes back to the base around it only where there is one: else the last base stays.
    """
    found: dict[Any, str] = {}
    around: list[str] = []
    base = ""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if any(name != _XML_BASE and name.rpartition("}")[2].lower() == "base" for name in element.attrib):
                raise LeftToFeedparser
            if said := element.get(_XML_BASE) or base:
                base = _joined(base, said)
            around.append(base)
            found[element] = base
        else:
            around.pop()
            base = (around and around[-1]) or base
    return found


def _joined(base: str, said: str) -> str:
    joined = urljoin(base, said)
    if ":///" in said or not joined.isascii() or (":" in joined and not joined.startswith(_SCHEMES)):
        raise LeftToFeedparser
    # what has no scheme takes no other base's place
    return joined if not base or ":" in joined else base
