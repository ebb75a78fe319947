"""A list on a web page: rows by selector, values by selectors inside a row."""

from __future__ import annotations

from email.message import Message
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import cssselect, etree, html

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.sources.values import MOST_ROWS, Values, cut

if TYPE_CHECKING:
    from sanctions_monitor.feeds.sources.description import HtmlList, PagePlace


def html_values(body: bytes, content_type: str, description: HtmlList) -> list[Values]:
    """What each row of the page says. Raises FetchError where it is no page at all."""
    page = parse_html(body, content_type)
    rows = [each for each in _find(page, description.rows) if isinstance(each, etree._Element)]
    return [
        Values(
            title=_text(row, description.title),
            link=_text(row, description.link),
            date=_text(row, description.date),
            summary=_text(row, description.summary) if description.summary else "",
        )
        for row in rows[:MOST_ROWS]
    ]


def parse_html(body: bytes, content_type: str) -> Any:
    """The root of a page. The encoding is UTF-8 where the bytes are, else what the answer or the page says."""
    try:
        body.decode("utf-8")
        encoding: str | None = "utf-8"
    except UnicodeDecodeError:
        header = Message()
        header["content-type"] = content_type
        encoding = header.get_content_charset()
    try:
        parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True)
    except LookupError:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        return html.document_fromstring(body, parser=parser)
    except (etree.ParserError, ValueError) as problem:
        raise FetchError(f"no web page: {problem}. It is tried again later.") from None


def _find(element: Any, node: PagePlace) -> list[Any]:
    found = _compiled(node.css, node.xpath)(element)
    # an expression such as string(.) gives its value itself
    return found if isinstance(found, list) else [found]


@cache
def _compiled(css: str | None, xpath: str | None) -> Any:
    return cssselect.CSSSelector(css, translator="html") if css is not None else etree.XPath(xpath or ".")


def _text(row: Any, node: PagePlace) -> str:
    """The first value that says something once the pattern has cut it."""
    for each in _find(row, node):
        if isinstance(each, etree._Element):
            text = each.get(node.attribute, "") if node.attribute else each.text_content()
        else:
            text = str(each)
        if said := cut(text, node.pattern):
            return said
    return ""
