"""The legal act that a sentence names: "General License 13", "Decision (CFSP) 2025/421", "resolution 2769"."""

from __future__ import annotations

import re

# Every alternative is anchored on fixed words and bounded repeats, so matching is linear.
_LEGAL_ACT = re.compile(
    r"\b(?:"
    r"General Licen[sc]es? (?:No\. ?)?\d{1,3}[A-Z]?"
    r"|GL \d{1,3}[A-Z]?"
    r"|(?:Council )?(?:Implementing )?(?:Decision|Regulation) \((?:CFSP|EU|EC|EU, Euratom)\)"
    r" (?:No )?\d{1,4}/\d{2,4}"
    r"|(?:Council )?(?:Implementing )?Decision \d{4}/\d{1,4}/CFSP"
    r"|Executive Order (?:No\. ?)?1\d{4}"
    r"|E\.O\. 1\d{4}"
    r"|(?:UN |UNSC |Security Council )?[Rr]esolution \d{3,4}(?: \((?:19|20)\d\d\))?"
    r"|S/RES/\d{3,4}(?:\((?:19|20)\d\d\))?"
    r"|S\.?I\.? (?:19|20)\d\d/\d{1,4}"
    r"|SOR/(?:19|20)\d\d-\d{1,4}"
    r"|Presidential Decree (?:No\. ?)?\d{1,4}"
    r"|Announcement No\. \d{1,3} of (?:19|20)\d\d"
    r")\b"
)


def legal_act_in(sentence: str) -> str | None:
    """The first legal act that the sentence names, in its own words, or None."""
    match = _LEGAL_ACT.search(sentence)
    return match.group() if match else None
