"""Pages and documents for the tests of this room: a news page that tells one act, and PDFs."""

from __future__ import annotations

import zlib

TITLE = "US envoy ends two days of talks in Minsk"
SHORT = "The envoy flew home on Saturday night."
ACT = "The United States lifted its sanctions on potash from Belarus on Saturday, the envoy said."
FILLER = "The talks in the capital had gone on for two days behind closed doors, people who were present said later."


def article(*paragraphs: str, head: str = "") -> str:
    told = "".join(f"<p>{each}</p>" for each in paragraphs or (FILLER, ACT, FILLER, FILLER))
    return (
        f"<!doctype html><html lang=en><head><title>{TITLE}</title>{head}</head><body>"
        "<nav><a href=/>Home</a><a href=/sport>Sport</a></nav>"
        f"<article><h1>{TITLE}</h1>{told}</article><footer>Contact us. All rights reserved.</footer></body></html>"
    )


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines of print."""
    print_ = " T* ".join(f"({line}) Tj" for line in lines)
    return pdf_of(zlib.compress(f"BT /F1 10 Tf 12 TL 40 800 Td {print_} ET".encode()))


def pdf_of(stream: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return out + end % (table, len(out))
