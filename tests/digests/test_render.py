"""A digest as text and as HTML: the same content, and everything from feeds stays words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from sanctions_monitor.alerts import Reason
from sanctions_monitor.digests import render
from sanctions_monitor.digests.render import QUOTE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from sanctions_monitor.alerts import Alert, Report
    from sanctions_monitor.digests import Digest

    Raise = Callable[..., Alert]
    Make = Callable[..., Digest]
    Tell = Callable[..., Report]

X = "{http://www.w3.org/1999/xhtml}"


def page(digest: Digest) -> Any:
    """The HTML as a browser reads it; raises where it would have to guess."""
    return html5lib.HTMLParser(strict=True).parse(render(digest).html)


def words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def test_html_is_without_fault(full_digest: Digest, make_digest: Make) -> None:
    page(full_digest)
    page(make_digest())


def test_a_page_has_one_heading_of_the_first_order(full_digest: Digest) -> None:
    headings = page(full_digest).findall(f".//{X}h1")

    assert [words(each) for each in headings] == [full_digest.subject]


def test_text_and_html_tell_the_same(full_digest: Digest) -> None:
    html, text = words(page(full_digest).find(f"{X}body")), " ".join(render(full_digest).text.split())

    for part in (
        "US eases potash sanctions on Belarus",
        "EU extends sanctions on Russia",
        "Refused: EU to ease sanctions on Belarus",
        "US and China hold talks",
        "General License 13",
        "The EU's ban of 2022 still stands.",
        "Belarus produced 12.3 % of the world's potash in 2025: USGS",
        "2 independent outlets",
        "copies of these are not counted: 2",
        "River Gazette",
    ):
        assert part in html
        assert part in text


def test_an_empty_day_says_that_nothing_was_found(make_digest: Make) -> None:
    rendered = render(make_digest())

    assert "Nothing was found on this day" in rendered.text
    assert "Nothing was found on this day" in rendered.html


def test_what_is_unknown_is_said(raise_alert: Raise, make_digest: Make) -> None:
    text = render(make_digest(raise_alert(senders=(), commodities=(), instruments=()))).text

    assert "Who: not stated" in text
    assert "Goods: none named" in text
    assert "Official: no official source yet" in text


def test_times_are_those_of_the_readers_zone(raise_alert: Raise, make_digest: Make) -> None:
    assert "13 Dec 18:00 Minsk time" in render(make_digest(raise_alert(), zone="Europe/Minsk")).text


def test_points_that_are_taken_away_have_one_sign(raise_alert: Raise, make_digest: Make) -> None:
    text = render(make_digest(raise_alert(reasons=(Reason("action: ease", 30), Reason("one outlet", -20))))).text

    assert "Score: action: ease +30; one outlet -20." in text


def test_a_long_sentence_is_quoted_to_a_word_only(raise_alert: Raise, make_digest: Make, tell: Tell) -> None:
    long = tell(quote="sanctions " * 500)

    (quote,) = re.findall(r'"(sanctions .*?)"', render(make_digest(raise_alert(reports=(long,)))).text)

    assert quote.endswith("sanctions …")
    assert len(quote) <= QUOTE_LENGTH + 2


def test_the_same_digest_gives_the_same_bytes(full_digest: Digest) -> None:
    assert render(full_digest) == render(full_digest)


def test_the_text_of_a_whole_digest(full_digest: Digest, snapshot: SnapshotAssertion) -> None:
    text = re.sub(r"Sanctions Monitor \d\S*", "Sanctions Monitor VERSION", render(full_digest).text)

    assert text == snapshot


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><a href="https://evil.example">click</a>',
    "' onmouseover='alert(1)",
    "</style></head><body onload=alert(1)>",
    "<!-- unclosed",
    "{{ 7 * 7 }}{% raw %}",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_words(hostile: str, raise_alert: Raise, make_digest: Make, tell: Tell) -> None:
    report = tell(hostile, quote=hostile, url="https://post.example/1", rule=hostile)
    shown = page(make_digest(raise_alert(hostile, reports=(report,), legal_act=hostile), failing=(hostile,)))

    tags = {each.tag.removeprefix(X) for each in shown.iter() if isinstance(each.tag, str)}
    assert not tags & {"script", "img", "iframe", "svg"}
    assert {each.get("href") for each in shown.iter(f"{X}a")} == {"https://post.example/1"}
    assert not [name for each in shown.iter() for name in each.attrib if name.startswith("on")]
    assert words(shown).count(" ".join(hostile.split())) >= 4


LINKS = ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,<script>", "vbscript:x", "//evil.example", ""]


@pytest.mark.parametrize("url", LINKS)
def test_only_web_addresses_are_linked(url: str, raise_alert: Raise, make_digest: Make, tell: Tell) -> None:
    shown = page(make_digest(raise_alert(reports=(tell(url=url), tell("Gazette", url=url)))))

    assert list(shown.iter(f"{X}a")) == []
    assert "Post, 13 Dec 15:00 UTC" in words(shown)


def test_an_outlet_without_a_page_has_no_empty_brackets_in_the_text(
    raise_alert: Raise, make_digest: Make, tell: Tell
) -> None:
    assert "<>" not in render(make_digest(raise_alert(reports=(tell(url=""),)))).text


def test_nothing_is_loaded_from_elsewhere(full_digest: Digest) -> None:
    html = render(full_digest).html

    assert not re.search(r"<(?:img|link|script|iframe)|url\(|@import", html)
