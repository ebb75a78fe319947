"""The chart of an alert's exposure: who makes or sells the goods, the target marked. One spec for mail and web."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sanctions_monitor.digests.parts import Part, picture
from sanctions_monitor.reference import goods_name, prose_name

if TYPE_CHECKING:
    import pandas as pd

    from sanctions_monitor.alerts import Alert

PLACES = 6
"""The largest countries that are shown; the target is added where it is not among them."""
LEAST_ROWS = 3
"""Two bars say no more than the sentence beside them."""
WIDTH = 420
"""Pixels, so that a phone of 360 shows it nearly in full. The picture has twice as many, for sharp screens."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of an alert's exposure with the words for whoever sees no pictures."""

    part: Part
    alt: str
    height: int


def exposure_chart(alert: Alert, shares: pd.DataFrame) -> Chart | None:
    """The chart of the first goods of which a target's share of world production or exports is known, else None.

    `shares` is the table country_commodity_share: commodity_id, measure, rank, alpha2, world_share (1 = all), year,
    source. World production is shown where both are known.
    """
    for goods in alert.commodities:
        for measure in ("production", "exports"):
            rows = shares[(shares["commodity_id"] == goods) & (shares["measure"] == measure)]
            known = rows.dropna(subset=["world_share"]).sort_values(["world_share", "alpha2"], ascending=[False, True])
            if len(known) < LEAST_ROWS or not known["alpha2"].isin(alert.targets).any():
                continue
            place = known.assign(place=range(1, len(known) + 1))
            shown = place[(place["place"] <= PLACES) | place["alpha2"].isin(alert.targets)]
            bars = [
                (f"{number}. {prose_name(code)}", float(share), code in alert.targets)
                for number, code, share in zip(shown["place"], shown["alpha2"], shown["world_share"], strict=True)
            ]
            first = known.iloc[0]
            title = f"Share of world {measure} of {goods_name(goods)}, {first['year']}"
            source = str(first["source"]).split(" (")[0]
            told = ", ".join(f"{name} {share:.1%}" for name, share, _ in bars)
            return Chart(
                picture("exposure", _png(title, source, tuple(bars))),
                f"{title}: {told}. Source: {source}.",
                _height(bars),
            )
    return None


def spec(title: str, source: str, bars: tuple[tuple[str, float, bool], ...]) -> dict[str, Any]:
    """The Vega-Lite specification: horizontal bars in the order given, with their shares written at the end."""
    import altair as alt

    rows = [{"country": name, "share": share, "target": target} for name, share, target in bars]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("country:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=140)),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, max(share for _, share, _ in bars) * 1.15])),
    )
    bar = base.mark_bar(height=16).encode(
        color=alt.condition("datum.target", alt.value("#9b1c1c"), alt.value("#94a3b8"))
    )
    text = base.mark_text(align="left", dx=4, color="#1f2933", fontSize=13).encode(
        text=alt.Text("share:Q", format=".1%")
    )
    chart = (
        (bar + text)
        .properties(
            width=WIDTH - 100,
            height=alt.Step(24),
            title=alt.TitleParams(
                title, subtitle=f"Source: {source}", anchor="start", fontSize=14, subtitleFontSize=12
            ),
        )
        .configure(background="#ffffff", padding=8, font="sans-serif")
        .configure_axis(labelFontSize=13, labelColor="#1f2933")
        .configure_view(stroke=None)
    )
    return json.loads(chart.to_json())  # type: ignore[no-any-return]


def svg(title: str, source: str, bars: tuple[tuple[str, float, bool], ...]) -> str:
    """The same chart for a web page."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec(title, source, bars)))


@cache
def _png(title: str, source: str, bars: tuple[tuple[str, float, bool], ...]) -> bytes:
    import vl_convert

    return _packed(vl_convert.vegalite_to_png(spec(title, source, bars), scale=2))


def _packed(png: bytes) -> bytes:
    """The same picture in a third of the bytes: the renderer packs for speed, and ten thousand mails carry it."""
    head, position, pixels = png[:8], 8, b""
    chunks = []
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        kind, content = png[position + 4 : position + 8], png[position + 8 : position + 8 + length]
        position += 12 + length
        if kind == b"IDAT":
            pixels += content
            continue
        if kind == b"IEND":
            chunks.append((b"IDAT", zlib.compress(zlib.decompress(pixels), 9)))
        chunks.append((kind, content))
    return head + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def _height(bars: list[tuple[str, float, bool]]) -> int:
    return 24 * len(bars) + 60
