"""HTML to plain text: no markup, no scripts, entities resolved, one line a paragraph."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_BREAKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main "
    "nav ol p pre section table td th tr ul".split()
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "head", "title"))
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # Python's own reading of "<![ ..." raises AssertionError; for HTML it is a comment
        return self.parse_bogus_comment(i, report)


def plain_text(html: str) -> str:
    """The text of an HTML fragment; paragraphs end in a newline, other white space is one blank.

    Text without markup passes unchanged but for white space and control characters. Line ends of the source are
    blanks, as HTML has it. Never raises.
    """
    parser = _Text()
    # some publishers wrap the content in CDATA twice
    parser.feed(html.replace("\r", " ").replace("\n", " ").replace("<![CDATA[", " ").replace("]]>", " "))
    parser.close()
    return tidy("".join(parser.parts))


def tidy(text: str) -> str:
    """NFC, control and invisible formatting characters out, white space collapsed, newlines kept."""
    # white space goes first: a tab is a control character too, and its words must not grow together
    seen = (each for each in _SPACES.sub(" ", text) if each == "\n" or unicodedata.category(each) not in _UNSEEN)
    return _LINES.sub("\n", _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(seen)))).strip()


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
"""Unicode categories that PostgreSQL refuses (NUL, surrogates) or that hide text from a reader (RTL marks)."""


def one_line(html: str) -> str:
    """The same for a title: no line breaks at all."""
    return plain_text(html).replace("\n", " ")
