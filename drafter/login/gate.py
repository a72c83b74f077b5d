"""The gate: every request for the page passes it, and goes on with a name and a role, or not at all."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from drafter.accounts import Accounts
from drafter.errors import DrafterError
from drafter.login import leaf
from drafter.login.attempts import Attempts
from drafter.login.origin import is_foreign, is_this_machine, landing
from drafter.login.proxy import Proxy
from drafter.ui.roles import may
from drafter.ui.saying import words
from drafter.ui.site import PAGES

_LOG = logging.getLogger(__name__)
HOURS = 12  # from the login on: a long working day
_COOKIE = "drafter_session"
_MOST = 16_384  # bytes of a form
_AT_ONCE = 2  # passwords that are compared at a time: each takes 64 MB


class Gate:
    """ASGI middleware: the page behind a login, behind a proxy that knows who asks, or, with neither, for this machine only."""

    def __init__(self, page: ASGIApp, accounts: Accounts, *, proxy: Proxy | None = None, seconds: int = HOURS * 3600) -> None:
        self._page, self._accounts, self._proxy, self._seconds = page, accounts, proxy, seconds
        self._attempts, self._comparing = Attempts(), CapacityLimiter(_AT_ONCE)
        self._sessions: dict[bool, SessionMiddleware] = {}
        self._closed = accounts.are_kept  # once there were accounts, their file's absence opens nothing
        self._left: set[str] = set()  # sessions that were left in this process, whether or not it could be kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, where it may be."""
        if scope["type"] != "http":  # the page has no sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        try:
            await self._answered(request, receive, _framed(send))
        except DrafterError:
            _LOG.exception("the login does not work")
            await leaf.refused(request, 503, words().login.broken)(scope, receive, _framed(send))

    async def _answered(self, request: Request, receive: Receive, send: Send) -> None:
        if request.url.path == "/login/style.css":
            await leaf.style()(request.scope, receive, send)
        elif is_foreign(request):
            await leaf.refused(request, 403, words().login.foreign)(request.scope, receive, send)
        elif self._proxy and (found := self._proxy.visitor(request.scope)):
            await self._let(request, receive, send, who=found, way="proxy")
        elif self._asks:
            await self._with_session(request)(request.scope, receive, send)
        elif self._proxy:
            await leaf.refused(request, 403, words().login.by_proxy)(request.scope, receive, send)
        elif not is_this_machine(request):
            await leaf.refused(request, 403, words().login.other_name)(request.scope, receive, send)
        else:
            await self._let(request, receive, send, who=("", "admin"), way="alone")

    @property
    def _asks(self) -> bool:
        self._closed = self._closed or self._accounts.are_kept
        return self._closed

    def _with_session(self, request: Request) -> ASGIApp:
        """What reads the session of a request and keeps it in a cookie; a browser sends a secure one back by https alone."""
        secure = request.url.scheme == "https"
        if secure not in self._sessions:
            key = self._accounts.session_key
            kept: dict[str, Any] = {"session_cookie": _COOKIE, "max_age": self._seconds, "https_only": secure, "same_site": "lax"}
            self._sessions[secure] = SessionMiddleware(self._in_session, key, **kept)
        return self._sessions[secure]

    async def _in_session(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = request.url.path.rstrip("/")
        if path == "/logout" and request.method == "POST":
            await (await self._log_out(request))(scope, receive, send)
        elif path == "/login" and request.method == "POST":
            await (await self._log_in(request))(scope, receive, send)
        elif (found := self._visitor(request)) is not None:
            await self._let(request, receive, send, who=found, way="session")
        elif path == "/login":
            await leaf.form(request.query_params.get("next", ""))(scope, receive, send)
        else:
            await _turned_away(request)(scope, receive, send)

    def _visitor(self, request: Request) -> tuple[str, str] | None:
        """Whose session it is, where it was not left and their password is still the same."""
        session = request.session
        account = self._accounts.all().get(str(session.get("name")))
        if account is None or account.stamp != session.get("stamp") or self._was_left(str(session.get("id"))):
            return None
        return str(session["name"]), account.role

    def _was_left(self, session: str) -> bool:
        return session in self._left or session in self._accounts.left

    async def _log_in(self, request: Request) -> Response:
        filled = await _filled(request)
        name, wanted = filled.get("name", ""), filled.get("next", "")
        address = request.client.host if request.client else ""
        wait = self._attempts.wait(name, address)
        if wait:
            _LOG.warning("too many attempts to log in")
            return leaf.form(wanted, name=name, trouble=words().login.too_many.format(seconds=wait), status=429, wait=wait)
        found = await run_sync(self._accounts.verified, name, filled.get("password", ""), limiter=self._comparing)
        if found is None:
            _LOG.info("a login was refused")
            return leaf.form(wanted, name=name, trouble=words().login.wrong, status=401)
        self._attempts.succeeded(name, address)
        request.session.clear()
        request.session.update({"name": found[0], "stamp": found[1].stamp, "id": secrets.token_hex(16)})
        return RedirectResponse(landing(wanted), 303)

    async def _log_out(self, request: Request) -> Response:
        if (left := request.session.get("id")) is not None:
            self._left.add(str(left))
            try:
                await run_sync(self._accounts.leave, str(left), time.time() + self._seconds)
            except DrafterError:
                _LOG.exception("a log-out cannot be kept, and holds until the service starts again")
        request.session.clear()
        return RedirectResponse("/login", 303, headers={"Clear-Site-Data": '"storage"'})  # what was typed and not sent yet

    async def _let(self, request: Request, receive: Receive, send: Send, *, who: tuple[str, str], way: str) -> None:
        """Serve the page to somebody, except for a part that their role does not open."""
        path = request.url.path.strip("/")
        if path == "login":
            await RedirectResponse(landing(request.query_params.get("next", "")), 303)(request.scope, receive, send)
        elif path == "login/state":
            await Response(status_code=204)(request.scope, receive, send)
        elif path in PAGES and not may(who[1], path):
            await leaf.refused(request, 403, words().login.not_yours)(request.scope, receive, send)
        else:
            request.scope["drafter.user"], request.scope["drafter.role"] = who
            request.scope["drafter.way"] = way
            await self._page(request.scope, receive, _found(request, send, who[1]))


def _turned_away(request: Request) -> Response:
    """The way to the login for who opens a page, and a plain no for what a page asks for by itself."""
    opening = request.headers.get("sec-fetch-mode", "navigate") == "navigate" and "text/html" in request.headers.get("accept", "")
    if request.method not in ("GET", "HEAD") or not opening:
        return JSONResponse({"detail": words().login.needed}, 401)
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    query = "" if wanted == "/" else f"?{urlencode({'next': wanted})}"
    return RedirectResponse(f"/login{query}", 303)


def _found(request: Request, send: Send, role: str) -> Send:
    """The way out, on which who opens an address that is no page's is told so in words, with the way to one."""
    if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("accept", ""):
        return send
    lost = False

    async def found(message: Message) -> None:
        nonlocal lost
        if message["type"] == "http.response.start" and message["status"] == 404:
            lost = True
            near = request.url.path.strip("/").lower()
            await leaf.lost(near if near in PAGES and may(role, near) else "")(request.scope, request.receive, send)
        elif not lost:
            await send(message)

    return found


async def _filled(request: Request) -> dict[str, str]:
    """The fields of a form; none of one that is too large for ours or is no text."""
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST:
                return {}
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=8, errors="strict")
    except (ValueError, ClientDisconnect):
        return {}
    return {name: values[0] for name, values in fields.items()}


def _framed(send: Send) -> Callable[[Message], Any]:
    """The way out, on which every answer is told where it may be shown, and that what names people is kept nowhere."""

    async def framed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", "frame-ancestors 'none'")
            headers["x-frame-options"] = "DENY"
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "same-origin"
            if headers.get("content-type", "").startswith(("text/html", "application/json")):
                headers["cache-control"] = "no-store"
        await send(message)

    return framed
