"""The recorded edition's settings: its feeds where they are served, everybody's mail caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctions_monitor.errors import UserError
from sanctions_monitor.feeds import read_catalogue
from sanctions_monitor.recorded import recorded_settings
from sanctions_monitor.settings import Settings

SAMPLE = Path(__file__).parents[1] / "sample_edition"


def recorded(home: Path, folder: Path = SAMPLE) -> Settings:
    return recorded_settings(Settings(home=home), "http://127.0.0.1:8000/", "smtp://127.0.0.1:2525", home, folder)


def test_every_feed_is_at_the_address_it_is_served_from(tmp_path: Path) -> None:
    feeds = read_catalogue(recorded(tmp_path).catalogue)

    assert len(feeds) == 6
    assert {feed.host for feed in feeds} == {"127.0.0.1"}


def test_mail_goes_to_the_catcher(tmp_path: Path) -> None:
    assert recorded(tmp_path).smtp_url.get_secret_value() == "smtp://127.0.0.1:2525"


def test_a_folder_without_an_edition_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"feeds\.csv is missing"):
        recorded(tmp_path, tmp_path / "nowhere")
