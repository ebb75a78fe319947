"""Bodies stand for those who were members on the day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from sanctions_monitor.reference import from_files, members_on, read_table

REF = from_files()


@pytest.mark.parametrize(
    ("body", "on", "code", "member"),
    [
        ("EU", date(2020, 1, 31), "GB", True),
        ("EU", date(2020, 2, 1), "GB", False),
        ("EU", date(2013, 6, 30), "HR", False),
        ("NATO", date(2024, 3, 7), "SE", True),
        ("ECOWAS", date(2025, 1, 28), "NE", True),
        ("ECOWAS", date(2025, 1, 29), "NE", False),
        ("EAEU", date(2016, 1, 1), "KG", True),
        ("BRICS", date(2024, 6, 1), "ID", False),
        ("ASEAN", date(2025, 10, 26), "TL", True),
        ("G7", date(2025, 1, 1), "RU", False),
    ],
)
def test_members_of_a_day(body: str, on: date, code: str, member: bool):
    assert (code in members_on(REF.memberships, body, on)) is member


@pytest.mark.parametrize(("body", "on", "number"), [("EU", date(2026, 1, 1), 27), ("EU", date(2019, 1, 1), 28)])
def test_their_number(body: str, on: date, number: int):
    assert len(members_on(REF.memberships, body, on)) == number


@pytest.mark.parametrize(
    ("body", "flag"), [("EU", "eu"), ("G7", "g7"), ("NATO", "nato"), ("EAEU", "eaeu"), ("BRICS", "brics"), ("UN", "un")]
)
def test_todays_members_are_those_that_the_countries_table_flags(body: str, flag: str):
    flagged = set(REF.countries.loc[REF.countries[flag], "alpha2"])
    assert set(members_on(REF.memberships, body, date(2026, 3, 1))) == flagged


def test_a_body_without_known_members_has_none():
    assert members_on(REF.memberships, "SWIFT", date(2026, 1, 1)) == ()


def test_nobody_left_before_joining():
    rows = read_table("membership")
    both = rows["since"].notna() & rows["until"].notna()
    assert (rows.loc[both, "since"] <= rows.loc[both, "until"]).all()
    assert not rows["since"].gt(pd.Timestamp(2026, 3, 1)).any()
