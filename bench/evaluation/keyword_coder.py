"""A plain baseline: one event an item by keywords and the order of country names. What the rule coder has to beat."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

COUNTRIES = Path(__file__).parents[2] / "sql" / "reference" / "countries.csv"
ACTIONS = {
    "ease": r"\b(lift|eas(e|es|ed|ing)|waive|delist|suspend|remov|unfreez|licen[cs]e|exempt|relief)",
    "extend": r"\b(extend|renew|prolong|roll(s|ed)? over)",
    "enforce": r"\b(fine[ds]?|seiz|charged|indict|settle|forfeit|evasion|breach)",
    "impose": r"\b(sanction|blacklist|embargo|ban|bans|banned|asset freeze|designat|price cap)",
}
SANCTIONS = re.compile(
    r"\b(sanction|embargo|blacklist|asset freeze|travel ban|price cap|export control)", re.IGNORECASE
)
PROPOSED = re.compile(r"\b(could|may|would|consider|propos|plan|urge|threat|weigh|draft|call for)", re.IGNORECASE)
REJECTED = re.compile(r"\b(reject|refus|veto|rule[sd]? out|block)", re.IGNORECASE)


@cache
def names() -> list[tuple[re.Pattern[str], str]]:
    """A pattern and a code for each country, the European Union and the United Nations."""
    found = [
        (re.compile(r"\b(EU|European Union|Brussels)\b"), "EU"),
        (re.compile(r"\b(UN|U\.N\.|Security Council)"), "UN"),
    ]
    found.append((re.compile(r"\b(US|U\.S\.|Washington|Treasury)(?!\w)"), "US"))
    with COUNTRIES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            words = {row["name"], *row["demonym_adj"].split("|"), *row["capital"].split("|")} - {""}
            found.append((re.compile(r"\b(" + "|".join(map(re.escape, sorted(words))) + r")\b"), row["alpha2"]))
    return found


def keyword_events(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of one record: none without a sanctions word in title or summary, else one."""
    words = f"{record['title']}. {record.get('summary') or ''}"
    if not SANCTIONS.search(words):
        return []
    action = next((name for name, pattern in ACTIONS.items() if re.search(pattern, words, re.IGNORECASE)), "impose")
    status = "rejected" if REJECTED.search(words) else "proposed" if PROPOSED.search(words) else "adopted"
    places = sorted((match.start(), code) for pattern, code in names() if (match := pattern.search(words)))
    codes = list(dict.fromkeys(code for _, code in places))
    event = {"family": "sanctions", "action": action, "status": status, "commodities": []}
    return [{**event, "senders": codes[:1], "targets": codes[1:2]}]


def classify(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One output record an item; every event a story of its own, as a baseline without grouping has it."""
    return [{"id": record["id"], "events": keyword_events(record), "story": None} for record in records]
