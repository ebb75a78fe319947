"""A body unpacked piece by piece, so that its size can be looked at before there is too much of it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sanctions_monitor.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PIECE = 256 * 1024
"""Bytes that are unpacked at once: gzip makes a thousand of one."""
_BOTH = 32 + zlib.MAX_WBITS
"""gzip and zlib, told apart by their first bytes."""


def unpacked(packed: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The pieces of a body without its Content-Encoding. Raises FetchError where it is broken, or was not asked for."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return iter(packed)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"the document came packed as {coding!r}, which we don't ask for. Write to the publisher.")
    return _inflated(packed, coding)


def _inflated(packed: Iterable[bytes], coding: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_BOTH)
    begun = False
    for part in packed:
        waiting = part
        while waiting:
            if unpacker.eof:
                # gzip files may be put one behind the other (RFC 1952, section 2.2); what is no gzip is padding
                if not waiting.startswith(b"\x1f\x8b"):
                    return
                unpacker = zlib.decompressobj(_BOTH)
            try:
                piece = unpacker.decompress(waiting, PIECE)
            except zlib.error as problem:
                if begun or coding != "deflate":
                    raise FetchError(f"the document broke off: {problem}. It is tried again later.") from None
                # some servers call deflate what lacks the two bytes of zlib (RFC 9110, section 8.4.1.2)
                unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
                begun = True
                continue
            begun = True
            waiting = unpacker.unconsumed_tail or unpacker.unused_data
            if piece:
                yield piece
    while not unpacker.eof:
        # the last bytes may be held back by the limit of a piece
        piece = unpacker.decompress(unpacker.unconsumed_tail, PIECE) if begun else b""
        if not piece:
            raise FetchError("the document broke off: its packing has no end. It is tried again later.")
        yield piece
