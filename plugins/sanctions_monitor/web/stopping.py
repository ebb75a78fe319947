"""The one page outside Airflow's login: the signed address that ends a subscription (RFC 8058)."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from sanctions_monitor import delivery, subscriptions
from sanctions_monitor.settings import load
from sanctions_monitor.storage import connect

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title></head>
<body style="font-family: sans-serif; max-width: 36em; margin: 2em auto; padding: 0 1em"><h1>{title}</h1>{body}</body>
</html>
"""

app = FastAPI(title="Stop mails", docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/{token:path}")
def ask(token: str) -> Response:
    """Asks for a click, since programs that look into mails follow their links."""
    if _subscriber(token) is None:
        return _unknown()
    form = f'<form method="post" action="{escape(token)}"><p><button>Stop these mails</button></p></form>'
    return _page(200, "Stop these mails?", form)


@app.post("/{token:path}")
def stop(token: str, request: Request) -> Response:  # noqa: ARG001 - the signature is all that counts
    """Stops the mails of the subscriber whom the token was signed for; once more changes nothing."""
    subscriber_id = _subscriber(token)
    if subscriber_id is None:
        return _unknown()
    with connect(load()) as conn:
        subscriptions.pause(conn, subscriber_id, datetime.now(UTC))
    return _page(
        200, "No more mails", "<p>You get no more mails of Sanctions Monitor. Its operators can undo this.</p>"
    )


def _subscriber(token: str) -> str | None:
    if "\0" in token or len(token) > 300:
        return None
    settings = load()
    with connect(settings) as conn:
        return delivery.subscriber_of(delivery.signing_key(conn, settings), token)


def _unknown() -> Response:
    body = "<p>Its end may have been lost. Use the link of your latest mail, or write to whoever sends it.</p>"
    return _page(404, "This link stops nothing", body)


def _page(status: int, title: str, body: str) -> Response:
    return HTMLResponse(PAGE.format(title=title, body=body), status, HEADERS)
