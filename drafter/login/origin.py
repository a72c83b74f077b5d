"""Where a request comes from: our own page, the address bar, or somebody else's page in the same browser."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

_LANDING = "/"


def is_foreign(request: Request) -> bool:
    """Whether another site makes this request, by Fetch Metadata, else by its origin; to be led here by a link is not foreign."""
    headers = request.headers
    site = headers.get("sec-fetch-site")
    if site in ("same-origin", "none"):
        return False
    if site is not None:
        led = request.method in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
        return not (led and headers.get("sec-fetch-dest", "document") == "document")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def is_this_machine(request: Request) -> bool:
    """Whether the name in the address bar is this machine's own; another name may have been bent to lead here (DNS rebinding)."""
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def landing(wanted: str) -> str:
    """The place on our page that is wanted after the login; the first page where it would lead anywhere else."""
    inside = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    sound = wanted.isascii() and wanted.isprintable() and " " not in wanted and len(wanted) <= 2000
    ours = inside and sound and urlsplit(wanted).path not in ("/login", "/logout")
    return wanted if ours else _LANDING
