"""Bodies and their members on a day: the EU of 2019 had the United Kingdom in it, that of 2021 had not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from datetime import date


def members_on(memberships: pd.DataFrame, body: str, on: date) -> tuple[str, ...]:
    """The members of one body on a day, sorted; none where the body is not known."""
    asked = pd.DataFrame({"code": [body], "on": [pd.Timestamp(on)]})
    found = with_members(asked, memberships)
    return tuple(sorted(found.loc[found["body"].notna(), "code"]))


def with_members(asked: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """`asked` with every body in its column `code` replaced by the members on the day in its column `on`.

    A state stays itself, and so does a body whose members are not known. The column `body` says which body a row is a
    member of, and is missing else. The other columns are repeated; the index is new, the order kept.
    """
    pairs = asked[["code", "on"]].drop_duplicates()
    pairs = pairs[pairs["code"].isin(memberships["body"].unique())]
    found = pairs.merge(memberships, left_on="code", right_on="body", how="left", validate="many_to_many")
    stands = (found["since"].isna() | (found["since"] <= found["on"])) & (
        found["until"].isna() | (found["until"] >= found["on"])
    )
    found = found.loc[stands, ["code", "on", "alpha2"]]
    joined = asked.merge(found, on=["code", "on"], how="left", validate="many_to_many")
    is_member = joined["alpha2"].notna()
    return joined.assign(
        body=joined["code"].where(is_member).astype("str"), code=joined["alpha2"].where(is_member, joined["code"])
    ).drop(columns="alpha2")
