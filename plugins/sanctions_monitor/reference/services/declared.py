"""The services as `services.yaml` declares them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from sanctions_monitor.errors import FetchError, UserError

FILE = Path(__file__).parent / "services.yaml"


class _Declaration(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Expectation(_Declaration):
    """What must hold of what a service brings."""

    at_least: int = Field(ge=1)
    """Countries, goods or rows that it must tell something about."""
    changed_at_most: float = Field(gt=1)
    """The largest factor by which a figure may differ from the one before; more is taken for an error."""


class Service(_Declaration):
    """One service: where, under which terms, for which tables."""

    id: str
    title: str
    base_url: str
    connection: str
    """Id of the Airflow connection that may hold its key and another address."""
    licence: str
    tables: tuple[str, ...]
    note: str
    expect: Expectation
    item: str | None = None
    edition: str | None = None
    by_hand: bool = False
    """Too big to be fetched by a run: an operator brings the files."""
    goods: dict[str, str] = {}
    """The service's names of goods, and our ids."""

    def expect_enough(self, told: int, what: str) -> None:
        """Raises FetchError where a service tells of fewer things than it always did."""
        if told < self.expect.at_least:
            raise FetchError(
                f"{self.title}: it tells of {told} {what}, at least {self.expect.at_least} expected. "
                "The answer is cut short or has changed its form; the tables stay as they are."
            )


@cache
def services() -> dict[str, Service]:
    """Every declared service by its id."""
    declared = TypeAdapter(list[Service]).validate_python(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    return {each.id: each for each in declared}


def service(name: str) -> Service:
    """One service. Raises UserError naming the known ones."""
    if name not in services():
        raise UserError(f"No service {name!r}. Known: {', '.join(services())}.")
    return services()[name]
