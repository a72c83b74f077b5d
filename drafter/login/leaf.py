"""The leaves that are shown outside the page: the form of the login, and a sentence for who may not come in."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from drafter.login.origin import landing
from drafter.ui.saying import asset, render

_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def form(wanted: str, *, name: str = "", trouble: str = "", status: int = 200, wait: int = 0) -> Response:
    """The form; what was typed as a name stays, and what went wrong is said over it."""
    headers = {"Content-Security-Policy": _POLICY} | ({"Retry-After": str(wait)} if wait else {})
    return HTMLResponse(render("login.html", next=landing(wanted), name=name[:200], trouble=trouble), status, headers=headers)


def refused(request: Request, status: int, said: str) -> Response:
    """A sentence: as a leaf of its own for who opened an address, as JSON for what asks by itself."""
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(render("refused.html", said=said), status, headers={"Content-Security-Policy": _POLICY})
    return JSONResponse({"detail": said}, status)


def lost(near: str) -> Response:
    """There is no page at an address; `near` is the page that it may be meant for, "" where there is none like it."""
    return HTMLResponse(render("lost.html", near=near), 404, headers={"Content-Security-Policy": _POLICY})


def style() -> Response:
    """The colours of the page, which are dark where the machine is, and the style of the leaves."""
    return Response(_style(), media_type="text/css", headers={"Cache-Control": "max-age=600"})


@cache
def _style() -> str:
    light, rest = asset("page.css").split(".dark {", 1)
    dark, _ = rest.split("}", 1)
    return f"{light}@media (prefers-color-scheme: dark) {{ :root {{{dark}}} }}\n{asset('login.css')}"
