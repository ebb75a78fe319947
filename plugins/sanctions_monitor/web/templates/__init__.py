"""Pages as Jinja templates (`*.html.j2`); all that is put into one is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from fastapi import Request

_templates = Environment(
    loader=PackageLoader(__name__, "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(name: str, request: Request, *, status_code: int = 200, **values: Any) -> HTMLResponse:
    """The page of this name. Templates know `root`, the address they are mounted at, and `framed`."""
    html = _templates.get_template(f"{name}.html.j2").render(
        root=request.scope.get("root_path", ""),
        # browsers say what a page is fetched for; Airflow shows us in a sandboxed frame that no link can leave
        framed=request.headers.get("sec-fetch-dest") == "iframe",
        **values,
    )
    return HTMLResponse(html, status_code)
