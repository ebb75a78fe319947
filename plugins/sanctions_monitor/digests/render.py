"""A digest as text and as HTML. Everything from feeds passes through autoescaping; styles are inlined for mail.

Each alert is rendered by itself: a fault in one leaves its headline and link, is told to operators, and stops no other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import css_inline
from babel.dates import format_date, format_datetime, format_skeleton
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from sanctions_monitor import __version__
from sanctions_monitor.digests.compose import straight
from sanctions_monitor.digests.coverage import health_words, incomplete_words
from sanctions_monitor.logs import get_logger
from sanctions_monitor.reference import goods_name, prose_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sanctions_monitor.alerts import Alert, Report
    from sanctions_monitor.digests.charts import Chart
    from sanctions_monitor.digests.compose import Digest
    from sanctions_monitor.digests.parts import Part

log = get_logger("digests")
QUOTE_LENGTH = 320
"""Characters of a quoted sentence; a quote is evidence, not the article."""
MOST_NAMES = 12
"""Names of persons, firms and vessels that are shown of an alert."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A digest as it is stored, mailed and shown; its pictures; and what could not be rendered, for operators."""

    subject: str
    text: str
    html: str
    parts: tuple[Part, ...] = ()
    faults: tuple[str, ...] = field(default=())


def render(digest: Digest, charts: Mapping[str, Chart] | None = None) -> Rendered:
    """The same content as text and as HTML; the same digest gives the same bytes.

    `charts` are those of alerts that have one, by alert id.
    """
    values = _words(digest.zone, digest.cut.language) | {"digest": digest}
    # sentences are made here and not by macros of a text template, whose result HTML would take for escaped
    values |= {
        "incomplete": incomplete_words(digest.coverage, values["clock"]),
        "health": health_words(digest.coverage),
    }
    blocks, faults = _alerts(digest.alerts, charts or {}, values)
    return _document("digest", digest.subject, blocks, faults, values, _pictures(digest.alerts, charts or {}))


def render_notice(
    alerts: Sequence[Alert], zone: str, language: str, charts: Mapping[str, Chart] | None = None
) -> Rendered:
    """An urgent notice of one alert or of a burst of them."""
    values = _words(zone, language) | {"alerts": alerts, "zone": zone, "subject": notice_subject(alerts)}
    blocks, faults = _alerts(alerts, charts or {}, values)
    return _document("notice", values["subject"], blocks, faults, values, _pictures(alerts, charts or {}))


def notice_subject(alerts: Sequence[Alert]) -> str:
    """ "Urgent: US eases potash sanctions on Belarus", with how many more there are."""
    headline = " ".join(straight(alerts[0].headline).split())
    more = f" and {len(alerts) - 1} more" if len(alerts) > 1 else ""
    room = 140 - len("Urgent: ") - len(more)
    return (
        f"Urgent: {headline if len(headline) <= room else headline[: room - 2].rsplit(' ', maxsplit=1)[0] + ' …'}{more}"
    )


def _document(
    name: str,
    subject: str,
    blocks: Mapping[str, dict[str, str]],
    faults: Sequence[str],
    values: dict[str, Any],
    parts: tuple[Part, ...],
) -> Rendered:
    environment = _environment()
    html = environment.get_template(f"{name}.html.j2").render(
        values | {"blocks": {key: Markup(each["html"]) for key, each in blocks.items()}}  # noqa: S704 - rendered with escapes
    )
    text = environment.get_template(f"{name}.txt.j2").render(
        values | {"blocks": {key: each["txt"] for key, each in blocks.items()}}
    )
    return Rendered(subject, text.strip() + "\n", _inliner().inline(html), parts, tuple(faults))


