"""The application that Airflow mounts below /sanctions: guards, headers and the pages for when something is amiss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from sanctions_monitor.errors import SanctionsMonitorError
from sanctions_monitor.logs import get_logger
from sanctions_monitor.web import digest_pages
from sanctions_monitor.web.airflow_access import GUARDS, login_address
from sanctions_monitor.web.templates import page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = get_logger("web")

HEADERS = {
    # no scripts at all: a digest quotes what strangers wrote, and Airflow's session cookie can be read by scripts
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; frame-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
NOTICES = {
    403: (
        "You may not see this",
        "Your role in Airflow may not see the DAG daily_digest. Ask an administrator.",
    ),
    404: ("There is no such page", "No digest is stored for this day and edition. The list shows all there are."),
    500: ("Something went wrong", "The reason stands in the log of Airflow's API server."),
    503: (
        "The database can't be reached",
        "Digests are kept there. Try again in a minute; the reason stands in the log of Airflow's API server.",
    ),
}

app = FastAPI(title="Sanctions Monitor", docs_url=None, redoc_url=None, openapi_url=None, dependencies=GUARDS)
app.include_router(digest_pages.router)


@app.middleware("http")
async def add_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Puts the security headers on every answer, errors and redirects too."""
    return _with_headers(await answer(request))


@app.exception_handler(StarletteHTTPException)
async def explain(request: Request, problem: HTTPException) -> Response:
    """Sends a person without a session to the login and shows other refusals as a page; programs get JSON."""
    if not _is_person(request):
        return JSONResponse({"detail": problem.detail}, problem.status_code, headers=problem.headers)
    if problem.status_code == 401:
        back_to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(login_address(back_to), 302)
    return _notice(request, problem.status_code)


@app.exception_handler(SanctionsMonitorError)
@app.exception_handler(psycopg.OperationalError)
async def unreachable(request: Request, problem: Exception) -> Response:
    """Says that the database is away, to persons and programs."""
    log.error("database_unreachable", reason=str(problem))
    return _notice(request, 503) if _is_person(request) else JSONResponse({"detail": NOTICES[503][0]}, 503)


@app.exception_handler(Exception)
async def failed(request: Request, problem: Exception) -> Response:  # noqa: ARG001 - it is raised on, into Airflow's log
    """A page without a traceback for what nobody foresaw. It stands outside the middleware, hence its own headers."""
    return _with_headers(_notice(request, 500))


def _notice(request: Request, status: int) -> Response:
    title, remedy = NOTICES.get(status, NOTICES[500] if status >= 500 else NOTICES[404])
    return page("notice", request, status_code=status, title=title, remedy=remedy)


def _is_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _with_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
