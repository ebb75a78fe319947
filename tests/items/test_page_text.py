"""What is the text of a page or document, and what a hostile one costs."""

from __future__ import annotations

import time
import zlib

import psutil
import pytest
from tests.items.pages import ACT, FILLER, article, pdf, pdf_of

from sanctions_monitor.items import page_text
from sanctions_monitor.items.page_text import extract


class TestDocuments:
    """What a document's text is."""

    LINES = (
        "The Council has decided to ex-",
        "tend the restrictive measures against",
        "Belarus until 28 February 2026.",
    )

    def test_an_official_pdf_is_read_its_lines_put_together(self):
        read = extract(pdf(*self.LINES * 5), "application/pdf")

        assert read.outcome == "text"
        assert "has decided to extend the restrictive measures against Belarus until 28 February 2026." in read.text

    def test_a_pdf_is_known_by_its_content(self):
        assert extract(pdf(*self.LINES * 5), "text/html").outcome == "text"

    def test_plain_text_is_read(self):
        assert extract(f"{ACT}\n\n{FILLER}\n{FILLER}".encode(), "text/plain").text.startswith(f"{ACT}\n")

    def test_a_page_in_another_encoding_is_read_as_its_answer_says(self):
        body = article(f"Минск: {ACT}", FILLER, FILLER).encode("windows-1251")

        assert "Минск:" in extract(body, "text/html; charset=windows-1251").text

    def test_marks_that_hide_text_do_not_pass(self):
        body = article(f"Safe\u202e{ACT}\x00", FILLER, FILLER)

        assert "\u202e" not in extract(body.encode(), "text/html").text

    @pytest.mark.parametrize(
        "body",
        [
            pdf_of(zlib.compress(b"(x) Tj " * 15_000_000)),
            b"<html><body>" + b"<div>" * 1_000_000,
            b"<html><body><p>" + b"<a href=x>y</a>" * 300_000,
            b"<html>" + b"&lt;" * 2_000_000,
        ],
        ids=["a PDF bomb", "a page that is nested without end", "a page of links", "a page of entities"],
    )
    def test_a_hostile_document_ends_in_time_and_outside_our_memory(self, body):
        before, started = psutil.Process().memory_info().rss, time.monotonic()

        read = page_text.page_text(body, "text/html")

        assert read.outcome in ("text", "no text", "unreadable")
        assert time.monotonic() - started < 2 * page_text.SECONDS + 10
        assert psutil.Process().memory_info().rss - before < 100 * 2**20
