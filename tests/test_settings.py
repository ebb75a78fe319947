"""Settings: each explained, secrets hidden, a wrong value named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from sanctions_monitor import settings
from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import Settings, without_password

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Load = Callable[..., Settings]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Loads the settings anew from these variables, given without their common beginning."""

    def anew(**variables: str) -> Settings:
        settings.load.cache_clear()
        for name, value in variables.items():
            monkeypatch.setenv(f"SANCTIONS_MONITOR_{name.upper()}", value)
        return settings.load()

    yield anew
    settings.load.cache_clear()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained(name: str) -> None:
    assert (Settings.model_fields[name].description or "").endswith(".")


def test_a_setting_is_read_from_the_environment(load: Load, tmp_path: Path) -> None:
    assert load(home=str(tmp_path), poll_minutes="30").poll_minutes == 30


def test_an_empty_variable_counts_as_unset(load: Load) -> None:
    assert load(smtp_url="").smtp_url is None


WRONG = {
    "a number in words": ("poll_minutes", "often"),
    "no time at all": ("read_timeout", "0"),
    "endless time": ("total_timeout", "inf"),
    "no number": ("host_pause", "nan"),
    "negative": ("max_bytes", "-1"),
    "an unknown level": ("log_level", "LOUD"),
    "a truth value that is none": ("full_text", "perhaps"),
    "a home of nobody": ("home", "~nobody-of-that-name/var"),
}


@pytest.mark.parametrize(("name", "value"), WRONG.values(), ids=WRONG)
def test_a_wrong_value_gives_one_line_that_names_variable_and_value(name: str, value: str, load: Load) -> None:
    with pytest.raises(UserError) as error:
        load(**{name: value})

    line = str(error.value)
    assert line.startswith(f"SANCTIONS_MONITOR_{name.upper()}={value!r}: ")
    assert "\n" not in line
    assert line.endswith("Run `sanctions-monitor settings` to see what it takes.")


def test_secrets_do_not_show() -> None:
    ours = Settings(
        database_url=SecretStr("postgresql://u:s3cr3t@h/d"), smtp_url=SecretStr("smtp://u:s3cr3t@mail.example.org")
    )

    assert "s3cr3t" not in f"{ours!r} {ours} {ours.model_dump()} {ours.model_dump_json()}"


def test_relative_folders_are_those_of_the_moment(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert load(home="var").home == tmp_path / "var"


def test_subscriptions_lie_in_the_home_unless_said_otherwise(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).subscriptions_file == tmp_path / "subscriptions.csv"
    assert Settings(home=tmp_path, subscriptions=tmp_path / "x.csv").subscriptions_file == tmp_path / "x.csv"


SHOWN = {
    "without one": ("https://post.example/@user/feed", "https://post.example/@user/feed"),
    "a port and an at sign in the path": ("http://post.example:8080/@user", "http://post.example:8080/@user"),
    "user and password": ("https://u:p@post.example/feed", "https://post.example/feed"),
    "an at sign in the password": ("https://u:p@ss@post.example/feed", "https://post.example/feed"),
    "a slash in the password": ("https://u:p/ss@post.example/feed", "https://post.example/feed"),
    "of a mail server": ("smtp://me@example.org:p/s?s@mail.example.org:587", "smtp://mail.example.org:587"),
    "of a database": ("postgresql://u:p@h:5432/d", "postgresql://h:5432/d"),
    "in a sentence": ("see 'http://u:p@h/': refused", "see 'http://h/': refused"),
}


@pytest.mark.parametrize(("url", "shown"), SHOWN.values(), ids=SHOWN)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


@given(
    scheme=st.sampled_from(["http", "https", "smtp", "smtps", "postgresql"]),
    user=st.from_regex(r"[a-z]{1,5}", fullmatch=True),
    password=st.from_regex(r"Z[A-Za-z0-9!$&'()*+,;=._~@/?-]{0,12}", fullmatch=True),
)
def test_no_password_is_ever_shown(scheme: str, user: str, password: str) -> None:
    assert "Z" not in without_password(f"{scheme}://{user}:{password}@host.example:1234/feed")
