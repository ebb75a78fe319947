"""A digest as text and as HTML. Everything from feeds passes through autoescaping; styles are inlined for mail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from sanctions_monitor import __version__
from sanctions_monitor.reference import goods_name, prose_name

if TYPE_CHECKING:
    from datetime import datetime

    from sanctions_monitor.alerts import Report
    from sanctions_monitor.digests.compose import Digest

QUOTE_LENGTH = 320
"""Characters of a quoted sentence; a quote is evidence, not the article."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A digest as it is stored, mailed and shown."""

    subject: str
    text: str
    html: str


def render(digest: Digest) -> Rendered:
    """The same content as text and as HTML; the same digest gives the same bytes."""
    zone = ZoneInfo(digest.zone)

    def clock(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%d %b %H:%M} {_zone_name(digest.zone)}"

    values = {"digest": digest, "clock": clock, "version": __version__}
    html = _environment().get_template("digest.html.j2").render(values)
    text = _environment().get_template("digest.txt.j2").render(values)
    return Rendered(digest.subject, text.strip() + "\n", _inliner().inline(html))


def _zone_name(zone: str) -> str:
    return zone if "/" not in zone else zone.rsplit("/", maxsplit=1)[-1].replace("_", " ") + " time"


def _quote(text: str) -> str:
    """A sentence as it may be quoted: cut at a word where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE_LENGTH else flat[:QUOTE_LENGTH].rsplit(" ", maxsplit=1)[0] + " …"


def _link(report: Report) -> Markup:
    """The outlet's name, linked where its item has a page; a "link" that is no web address stays words."""
    if not report.url.startswith(("https://", "http://")):
        return escape(report.outlet)
    return Markup('<a href="{}">{}</a>').format(report.url, report.outlet)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sanctions_monitor.digests"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "link": _link,
        "quote": _quote,
        "places": lambda codes: ", ".join(f"{prose_name(code)}" for code in codes) or "not stated",
        "goods": lambda ids: ", ".join(goods_name(each) for each in ids) or "none named",
        "words": lambda ids: ", ".join(each.replace("_", " ") for each in ids) or "not stated",
        "plural": lambda number, noun: f"{number} {noun}" if number == 1 else f"{number} {noun}s",
    }
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    # the style sheet stays too: dark mode and narrow screens need its media queries; nothing is ever fetched
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
