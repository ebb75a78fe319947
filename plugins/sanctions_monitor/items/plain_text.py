"""HTML to plain text: no markup, no scripts, entities resolved, one line a paragraph."""

from __future__ import annotations

import html
import re
import unicodedata

_BREAKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main "
    "nav ol p pre section table td th tr ul".split()
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "head", "title"))
# A tag as nearly all are. None is looked for across another "<", so that the time grows with the text alone, whatever a
# publisher sends.
_TAG = r"""</?([a-zA-Z][^\s<>/]*)[^<>"']*(?:"[^"<>]*"[^<>"']*|'[^'<>]*'[^<>"']*)*>"""
_USUAL = re.compile(_TAG)
_MARKUP = re.compile(_TAG + r"|<(?:(!--)|[!?/]|([a-zA-Z][^\s<>/]*))")
# its attributes hold "<" or ">"
_UNUSUAL_END = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_MARKED = re.compile(r"<!\[CDATA\[|\]\]>")
# one no-break space between two words stays: it belongs to the name or the number that it holds together
_OTHER_SPACES = re.compile(r"(?!(?<!\s)\u00a0(?!\s))[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


def plain_text(fragment: str) -> str:
    """The text of an HTML fragment; paragraphs end in a newline, other white space is one blank.

    Text without markup passes unchanged but for white space and control characters. Line ends of the source are
    blanks, as HTML has it. Never raises.
    """
    # some publishers wrap the content in CDATA twice
    text = _MARKED.sub(" ", fragment) if "]]>" in fragment or "<![" in fragment else fragment
    text = text.replace("\r", " ").replace("\n", " ")
    if "<" in text:
        text = _stripped(text)
    elif "&" in text:
        text = html.unescape(text)
    return tidy(text)


def _stripped(text: str) -> str:
    pieces = _USUAL.split(text)
    shown, names = pieces[::2], [name.lower() for name in pieces[1::2]]
    if not _HIDDEN.isdisjoint(names) or any("<" in each for each in shown):
        return "".join(_shown(text))
    if "&" in text:
        shown = [html.unescape(each) for each in shown]
    parts = [shown[0]]
    for name, each in zip(names, shown[1:], strict=True):
        parts += ("\n", each) if name in _BREAKS else (each,)
    return "".join(parts)


def _shown(text: str) -> list[str]:
    """The pieces of text between markup, and a newline for each tag that ends a line."""
    parts: list[str] = []
    at = 0
    ends = True
    while (markup := _MARKUP.search(text, at)) is not None:
        _show(parts, text[at : markup.start()])
        at = markup.end()
        name = (markup[1] or markup[3] or "").lower()
        if markup[2]:
            at = _behind(text, "-->", at)
        elif not markup[1]:
            end = _UNUSUAL_END.match(text, at) if ends and name else None
            # after one that never ends, quotes are no longer looked at, or each would be sought to the text's end
            ends = end is not None or not name
            at = end.end() if end else _behind(text, ">", at)
        if name in _BREAKS:
            parts.append("\n")
        elif name in _HIDDEN and text[markup.start() + 1] != "/" and text[at - 2 : at] != "/>":
            closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
            at = closing.start() if closing else len(text)
    _show(parts, text[at:])
    return parts


def _behind(text: str, end: str, at: int) -> int:
    # what is opened and never closed hides the rest, as in a browser
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _show(parts: list[str], text: str) -> None:
    if text:
        parts.append(html.unescape(text) if "&" in text else text)


def tidy(text: str) -> str:
    """NFC, control and invisible formatting characters out, white space collapsed, newlines kept."""
    # white space goes first: a tab is a control character too, and its words must not grow together
    text = _collapsed(text)
    if not text.replace("\n", " ").replace("\u00a0", " ").isprintable():
        text = _collapsed("".join(each for each in text if each == "\n" or unicodedata.category(each) not in _UNSEEN))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _collapsed(text: str) -> str:
    if "\u00a0" in text:
        return _LINES.sub("\n", _OTHER_SPACES.sub(" ", text)).strip()
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
"""Unicode categories that PostgreSQL refuses (NUL, surrogates) or that hide text from a reader (RTL marks)."""


def one_line(fragment: str) -> str:
    """The same for a title: no line breaks at all."""
    return plain_text(fragment).replace("\n", " ")