def _alerts(
    alerts: Sequence[Alert], charts: Mapping[str, Chart], values: dict[str, Any]
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Each alert as HTML and as text, and the faults of those that had to be shortened to their headline."""
    blocks: dict[str, dict[str, str]] = {}
    faults: list[str] = []
    for number, alert in enumerate(alerts, 1):
        own = values | {"alert": alert, "chart": charts.get(alert.alert_id), "number": number}
        try:
            blocks[alert.alert_id] = {each: _block(f"alert.{each}.j2", own) for each in ("html", "txt")}
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with one alert must not keep back the others
            fault = f"alert {alert.alert_id}: {type(problem).__name__}: {problem}"
            log.error("alert_not_rendered", alert=alert.alert_id, reason=fault)  # noqa: TRY400 - the reason is enough
            faults.append(fault)
            blocks[alert.alert_id] = {each: _block(f"alert_fault.{each}.j2", own) for each in ("html", "txt")}
    return blocks, faults


def _block(template: str, values: dict[str, Any]) -> str:
    return _environment().get_template(template).render(values)


def _pictures(alerts: Sequence[Alert], charts: Mapping[str, Chart]) -> tuple[Part, ...]:
    shown = {chart.part.name: chart.part for alert in alerts if (chart := charts.get(alert.alert_id)) is not None}
    return tuple(shown[name] for name in sorted(shown))


def _words(zone_name: str, language: str) -> dict[str, Any]:
    """What templates use to write times and days, in the reader's zone and language."""
    zone = ZoneInfo(zone_name)

    def clock(moment: datetime) -> str:
        local = moment.astimezone(zone)
        if language == "en":
            said = format_datetime(local, "d MMM HH:mm", locale=language)
        else:
            day, time = (format_skeleton(each, local, locale=language) for each in ("MMMd", "Hm"))
            said = f"{day}, {time}"
        return f"{said} {_zone_name(zone_name)}"

    def long_day(day: date) -> str:
        return format_date(day, "EEEE d MMMM y" if language == "en" else "full", locale=language)

    def plain_day(day: date) -> str:
        return format_date(day, "d MMMM y" if language == "en" else "long", locale=language)

    def short_day(day: date) -> str:
        return format_date(day, "d MMM y" if language == "en" else "medium", locale=language)

    return {
        "short_day": short_day,
        "clock": clock,
        "long_day": long_day,
        "plain_day": plain_day,
        "version": __version__,
    }


def _zone_name(zone: str) -> str:
    return zone if "/" not in zone else zone.rsplit("/", maxsplit=1)[-1].replace("_", " ") + " time"


def _quote(text: str) -> str:
    """A sentence as it may be quoted: cut at a word where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE_LENGTH else flat[:QUOTE_LENGTH].rsplit(" ", maxsplit=1)[0] + " …"


def _flat(text: str) -> str:
    """A text from outside on one line, so that it can't pass for a line of ours."""
    return " ".join(text.split())


def _listed(names: Sequence[str]) -> str:
    """Names from outside, the first dozen; a long list is counted."""
    more = len(names) - MOST_NAMES
    return "; ".join([*map(_flat, names[:MOST_NAMES]), *([f"and {more} more"] if more > 0 else [])])


def _link(report: Report) -> Markup:
    """The outlet's name, linked where its item has a page; a "link" that is no web address stays words."""
    if not report.url.startswith(("https://", "http://")):
        return escape(report.outlet)
    return Markup('<a href="{}">{}</a>').format(report.url, report.outlet)


def _lead(minutes: int) -> str:
    """When the deciding side's own source said it, counted from the first report."""
    if minutes <= 0:
        return "told it first"
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (left, "min")) if number]
    return f"said it {' '.join(parts[:2])} after the first report"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sanctions_monitor.digests"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        finalize=straight,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "link": _link,
        "quote": _quote,
        "flat": _flat,
        "places": lambda codes: ", ".join(f"{prose_name(code)}" for code in codes) or "not stated",
        "place": prose_name,
        "goods": lambda ids: ", ".join(goods_name(each) for each in ids) or "none named",
        "words": lambda ids: ", ".join(each.replace("_", " ") for each in ids) or "not stated",
        "plural": lambda number, noun: f"{number} {noun}" if number == 1 else f"{number} {noun}s",
        "lead": _lead,
        "listed": _listed,
    }
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    # the style sheet stays too: dark mode and narrow screens need its media queries; nothing is ever fetched
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
