"""The text of a web page or a PDF, taken out in a process of its own with limits of time and memory.

The libraries that read pages and PDFs are made for honest documents: a small file can keep them busy for hours. The
process reads `{"content_type": ...}` in a line and then the document, and prints `{"outcome": ..., ...}`.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from email.message import Message
from typing import Any

from sanctions_monitor.items.plain_text import tidy

SECONDS = 10
"""Of the processor; an honest page takes a tenth of one. Twice as many on the clock, for busy machines."""
MEMORY = 1024 * 2**20
MOST_PAGES = 60
"""Pages of a PDF; the annexes of legal acts list names by the hundred."""
LONGEST = 200_000
"""Characters of a text that are kept."""
SHORTEST = 200
"""A page with less text than this is a notice, a challenge or a player, and no report."""

_PDF = re.compile(rb"\s*%PDF-")
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p)\b", re.IGNORECASE)
# schema.org/isAccessibleForFree, as Google asks publishers to mark what is for subscribers; and Open Graph's tier
_PAYWALL = re.compile(
    rb"""["']isAccessibleForFree["']\s*:\s*["']?false|article:content_tier["'][^>]*content=["']locked""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PageText:
    """`outcome` is text, paywall, no text or unreadable; `text` stands with the first, `reason` with the others."""

    outcome: str
    text: str | None = None
    reason: str | None = None


def page_text(body: bytes, content_type: str) -> PageText:
    """The text of a document as plain text, one paragraph a line. Never raises for what stands in it."""
    head = json.dumps({"content_type": content_type}).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__],
            input=head + b"\n" + body,
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return PageText("unreadable", reason=f"it took more than {2 * SECONDS} s to read")
    try:
        return PageText(**json.loads(done.stdout))
    except (ValueError, TypeError):
        # killed by a limit: the last line of its complaint names it
        complaint = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        return PageText("unreadable", reason=(complaint or f"the reader ended with code {done.returncode}")[:200])


def extract(body: bytes, content_type: str) -> PageText:
    """What `page_text` gives, in this very process: for the process itself, and for tests."""
    kind = content_type.partition(";")[0].strip().lower()
    if _PDF.match(body[:1024]):
        return _enough(_pdf(body))
    if kind == "text/plain" and not _MARKUP.search(body[:4096]):
        return _enough(_reflowed(body.decode(_charset(content_type) or "utf-8", errors="replace")))
    if not _MARKUP.search(body[:65536]):
        return PageText("unreadable", reason=f"a document of type {kind or 'unknown'}, which we can't read")
    if _PAYWALL.search(body):
        return PageText("paywall", reason="the page says that it is for subscribers")
    return _enough(_html(body, content_type))


def _enough(text: str) -> PageText:
    tidied = tidy(text)[:LONGEST]
    if len(tidied) < SHORTEST:
        return PageText("no text", reason=f"{len(tidied)} characters of text on the page")
    return PageText("text", tidied)


def _html(body: bytes, content_type: str) -> str:
    import trafilatura

    page: str | bytes = body
    if charset := _charset(content_type):
        page = body.decode(charset, errors="replace")
    # precision: a teaser of another story that gets into the text would be coded as this one's
    return trafilatura.extract(page, include_comments=False, include_tables=True, favor_precision=True) or ""


def _pdf(body: bytes) -> str:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(body))
    parts: list[str] = []
    for page in reader.pages[:MOST_PAGES]:
        parts.append(page.extract_text())
        if sum(map(len, parts)) > LONGEST:
            break
    return _reflowed("\n".join(parts))


def _reflowed(text: str) -> str:
    """Lines of print put together to paragraphs, words that were divided at a line's end too."""
    whole = re.sub(r"(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])", "", text.replace("\r\n", "\n"))
    return re.sub(r"(?<![.:;!?\n])[ \t]*\n(?!\s*\n)", " ", whole)


def _charset(content_type: str) -> str | None:
    header = Message()
    header["content-type"] = content_type
    charset = header.get_content_charset()
    try:
        "".encode(charset or "utf-8")
    except LookupError:
        return None
    return charset


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    _limit()
    head: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    try:
        found = extract(sys.stdin.buffer.read(), head["content_type"])
    except MemoryError:
        found = PageText("unreadable", reason="it took too much memory to read")
    except Exception as problem:  # noqa: BLE001 - the libraries raise errors of many kinds on broken documents
        found = PageText("unreadable", reason=f"{type(problem).__name__}: {problem}"[:200])
    sys.stdout.write(json.dumps({"outcome": found.outcome, "text": found.text, "reason": found.reason}))


if __name__ == "__main__":
    _main()
