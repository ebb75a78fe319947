"""Bodies are unpacked piece by piece."""

from __future__ import annotations

import gzip
import zlib

import pytest

from sanctions_monitor.errors import FetchError
from sanctions_monitor.feeds.unpack import PIECE, unpacked

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
    "not packed": (TEXT, "identity"),
    "no coding": (TEXT, ""),
}


@pytest.mark.parametrize(("packed", "coding"), GOOD.values(), ids=GOOD)
def test_a_body_is_what_was_packed(packed: bytes, coding: str) -> None:
    assert whole(packed, coding) == TEXT


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip"])
def test_what_was_not_asked_for_is_refused(coding: str) -> None:
    with pytest.raises(FetchError, match="which we don't ask for"):
        whole(b"x", coding)


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_packing_without_its_end_is_no_document(cut: int) -> None:
    with pytest.raises(FetchError, match="broke off"):
        whole(gzip.compress(TEXT)[:-cut], "gzip")


def test_what_is_no_packing_is_no_document() -> None:
    with pytest.raises(FetchError, match="broke off"):
        whole(b"plain text", "gzip")


def test_no_piece_is_larger_than_what_may_be_unpacked_at_once() -> None:
    bomb = gzip.compress(bytes(20_000_000))

    pieces = unpacked([bomb], "gzip")

    assert max(len(next(pieces)) for _ in range(20)) <= PIECE
