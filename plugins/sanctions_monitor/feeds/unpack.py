"""A body unpacked piece by piece, so that its size can be looked at before there is too much of it."""

from __future__ import annotations

import re
import zlib
from itertools import chain
from typing import TYPE_CHECKING

import brotli
from backports import zstd

from sanctions_monitor.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PIECE = 256 * 1024
"""Bytes that are unpacked at once (brotli may give twice as many): gzip makes a thousand of one."""
_GZIP = b"\x1f\x8b"
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{]")
_BOTH = 32 + zlib.MAX_WBITS
"""gzip and zlib, told apart by their first bytes."""


def unpacked(packed: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The pieces of a body without its Content-Encoding. Raises FetchError where it is broken, or was not asked for."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return _as_it_is(packed)
    if coding in ("gzip", "x-gzip", "deflate"):
        first, whole = _begun(packed)
        # some publishers name the packing and leave it out
        return whole if coding != "deflate" and _PLAIN.match(first) else _inflated(whole, coding)
    if coding == "br":
        return _from_brotli(packed)
    if coding == "zstd":
        return _from_zstd(packed)
    raise FetchError(f"the document came packed as {coding!r}, which we don't ask for. Write to the publisher.")


def _as_it_is(packed: Iterable[bytes]) -> Iterator[bytes]:
    first, whole = _begun(packed)
    # a file feed.xml.gz, which servers send without a word
    return _inflated(whole, "gzip") if first.startswith(_GZIP) else whole


def _begun(packed: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first part, and all of them."""
    parts = iter(packed)
    first = next(parts, b"")
    return first, chain((first,), parts)


CODINGS = "gzip, br, zstd"
"""What we ask for: each is unpacked in pieces, so that none can make too much of little."""


def _from_brotli(packed: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    try:
        for part in packed:
            yield unpacker.process(part, output_buffer_limit=PIECE)
            while not unpacker.can_accept_more_data():
                yield unpacker.process(b"", output_buffer_limit=PIECE)
            if unpacker.is_finished():
                return
    except brotli.error as problem:
        raise FetchError(f"the document broke off: {problem}. It is tried again later.") from None
    raise FetchError("the document broke off: its packing has no end. It is tried again later.")


def _from_zstd(packed: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = _zstd()
    try:
        for part in packed:
            waiting = part
            while waiting or not (unpacker.needs_input or unpacker.eof):
                if unpacker.eof:
                    # frames may be put one behind the other (RFC 8878, section 3)
                    unpacker = _zstd()
                yield unpacker.decompress(waiting, PIECE)
                waiting = unpacker.unused_data if unpacker.eof else b""
    except zstd.ZstdError as problem:
        raise FetchError(f"the document broke off: {problem}. It is tried again later.") from None
    if not unpacker.eof:
        raise FetchError("the document broke off: its packing has no end. It is tried again later.")


def _zstd() -> zstd.ZstdDecompressor:
    # RFC 9659: 8 MB of memory are what the web may ask of a reader
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})


def _while_needed(packed: Iterable[bytes], is_complete: Callable[[], bool]) -> Iterator[bytes]:
    """The parts; what goes wrong behind the end of a packing is left, as a length that is that of what was packed."""
    try:
        yield from packed
    except FetchError:
        if not is_complete():
            raise


def _inflated(packed: Iterable[bytes], coding: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_BOTH)
    begun = False
    for part in _while_needed(packed, lambda: unpacker.eof):  # noqa: B023 - the one of that moment
        waiting = part
        while waiting:
            if unpacker.eof:
                # gzip files may be put one behind the other (RFC 1952, section 2.2); what is no gzip is padding
                if not waiting.startswith(_GZIP):
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
