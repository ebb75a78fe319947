"""CSV that every program reads alike, and that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import stat
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_monitor.exports import whole_file, write_rows
from sanctions_monitor.exports.csv_text import cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VALUES = {
    "unknown": (None, ""),
    "text": ("US", "US"),
    "the code of Namibia": ("NA", "NA"),
    "a list": (["US", "EU"], "US|EU"),
    "an empty list": ([], ""),
    "yes": (True, "true"),
    "no": (False, "false"),
    "a whole number": (7, "7"),
    "a negative number is no formula": (-5, "-5"),
    "a fraction": (0.25, "0.25"),
    "a day": (date(2025, 12, 13), "2025-12-13"),
    "a time is told in UTC": (
        datetime(2025, 12, 13, 18, 0, tzinfo=timezone(timedelta(hours=3))),
        "2025-12-13T15:00:00Z",
    ),
}


@pytest.mark.parametrize(("value", "text"), VALUES.values(), ids=VALUES)
def test_a_value_as_text(value: object, text: str) -> None:
    assert cell(value) == text


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_compute_stays_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_a_formula_in_the_first_place_of_a_list_stays_text_too() -> None:
    assert cell(["=1+1", "US"]) == "'=1+1|US"


def write_csv(path: Path, columns: list[str], rows: Any) -> Path:
    """A file written as the exports write it: under another name, then renamed."""
    with whole_file(str(path.parent), path.name) as part:
        write_rows(part, columns, rows)
    return path


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ROWS = st.lists(st.fixed_dictionaries({"first": WORDS, "second": WORDS}), max_size=5)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv") / "alerts.csv"


@settings(deadline=None)
@given(rows=ROWS)
def test_any_text_is_read_back_by_the_standard_library(rows: list[dict[str, str]], file: Path) -> None:
    write_csv(file, ["first", "second"], rows)

    with file.open(encoding="utf-8", newline="") as lines:
        read = list(csv.reader(lines, strict=True))

    assert read == [["first", "second"], *([cell(row["first"]), cell(row["second"])] for row in rows)]


@settings(deadline=None)
@given(rows=ROWS)
def test_any_text_is_read_back_by_pandas(rows: list[dict[str, str]], file: Path) -> None:
    # the number keeps a row of empty cells from being a blank line
    numbered = [{"number": number, **row} for number, row in enumerate(rows)]
    write_csv(file, ["number", "first", "second"], numbered)

    frame = pd.read_csv(file, keep_default_na=False, dtype={"first": str, "second": str})

    assert frame["first"].tolist() == [cell(row["first"]) for row in rows]
    assert frame["second"].tolist() == [cell(row["second"]) for row in rows]


def test_namibia_stays_a_country(file: Path) -> None:
    write_csv(file, ["target"], [{"target": "NA"}, {"target": ""}])

    assert pd.read_csv(file, keep_default_na=False)["target"].tolist() == ["NA", ""]


def test_lines_end_as_rfc_4180_has_it_and_text_is_utf_8(file: Path) -> None:
    write_csv(file, ["a", "b"], [{"a": "Lukašenka", "b": 'said "no", twice'}])

    assert file.read_bytes() == 'a,b\r\nLukašenka,"said ""no"", twice"\r\n'.encode()


def test_columns_stand_in_the_order_asked_for(file: Path) -> None:
    write_csv(file, ["b", "a"], [{"a": 1, "b": 2, "c": 3}])

    assert file.read_text().splitlines() == ["b,a", "2,1"]


def broken() -> Iterator[dict[str, int]]:
    yield {"a": 1}
    raise KeyboardInterrupt


def test_a_process_killed_while_writing_leaves_the_old_file_whole(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "alerts.csv", ["a"], [{"a": 0}])

    with pytest.raises(KeyboardInterrupt):
        write_csv(file, ["a"], broken())

    assert file.read_bytes() == b"a\r\n0\r\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_first_file_is_whole_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_csv(tmp_path / "new" / "alerts.csv", ["a"], broken())

    assert list((tmp_path / "new").iterdir()) == []


def test_others_may_read_the_file(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "alerts.csv", ["a"], [])

    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
