"""Who gets the digest: a line a subscriber, and a wrong line is named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sanctions_monitor.errors import DataError
from sanctions_monitor.storage import connect
from sanctions_monitor.subscriptions import Subscriber, read_subscriptions, sync_subscribers

if TYPE_CHECKING:
    from pathlib import Path

    from sanctions_monitor.settings import Settings

NOW = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)
HEADER = "id,address,name,time_zone,hour,active"
LINE = "analyst,analyst@example.org,Analyst,Europe/Warsaw,7,true"


def write(folder: Path, *lines: str) -> Path:
    path = folder / "subscriptions.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


def test_a_line_becomes_a_subscriber(tmp_path: Path) -> None:
    (analyst,) = read_subscriptions(write(tmp_path, LINE))

    assert (analyst.address, analyst.time_zone, analyst.hour) == ("analyst@example.org", "Europe/Warsaw", 7)


def test_zone_hour_and_activity_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text("id,address,name\nanalyst,analyst@example.org,Analyst\n")

    (analyst,) = read_subscriptions(path)

    assert (analyst.time_zone, analyst.hour, analyst.active) == ("UTC", 6, True)


def test_without_a_file_nobody_subscribes(tmp_path: Path) -> None:
    assert read_subscriptions(tmp_path / "none.csv") == []


def test_a_file_that_somebody_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="SANCTIONS_MONITOR_SUBSCRIPTIONS"):
        read_subscriptions(tmp_path / "none.csv", must_exist=True)


WRONG = {
    "an address without @": ("analyst@example.org", "analyst", "address='analyst'"),
    "an unknown zone": ("Europe/Warsaw", "Europe/Warsav", "time_zone='Europe/Warsav'"),
    "a zone outside its folder": ("Europe/Warsaw", "../etc/passwd", "time_zone='../etc/passwd'"),
    "an hour beyond the day": (",7,", ",24,", "hour='24'"),
    "an hour in words": (",7,", ",early,", "hour='early'"),
    "an id with blanks": ("analyst,", "the analyst,", "id='the analyst'"),
    "no name": (",Analyst,", ",,", "name=''"),
}


@pytest.mark.parametrize(("there", "instead", "named"), WRONG.values(), ids=WRONG)
def test_a_wrong_line_is_named_by_file_line_column_and_value(
    there: str, instead: str, named: str, tmp_path: Path
) -> None:
    path = write(tmp_path, LINE.replace("analyst", "good"), "", LINE.replace(there, instead, 1))

    with pytest.raises(DataError) as error:
        read_subscriptions(path)

    assert str(error.value).startswith(f"{path}, line 4, {named}")


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 3: the id 'analyst' stands twice"):
        read_subscriptions(write(tmp_path, LINE, LINE))


def test_too_many_cells_are_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 2: more cells than columns"):
        read_subscriptions(write(tmp_path, LINE + ",x"))


def test_a_mark_of_byte_order_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8-sig")

    assert len(read_subscriptions(path)) == 1


def test_a_file_that_is_not_utf_8_names_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_bytes(f"{HEADER}\ncafé".encode("latin-1"))

    with pytest.raises(DataError, match="SANCTIONS_MONITOR_SUBSCRIPTIONS"):
        read_subscriptions(path)


def test_a_subscriber_who_left_the_file_is_no_longer_active(settings: Settings) -> None:
    one, two = (Subscriber(id=name, address=f"{name}@example.org", name=name) for name in ("one", "two"))
    with connect(settings) as conn:
        sync_subscribers(conn, [one, two], NOW)
        sync_subscribers(conn, [two], NOW)
        active = conn.execute("select subscriber_id from subscriber where active").fetchall()

    assert active == [{"subscriber_id": "two"}]
