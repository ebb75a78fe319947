"""An urgent notice for programs: JSON with the alerts' codes and evidence, and lines of text for a chat."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from sanctions_monitor.storage import queries

if TYPE_CHECKING:
    from sanctions_monitor.digests import StoredDigest
    from sanctions_monitor.storage.connection import Connection


def as_json(conn: Connection, digest: StoredDigest, row: dict[str, Any]) -> bytes:
    """The notice of a row of the outbox; the alerts as they stood when they were stored last.

    `{"type": "alerts", "id", "sent_for", "subject", "text", "alerts": [{alert_id, headline, action, status, senders,
    targets, commodities, instruments, severity, score, outlets, official, dated_at, evidence: {quote, outlet, url,
    dated_at, rule, coder_version}}]}`
    """
    alerts = queries("delivery").alerts_of_digest(conn, digest_id=digest.digest_id)
    payload = {
        "type": "alerts",
        "id": row["message_id"].strip("<>"),
        "sent_for": row["subscriber_id"],
        "subject": digest.subject,
        "text": digest.text,
        "alerts": [_alert(each) for each in alerts],
    }
    return json.dumps(payload, ensure_ascii=False, sort_keys=True).encode()


def as_lines(digest: StoredDigest) -> str:
    """The notice as a chat shows it; `&`, `<` and `>` escaped as Slack wants it, so that no quote becomes a call."""
    text = f"{digest.subject}\n\n{digest.text}"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _alert(row: dict[str, Any]) -> dict[str, Any]:
    evidence = {name: row.pop(f"evidence_{name}") for name in ("quote", "outlet", "url", "rule", "coder_version")}
    evidence["dated_at"] = _iso(row.pop("evidence_dated_at"))
    return row | {"dated_at": _iso(row["dated_at"]), "evidence": evidence}


def _iso(moment: Any) -> str:
    return str(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
