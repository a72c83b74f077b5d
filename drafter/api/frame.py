"""The frame of every request: its id, its size, its line in the log, its count, its headers, and an answer where all else failed."""

from __future__ import annotations

import logging
import re
import time
import traceback
from pathlib import Path
from typing import Any
from uuid import uuid4

from anyio import move_on_after
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from drafter.api.problems import MEDIA, ProblemError

_REQUESTS = logging.getLogger("drafter.requests")
_LOG = logging.getLogger(__name__)
MOST_BYTES = 2 << 20  # of a body
MOST_SECONDS = 30.0  # for it to come
_CLOSE = {"Connection": "close"}  # what more would come of the body is not read
_SANE = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_NOSNIFF = (b"x-content-type-options", b"nosniff")
_NO_STORE = (b"cache-control", b"no-store")


class Frame:
    """ASGI middleware around everything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = _request_id(scope)
        state["headers"] = {}
        started = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_headers(scope, state)]
            await send(message)

        try:
            await self._app(scope, _limited(scope, receive), sending)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets a problem, and the log no word of theirs
            _LOG.error("a request failed", extra={"request_id": request_id, "error": type(error).__name__, "at": _places(error)})
            if not status:
                await _fault(request_id, sending)
        finally:
            _told(scope, state, status=status, seconds=time.perf_counter() - started)


def _limited(scope: Scope, receive: Receive) -> Receive:
    """The body, if it is no larger and comes no slower than a body may, whether it declares its size or comes in pieces."""
    declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    seen = int(declared) if declared.isdigit() and int(declared) > MOST_BYTES else 0

    more, end = True, time.monotonic() + MOST_SECONDS

    async def limited() -> Message:
        nonlocal seen, more
        if seen > MOST_BYTES:
            raise HTTPException(413, headers=_CLOSE)
        with move_on_after(end - time.monotonic() if more else None) as waiting:
            message = await receive()
        if waiting.cancelled_caught:
            raise HTTPException(408, headers=_CLOSE)
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES:
            raise HTTPException(413, headers=_CLOSE)
        more = bool(message.get("more_body"))
        return message

    return limited


def _request_id(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if _SANE.fullmatch(given) else uuid4().hex


def _headers(scope: Scope, state: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    found = [(b"x-request-id", state["request_id"].encode()), _NOSNIFF]
    if scope["path"].startswith("/v1/"):
        found.append(_NO_STORE)
    return found + [(name.lower().encode(), value.encode()) for name, value in state["headers"].items()]


def _told(scope: Scope, state: dict[str, Any], *, status: int, seconds: float) -> None:
    """One line and one count; a status of 0 says that the caller left before the answer began."""
    route = getattr(scope.get("route"), "path", "unknown")
    scope["app"].state.service.metrics.answered(scope["method"] if route != "unknown" else "any", route, status=status, seconds=seconds)
    told = {"method": scope["method"] if scope["method"].isalpha() else "odd", "route": route, "status": status}
    told |= {"ms": round(seconds * 1000, 2), "key": state.get("key_id"), "request_id": state["request_id"], "problem": state.get("problem")}
    _REQUESTS.info("request", extra=told)


def _places(error: BaseException) -> list[str]:
    """Where it went through our code, innermost last; never the words of the error, which may quote a letter."""
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]


async def _fault(request_id: str, send: Send) -> None:
    body = ProblemError("fault").document(request_id)
    headers = [(b"content-type", MEDIA.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
