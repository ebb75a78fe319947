"""What a newer table would change, and whether that is believable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sanctions_monitor.errors import DataError
from sanctions_monitor.reference.tables import Table, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sanctions_monitor.reference.services import Service


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes in one table: rows by key, and each changed cell as (key, column, before, after)."""

    table: str
    added: tuple[tuple[Any, ...], ...]
    removed: tuple[tuple[Any, ...], ...]
    changed: tuple[tuple[tuple[Any, ...], str, Any, Any], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.removed or self.changed)


def difference(name: str, before: pd.DataFrame, after: pd.DataFrame) -> Difference:
    """What changes from one state of a table to the next."""
    declared = table(name)
    old, new = _by_key(declared, before), _by_key(declared, after)
    same = old.index.intersection(new.index)
    left, right = old.loc[same], new.loc[same]
    changed = [
        (_key(key), column, one, other)
        for column in left.columns
        for key, one, other in zip(same, left[column], right[column], strict=True)
        if one is not other and one != other
    ]
    return Difference(
        name,
        _keys(new.index.difference(old.index)),
        _keys(old.index.difference(new.index)),
        tuple(sorted(changed, key=lambda cell: (str(cell[0]), cell[1]))),
    )


def believable(service: Service, found: Difference) -> None:
    """Raises DataError where a figure jumps further than the service's expectation allows."""
    numbers = {column.name for column in table(found.table).columns if column.type in {"integer", "number"}}
    numbers -= {"year", "rank", "population_year", "gdp_year"}
    for key, column, old, new in found.changed:
        if column in numbers and old and new and max(old / new, new / old) > service.expect.changed_at_most:
            raise DataError(
                f"{service.title}, table {found.table}, row {'/'.join(map(str, key))}, column {column}: {old} would be "
                f"{new}, more than {service.expect.changed_at_most:g} times as much or little. Look at the source; "
                f"nothing was swapped."
            )


def told_differences(found: Mapping[str, Difference], most: int = 20) -> list[str]:
    """The differences as lines for people, the first `most` of each kind."""
    lines = []
    for name, each in found.items():
        lines.append(
            f"{name}: {len(each.added)} rows added, {len(each.removed)} removed, {len(each.changed)} cells changed"
        )
        lines += [f"  + {'/'.join(map(str, key))}" for key in each.added[:most]]
        lines += [f"  - {'/'.join(map(str, key))}" for key in each.removed[:most]]
        lines += [
            f"  {'/'.join(map(str, key))} {column}: {old} -> {new}" for key, column, old, new in each.changed[:most]
        ]
        hidden = sum(max(0, len(part) - most) for part in (each.added, each.removed, each.changed))
        if hidden:
            lines.append(f"  and {hidden} more")
    return lines


def _by_key(declared: Table, frame: pd.DataFrame) -> pd.DataFrame:
    plain = frame[declared.column_names].astype(object)
    return plain.where(frame[declared.column_names].notna(), None).set_index(list(declared.primary_key))


def _keys(index: pd.Index[Any]) -> tuple[tuple[Any, ...], ...]:
    return tuple(sorted(map(_key, index), key=str))


def _key(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)
