"""The digest as Chromium shows it: phone and desktop, light and dark, without styles, without pictures."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from sanctions_monitor.digests import exposure_chart, render
from sanctions_monitor.digests.parts import with_local_pictures
from sanctions_monitor.reference import from_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sanctions_monitor.digests import Digest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: `apt-get install chromium`"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page_file(full_digest: Digest, tmp_path: Path) -> Path:
    """The page with its pictures beside it."""
    shares = from_files().shares
    charts = {alert.alert_id: chart for alert in full_digest.alerts if (chart := exposure_chart(alert, shares))}
    rendered = render(full_digest, charts)
    assert rendered.parts
    for part in rendered.parts:
        (tmp_path / part.name).write_bytes(part.body)
    file = tmp_path / "digest.html"
    file.write_text(with_local_pictures(rendered.html), encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [360, 800])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_screen_and_meets_wcag_aa(width: int, scheme: str, browser: Any, page_file: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    view.goto(page_file.as_uri())

    assert view.evaluate("document.documentElement.scrollWidth") <= width
    assert view.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    found = Axe().run(view, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]}).response
    # a mail has no landmarks of a site
    broken = {
        each["id"]: each["help"] for each in found["violations"] if each["id"] not in {"region", "landmark-one-main"}
    }
    assert broken == {}
    view.close()


def test_without_styles_and_pictures_everything_is_still_told(browser: Any, page_file: Path) -> None:
    html = page_file.read_text(encoding="utf-8")
    view = browser.new_page(viewport={"width": 360, "height": 900})
    view.set_content(html)
    view.evaluate(
        "document.querySelectorAll('style').forEach(each => each.remove());"
        "document.querySelectorAll('[style]').forEach(each => each.removeAttribute('style'))"
    )

    assert view.evaluate("document.documentElement.scrollWidth") <= 440
    assert "US eases potash sanctions on Belarus" in view.inner_text("body")
    assert "Belarus 12.3%" in view.get_attribute("img", "alt")
    assert view.locator("h1").count() == 1
    view.close()
