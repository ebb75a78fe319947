"""Alerts as feeds (Atom, RFC 4287, and JSON Feed 1.1), and what ends soon as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sanctions_monitor.alerts import Alert
    from sanctions_monitor.digests import Expiry

ATOM = "http://www.w3.org/2005/Atom"
TITLE = "Sanctions Monitor: alerts"


def atom(alerts: Sequence[Alert], base: str, updated: datetime) -> bytes:
    """The alerts as an Atom feed, the latest first; an entry's id stays the alert's for good."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _text(feed, "title", TITLE)
    _text(feed, "id", _id(base, "alerts"))
    _text(feed, "updated", _iso(updated))
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "Sanctions Monitor")
    for alert in _latest(alerts):
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", _id(base, alert.alert_id))
        _text(entry, "title", alert.headline)
        _text(entry, "published", _iso(alert.dated_at))
        _text(entry, "updated", _iso(_changed(alert)))
        if _is_web(alert.evidence.url):
            ET.SubElement(entry, f"{{{ATOM}}}link", href=alert.evidence.url, rel="related")
        ET.SubElement(entry, f"{{{ATOM}}}category", term=alert.severity)
        _text(entry, "content", _content(alert), type="text")
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def json_feed(alerts: Sequence[Alert], base: str) -> bytes:
    """The same as a JSON Feed, with the codes of each alert under `_sanctions`."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE,
        "items": [_json_item(alert, base) for alert in _latest(alerts)],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()


def calendar(expiries: Sequence[Expiry], base: str, stamp: datetime) -> bytes:
    """What ends or is reviewed, a whole-day event each; the same measure and day has the same UID."""
    found = Calendar()
    found.add("prodid", "-//Sanctions Monitor//Expiries//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", "Sanctions: ends and reviews")
    for each in expiries:
        event = Event()
        event.add("uid", f"{_slug(each.what)}-{each.on.isoformat()}@{_host(base)}")
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("dtstart", each.on)
        event.add("dtend", each.on + timedelta(days=1))
        event.add("summary", each.what)
        event.add("transp", "TRANSPARENT")
        if each.source:
            event.add("description", each.source)
        if each.url and _is_web(each.url):
            event.add("url", each.url)
        found.add_component(event)
    return bytes(found.to_ical())


def _json_item(alert: Alert, base: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _id(base, alert.alert_id),
        "title": alert.headline,
        "content_text": _content(alert),
        "date_published": _iso(alert.dated_at),
        "date_modified": _iso(_changed(alert)),
        "tags": [alert.severity, alert.action],
        "_sanctions": {
            name: list(getattr(alert, name))
            for name in ("senders", "targets", "commodities", "instruments", "official")
        }
        | {"action": alert.action, "severity": alert.severity, "score": alert.score, "outlets": alert.outlets},
    }
    if _is_web(alert.evidence.url):
        item["external_url"] = alert.evidence.url
    return item


def _content(alert: Alert) -> str:
    evidence = alert.evidence
    quote = " ".join(evidence.quote.split())
    lines = [
        f"“{quote}” ({evidence.outlet}, {_iso(evidence.dated_at)})",
        f"Severity {alert.severity}, {alert.score} of 100; independent outlets: {alert.outlets}.",
        *alert.exposure,
        *alert.standing,
    ]
    return "\n".join(_printable(line) for line in lines)


def _changed(alert: Alert) -> datetime:
    return max([alert.dated_at, *(step.report.dated_at for step in alert.developments)])


def _latest(alerts: Sequence[Alert]) -> list[Alert]:
    return sorted(alerts, key=lambda alert: (alert.dated_at, alert.alert_id), reverse=True)


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = _printable(text)


def _printable(text: str) -> str:
    """Without the control characters that XML 1.0 can't hold."""
    return "".join(each for each in text if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _id(base: str, what: str) -> str:
    return f"{base.rstrip('/')}/sanctions/alerts/{_slug(what)}"


def _slug(text: str) -> str:
    return "-".join("".join(each if each.isalnum() and each.isascii() else " " for each in text.lower()).split())[:120]


def _host(base: str) -> str:
    return base.partition("://")[2].partition("/")[0].partition(":")[0] or "sanctions-monitor"


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))
