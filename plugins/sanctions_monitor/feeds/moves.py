"""Where a feed has moved to: a pure decision of the redirects that were followed and of what stood at their end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
# what these say is not about the address, but about a publisher that is there and has no time
_BUSY = (429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: its status, and the address it led to."""

    status: int
    url: str


def moved_to(hops: Sequence[Hop], end_status: int, *, good_document: bool) -> str | None:
    """The address to be asked from now on; None where it stays.

    A chain moves the address by its leading run of permanent hops only (RFC 9110, section 15.4): what follows a
    temporary one may be gone tomorrow. Nothing moves to what is no feed: sites that die redirect every address to
    their front page, or to whoever bought the name.
    """
    target = None
    for hop in hops:
        if hop.status not in PERMANENT:
            break
        target = hop.url
    return target if good_document or end_status in _BUSY else None


def is_gone(hops: Sequence[Hop], end_status: int) -> bool:
    """Whether the publisher has said that this feed is no more (410); a temporary redirect says it of another page."""
    return end_status == 410 and all(hop.status in PERMANENT for hop in hops)
