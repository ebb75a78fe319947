"""Five days as readers get them, whole: busy, quiet, corrections, only watch, hostile text in every field."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from sanctions_monitor.alerts import WatchEntry
from sanctions_monitor.digests import Correction, Coverage, Expiry, Gap, narrow, render
from sanctions_monitor.exports import alerts_csv
from sanctions_monitor.settings import PROJECT
from sanctions_monitor.subscriptions import Codes, Cut

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from sanctions_monitor.digests import Digest

NU = PROJECT / ".venv" / "vnu" / "package" / "build" / "dist" / "vnu.jar"
DAY = date(2025, 12, 13)
NOON = datetime(2025, 12, 13, 12, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\n=1+1 \"'&{{ 7*7 }}\u202e"
BELARUS = Codes(("EU",), ("BY",))
EXPIRY = Expiry(
    date(2026, 1, 10), "EU on Belarus: usual review (potash)", BELARUS, "https://eu.example/1", "Decision 1"
)


@pytest.fixture
def days(full_digest: Digest, make_digest: Callable[..., Digest], raise_alert: Any, tell: Any) -> dict[str, Digest]:
    watched = WatchEntry("s2", "Proposed: EU to impose sanctions on Russia", "proposed", NOON, tell(), 1)
    return {
        "busy": make_digest(
            *full_digest.alerts,
            *(each.alert for each in full_digest.followed),
            watch=full_digest.watch,
            context=full_digest.context,
            expiries=(EXPIRY,),
        ),
        "quiet": make_digest(),
        "corrections": make_digest(
            raise_alert(),
            corrections=(
                Correction("s9", "UK imposes sanctions on Mali", DAY - timedelta(1), "Post was edited", BELARUS),
            ),
        ),
        "only watch": make_digest(watch=(watched,)),
        "hostile": hostile(make_digest, raise_alert, tell),
    }


@pytest.fixture(params=["busy", "quiet", "corrections", "only watch", "hostile"])
def day(request: Any, days: dict[str, Digest]) -> Digest:
    return days[request.param]


def hostile(make_digest: Callable[..., Digest], raise_alert: Any, tell: Any) -> Digest:
    report = tell(HOSTILE, quote=HOSTILE, title=HOSTILE, url=HOSTILE, rule=HOSTILE, coder_version=HOSTILE)
    alert = raise_alert(
        HOSTILE, reports=(report,), legal_act=HOSTILE, official=(HOSTILE,), exposure=(HOSTILE,), standing=(HOSTILE,)
    )
    return make_digest(
        alert,
        watch=(WatchEntry("s2", HOSTILE, "proposed", NOON, report, 1),),
        coverage=Coverage(1, 1, (HOSTILE,), 1),
        corrections=(Correction("s9", HOSTILE, DAY, HOSTILE, BELARUS),),
        expiries=(Expiry(DAY, HOSTILE, BELARUS, HOSTILE, HOSTILE),),
    )


def test_a_day_as_text_html_and_csv(day: Digest, snapshot: SnapshotAssertion) -> None:
    rendered = render(day)
    html5lib.HTMLParser(strict=True).parse(rendered.html)

    assert re.sub(r"Sanctions Monitor \d[\d.]*", "Sanctions Monitor VERSION", rendered.text) == snapshot(name="text")
    body = rendered.html[rendered.html.index("<body") :]
    assert re.sub(r"Sanctions Monitor \d[\d.]*", "Sanctions Monitor VERSION", body) == snapshot(name="html")
    assert alerts_csv(day.alerts, day.day).decode() == snapshot(name="csv")


@pytest.mark.skipif(not NU.exists() or shutil.which("java") is None, reason="no Nu HTML checker: `make checker`")
def test_the_w3cs_checker_finds_no_fault(days: dict[str, Digest], tmp_path: Path) -> None:
    pages = [tmp_path / f"{name}.html" for name in days]
    for page, day in zip(pages, days.values(), strict=True):
        page.write_text(render(day).html, encoding="utf-8")

    done = subprocess.run(["java", "-jar", NU, "--stdout", *pages], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_text_and_html_tell_the_same(day: Digest) -> None:
    rendered = render(day)
    page = html5lib.parse(rendered.html)
    shown = set(re.findall(r"\w+", " ".join(page.find("{http://www.w3.org/1999/xhtml}body").itertext())))
    told = set(re.findall(r"\w+", rendered.text))

    # the headers of tables, and the mark where a mail has the reader's own line
    own = {"Date", "Target", "how", "to", "stop"}
    assert {word for word in shown - told if word.casefold() not in {each.casefold() for each in told}} <= own


def test_the_text_has_every_link_of_the_page(day: Digest) -> None:
    rendered = render(day)
    links = [each.get("href") for each in html5lib.parse(rendered.html).iter("{http://www.w3.org/1999/xhtml}a")]

    assert [link for link in links if not link.startswith("#") and f"<{link}>" not in rendered.text] == []


@pytest.mark.parametrize("turning", ["\u202e", "\u202a", "\u2067"])
def test_no_name_turns_the_words_behind_it(
    turning: str, make_digest: Callable[..., Digest], raise_alert: Any, tell: Any
) -> None:
    digest = make_digest(raise_alert(f"US{turning} eases", reports=(tell(f"Po{turning}st"),)))
    rendered = render(digest)

    assert rendered.subject == "1 alert: US eases"
    assert "Post" in rendered.text
    assert turning not in rendered.subject + rendered.text + rendered.html


def test_a_day_with_nothing_says_so_in_three_lines(make_digest: Callable[..., Digest]) -> None:
    assert len(render(make_digest()).text.strip().splitlines()) == 3


GAPS = {
    "before the day and to its end": (Gap(None, None), "no feed was read on this day"),
    "until the morning": (Gap(None, NOON), "no feed was read before 13 Dec 12:00 UTC"),
    "since noon": (Gap(NOON, None), "no feed answered from 13 Dec 12:00 UTC to the end of the day"),
    "for a while": (Gap(NOON, NOON + timedelta(hours=5)), "no feed answered from 13 Dec 12:00 UTC to 13 Dec 17:00 UTC"),
}


@pytest.mark.parametrize(("gap", "words"), GAPS.values(), ids=GAPS)
def test_a_day_on_which_polling_was_broken_says_so_and_since_when(
    gap: Gap, words: str, make_digest: Callable[..., Digest]
) -> None:
    digest = make_digest(coverage=Coverage(3, 2, (), 60, (gap,)))
    rendered = render(digest)

    assert digest.subject == "No alerts, but coverage is incomplete: polling was broken"
    assert f"Coverage is incomplete: {words}" in rendered.text
    assert words in rendered.html


def test_where_most_feeds_fail_the_coverage_is_incomplete(make_digest: Callable[..., Digest]) -> None:
    text = render(make_digest(coverage=Coverage(3, 2, ("A", "B", "C"), 4, (), NOON))).text

    assert "3 of 4 feeds fail, all of them since 13 Dec 12:00 UTC" in text


def test_dates_are_in_the_readers_language(full_digest: Digest) -> None:
    text = render(narrow(full_digest, Cut(language="de"))).text

    assert "Samstag, 13. Dezember 2025" in text
    assert "13. Dez., 15:00 UTC" in text


def test_a_cut_holds_what_it_asks_for_alone(full_digest: Digest) -> None:
    assert narrow(full_digest, Cut(countries=("BY",))).alerts == full_digest.alerts
    nothing = narrow(full_digest, Cut(countries=("VE",)))
    assert nothing.empty
    assert "for your subscription (countries VE)" in render(nothing).text


def test_a_fault_in_one_alert_leaves_its_headline_tells_operators_and_stops_no_other(
    make_digest: Callable[..., Digest], raise_alert: Any, tell: Any
) -> None:
    broken = raise_alert("UK imposes sanctions on Mali", alert_id="broken", reasons=(None,))
    rendered = render(make_digest(raise_alert(), broken))

    assert "US eases potash sanctions on Belarus\n   Severity" in rendered.text
    assert "UK imposes sanctions on Mali" in rendered.text
    assert "The rest of this alert could not be shown" in rendered.html
    (fault,) = rendered.faults
    assert fault.startswith("alert broken: ")


def test_a_feed_that_its_publisher_has_ended_is_named_with_the_reason(make_digest: Callable[..., Digest]) -> None:
    rendered = render(make_digest(coverage=Coverage(3, 2, ("B",), 9, ended=("Gazette (HTTP 410 Gone)",))))

    assert "8 of 9 feeds answered at their last poll; these did not: B." in rendered.text
    assert "Ended by its publisher: Gazette (HTTP 410 Gone). Look for another address, or disable it." in rendered.text
    assert "Gazette (HTTP 410 Gone)" in rendered.html
