"""Reading bodies: JSON as it was written - numbers keep their digits, and what a reader might understand in two ways is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from decimal import Decimal
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

_NOWHERE = -1  # the place of a fault whose place is not known


class JsonRequest(Request):
    """A request whose JSON is read strictly."""

    async def json(self) -> Any:
        """The body as data.

        Raises:
            json.JSONDecodeError: it is not JSON in UTF-8, has a key twice in one object, or half of a character in a text.
        """
        if not hasattr(self, "_json"):
            self._json = read_json(await self.body())
        return self._json


class Route(APIRoute):
    """A route whose bodies are read strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, given such requests."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return await handle(JsonRequest(request.scope, request.receive))

        return handler


def read_json(body: bytes) -> Any:
    """The data of a body; raises as `JsonRequest.json` does."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise json.JSONDecodeError("this is not UTF-8", "", error.start) from None
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_once)
    except json.JSONDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise json.JSONDecodeError(str(error) if isinstance(error, _RefusedError) else "this cannot be read", "", _NOWHERE) from None
    if "\\u" in text:
        _whole(data)
    return data


class _RefusedError(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError("a key stands twice in one object")
    return found


def _refused(word: str) -> Any:
    raise _RefusedError(f"{word} is not JSON")


def _whole(data: Any) -> None:
    """Refuse half of a character, which no answer and no database can hold."""
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise json.JSONDecodeError("a text holds half of a character", "", _NOWHERE) from None
