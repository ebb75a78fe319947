"""The pages of the digests: the list by day, one digest to read, and the same digest exactly as it was mailed."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from fastapi import APIRouter, HTTPException, Request, Response

from sanctions_monitor.digests.parts import with_local_pictures
from sanctions_monitor.settings import load
from sanctions_monitor.web.archive import StoredDigest, find_digest, find_picture, list_digests
from sanctions_monitor.web.templates import page

DAYS_A_PAGE = 60

router = APIRouter()


@router.get("/")
def digests(request: Request, before: str | None = None) -> Response:
    """The list: the latest days first, each with its editions."""
    entries = list_digests(load(), before=_day(before) if before else None, days=DAYS_A_PAGE)
    days = [(day, list(editions)) for day, editions in groupby(entries, key=lambda entry: entry.day)]
    return page("digests", request, days=days, before=before, earlier=days[-1][0] if len(days) == DAYS_A_PAGE else None)


@router.get("/read/{day}/{edition:path}")
def read(request: Request, day: str, edition: str) -> Response:
    """One digest with the way back and to its neighbours around it."""
    return page("read", request, digest=_digest(day, edition))


@router.get("/digests/{day}/{edition:path}")
def as_mailed(day: str, edition: str) -> Response:
    """The stored document; its pictures, which a mail carries inside, are asked for here.

    An edition is the name of a time zone, which may hold slashes.
    """
    html = with_local_pictures(_digest(day, edition).body_html, "/sanctions/pictures/")
    return Response(html.encode(), media_type="text/html; charset=utf-8")


@router.get("/pictures/{name}")
def picture(name: str) -> Response:
    """A chart of a digest."""
    png = None if "\0" in name else find_picture(load(), name)
    if png is None:
        raise HTTPException(404)
    return Response(png, media_type="image/png")


@router.get("/{path:path}")
def nothing_here(path: str) -> Response:  # noqa: ARG001
    """Any other address, so that the guards stand before it as well."""
    raise HTTPException(404)


def _digest(day: str, edition: str) -> StoredDigest:
    # PostgreSQL takes no text with a zero byte in it
    digest = None if "\0" in edition else find_digest(load(), _day(day), edition)
    if digest is None:
        raise HTTPException(404)
    return digest


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HTTPException(404) from None
