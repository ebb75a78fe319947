"""Which characters the bytes of a document mean.

In this order: a byte order mark, UTF-8 where the bytes are UTF-8, the charset of the Content-Type, the XML
declaration, and windows-1252 (RFC 7303, section 3, with the practice of browsers: labels mean what publishers use them
for, and bytes that are valid UTF-8 are hardly ever anything else). feedparser follows RFC 3023 instead, by which
text/xml without a charset is US-ASCII.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# XML 1.0, appendix F.1: the first characters tell the width where there is no mark ("{" begins a JSON Feed)
_WIDE = (
    (re.compile(rb"[<{]\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00\x00\x00[<{]"), "utf-32-be"),
    (re.compile(rb"[<{]\x00[^\x00]"), "utf-16-le"),
    (re.compile(rb"\x00[<{]\x00"), "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';]+)", re.IGNORECASE)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?\?>")
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# Labels that mean a larger set (encoding.spec.whatwg.org, section 4.2), by the names that Python gives them.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
# Python knows codecs that are no encodings of documents, and some that take hours (idna) or run what they read.
_ENCODINGS = re.compile(
    r"utf-8|utf-(?:16|32)-[lb]e|cp125\d|cp8\d\d|cp9\d\d|iso8859-\d+|koi8-[rut]|mac-\w+|gb18030|hz|big5(?:hkscs)?"
    r"|euc_j\w+|shift_jisx?\w*|johab|iso2022_\w+|ptcp154|kz1048"
)


def as_utf8(body: bytes, content_type: str = "") -> bytes:
    """The document in UTF-8, without a byte order mark and without a declaration that says otherwise.

    What can't be decoded becomes U+FFFD; it never raises.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _without_declaration(_recode(body[len(mark) :], encoding))
    for beginning, encoding in _WIDE:
        if beginning.match(body):
            return _without_declaration(_recode(body, encoding))
    declaration = _DECLARATION.match(body)
    # ISO-2022-JP and HZ are ASCII to the eye
    if b"\x1b" not in body and b"~{" not in body and _is_utf8(body):
        return _without_declaration(body) if declaration else body
    if _mostly_utf8(body):
        return _without_declaration(_recode(body, "utf-8"))
    # a declaration that can be read as bytes is not in UTF-16, whatever it says
    named = _named(content_type, declaration[0] if declaration else b"")
    possible = [each for each in named if not each.startswith("utf-")] or ["cp1252"]
    for encoding in possible:
        try:
            return _without_declaration(body.decode(encoding).encode())
        except UnicodeError:
            continue
    return _without_declaration(_recode(body, possible[0]))


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _named(content_type: str, declaration: bytes) -> list[str]:
    charset, declared = _CHARSET.search(content_type), _DECLARED.search(declaration)
    labels = ([charset[1]] if charset else []) + ([declared[1].decode()] if declared else [])
    return [name for label in labels if (name := _codec(label)) is not None]


def _codec(label: str) -> str | None:
    """Python's name of the encoding that a label means, or None where it means none of documents."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _LARGER.get(name, name)
    return name if _ENCODINGS.fullmatch(name) else None


def _mostly_utf8(body: bytes) -> bool:
    """Whether it is UTF-8 with a few wrong bytes: in any other encoding hardly two bytes in a row look like it."""
    rest = _MULTIBYTE.sub(b"", body)
    return len(_HIGH.findall(rest)) < (len(body) - len(rest)) / 2


def _recode(body: bytes, encoding: str) -> bytes:
    # half a pair of UTF-16 passes Python's decoder for UTF-32 only
    return body.decode(encoding, "replace").encode("utf-8", "replace")


def _without_declaration(body: bytes) -> bytes:
    """The declaration would name the encoding that the document had."""
    declaration = _DECLARATION.match(body)
    return body[declaration.end() :] if declaration else body
