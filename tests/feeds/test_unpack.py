"""Bodies are unpacked piece by piece."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from backports import zstd

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.unpack import PIECE, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = b"US lifts potash sanctions. " * 1000


def whole(packed: bytes, coding: str, size: int = 100) -> bytes:
    parts = [packed[start : start + size] for start in range(0, len(packed), size)]
    return b"".join(unpacked(parts, coding))


def raw_deflate(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(text) + packer.flush()


GOOD = {
    "gzip": (gzip.compress(TEXT), "gzip"),
    "its old name, in capitals": (gzip.compress(TEXT), " X-GZip"),
    "two files one behind the other": (gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip"),
    "padding behind the end": (gzip.compress(TEXT) + bytes(50), "gzip"),
    "deflate": (zlib.compress(TEXT), "deflate"),
    "deflate as some servers have it": (raw_deflate(TEXT), "deflate"),
    "brotli": (brotli.compress(TEXT), "br"),
    "zstandard": (zstd.compress(TEXT), "zstd"),
    "two frames one behind the other": (zstd.compress(TEXT[:99]) + zstd.compress(TEXT[99:]), "zstd"),
    "not packed": (TEXT, "identity"),
    "no coding": (TEXT, ""),
    "a packed file of which the server does not say so": (gzip.compress(TEXT), ""),
}


@pytest.mark.parametrize(("packed", "coding"), GOOD.values(), ids=GOOD)
def test_a_body_is_what_was_packed(packed: bytes, coding: str) -> None:
    assert whole(packed, coding) == TEXT


@pytest.mark.parametrize("document", [b"<rss/>", b"\xef\xbb\xbf\n<rss/>", b' {"items": []}'])
def test_what_is_called_packed_and_is_plain_is_read(document: bytes) -> None:
    assert whole(document, "gzip") == document


def test_what_goes_wrong_behind_the_end_of_a_packing_costs_nothing() -> None:
    def parts(packed: bytes) -> Iterator[bytes]:
        yield packed
        raise FetchError("the document broke off")

    assert b"".join(unpacked(parts(gzip.compress(TEXT)), "gzip")) == TEXT
    with pytest.raises(FetchError, match="broke off"):
        list(unpacked(parts(gzip.compress(TEXT)[:-9]), "gzip"))


@pytest.mark.parametrize("coding", ["dcb", "compress", "gzip, gzip"])
def test_what_was_not_asked_for_is_refused(coding: str) -> None:
    with pytest.raises(FetchError, match="which we don't ask for"):
        whole(b"x", coding)


PACKED = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress}


@pytest.mark.parametrize("coding", PACKED)
@pytest.mark.parametrize("cut", [1, 3, 10])
def test_a_packing_without_its_end_is_no_document(coding: str, cut: int) -> None:
    with pytest.raises(FetchError, match="broke off"):
        whole(PACKED[coding](TEXT)[:-cut], coding)


@pytest.mark.parametrize("coding", PACKED)
def test_what_is_no_packing_is_no_document(coding: str) -> None:
    with pytest.raises(FetchError, match="broke off"):
        whole(b"plain text, and more of it", coding)


@pytest.mark.parametrize("coding", PACKED)
def test_no_piece_is_larger_than_what_may_be_unpacked_at_once(coding: str) -> None:
    bomb = PACKED[coding](bytes(20_000_000))

    pieces = unpacked([bomb], coding)

    assert max(len(next(pieces)) for _ in range(20)) <= 2 * PIECE


def test_a_frame_that_asks_for_more_memory_than_the_web_may_is_refused() -> None:
    # of an unknown size, or the frame would ask for no more than it holds
    packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    wide = packer.compress(TEXT) + packer.flush()

    with pytest.raises(FetchError, match="broke off"):
        whole(wide, "zstd")
