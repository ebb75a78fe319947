"""Small faults of XML that cost whole documents, mended before any parser sees them."""

from __future__ import annotations

import re

# form feeds and vertical tabs part words, the rest is nothing
_TABLE = bytes.maketrans(b"\x0b\x0c", b"  ")
_NOTHING = bytes(each for each in range(32) if each not in b"\t\n\r\x0b\x0c")
_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+));", re.IGNORECASE)
# it says nothing, and would keep a permalink guid from being the link
_EMPTY_LINK = re.compile(rb"<link\s*/>|<link>\s*</link>")


def repaired(document: bytes) -> bytes:
    """The document (UTF-8) without blank lines in front, characters and references that XML forbids, empty links."""
    document = document.lstrip(b"\x00 \t\r\n").translate(_TABLE, _NOTHING)
    if b"&#" in document:
        document = _REFERENCE.sub(_possible, document)
    return _EMPTY_LINK.sub(b"", document)


def _possible(reference: re.Match[bytes]) -> bytes:
    digits = reference[1] or reference[2]
    number = int(digits[:16], 16 if reference[1] else 10)
    return reference[0] if _is_character(number) else b""


def _is_character(number: int) -> bool:
    # XML 1.0, section 2.2
    if number < 32:
        return number in (9, 10, 13)
    return number < 0xD800 or (0xE000 <= number <= 0x10FFFF and number & 0xFFFF < 0xFFFE)
