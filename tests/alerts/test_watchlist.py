"""The watch list: what an operator cares about more weighs more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.alerts import picture, read_watch_list
from sanctions_monitor.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from sanctions_monitor.alerts import Report
    from sanctions_monitor.reference import Reference


def written(folder: Path, text: str) -> Path:
    path = folder / "watch.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_watched_target_weighs_more_and_the_reason_says_why(
    tell: Callable[..., Report], tables: Reference, ledger: pd.DataFrame, tmp_path: Path
) -> None:
    reports = [tell("Post"), tell("Gazette", 5)]
    until = reports[-1].dated_at.replace(day=14)
    watch_list = read_watch_list(written(tmp_path, "kind,code\ntarget,BY\ncommodity,potash\n"))

    (plain,) = picture(reports, tables, ledger, until).alerts
    (watched,) = picture(reports, tables, ledger, until, watch_list=watch_list).alerts

    assert watched.score > plain.score
    assert "on the watch list: target BY, commodity potash" in [reason.reason for reason in watched.reasons]
    assert sum(reason.points for reason in watched.reasons) == watched.score


def test_a_watched_name_is_found_in_what_reports_name_and_say(
    tell: Callable[..., Report], tables: Reference, ledger: pd.DataFrame, tmp_path: Path
) -> None:
    names = "kind,code\nname,belaruskali\nname,IMO 9187629\nname,Belarus Steel\nname,lift\n"
    watch_list = read_watch_list(written(tmp_path, names))
    reports = [tell("Post", entities=("Belaruskali",)), tell("Gazette", 5, entities=("Ocean Star (IMO 9187629)",))]
    until = reports[-1].dated_at.replace(day=14)
    (alert,) = picture(reports, tables, ledger, until, watch_list=watch_list).alerts
    assert "on the watch list: name belaruskali, name IMO 9187629" in [reason.reason for reason in alert.reasons]


def test_without_a_file_nothing_is_watched() -> None:
    assert read_watch_list(None).matches(("US",), ("BY",), ("potash",)) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind,code\ntarget,ZZ\n", r"line 2, column code: 'ZZ': is no code of a target"),
        ("kind,code\nfirm,X\n", r"line 2, column kind: 'firm': is none of sender, target, commodity, name"),
        ("kind,code\nname,X\n", r"line 2, column code: 'X': a name has 3 characters at least"),
        ("kind,code\ncommodity,kryptonite\n", r"column code: 'kryptonite': is no code of a commodity"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_watch_list(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none.csv.*SANCTIONS_MONITOR_WATCH_LIST"):
        read_watch_list(tmp_path / "none.csv")
