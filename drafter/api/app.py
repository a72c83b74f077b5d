"""The application: its operations, what stands around each of them, and the document that describes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.telemetry import TelemetryConfig

from drafter.api import (
    admin,
    answers,
    checks,
    drafts,
    health,
    helpdesks,
    incidents,
    letters,
    opened,
    promises,
    remedies,
    reviews,
    revisions,
    rules,
    stream,
    usage,
)
from drafter.api.frame import Frame
from drafter.api.problems import Problem
from drafter.api.service import Service

_ROUTERS = (
    *(checks, drafts, stream, revisions, reviews, incidents, opened, letters, promises, remedies),
    *(rules, usage, admin, helpdesks, health),
)
_DESCRIPTION = """Facts of a mistake in, a reply out that owns it; nothing that deflects or blames is ever shown as ready.

Every failure is a problem document (RFC 9457) whose `type` leads to a page of what it means. Times are RFC 3339 in UTC."""
SILENT: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False}
"""FastAPI's own telemetry would tell whole addresses, which hold secrets of webhooks, and the words of exceptions."""
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_api(service: Service | None = None, *, lifespan: Lifespan | None = None) -> FastAPI:
    """The application on a service; `lifespan` may bring the service instead, as `app.state.service`."""
    app = FastAPI(
        title="Drafter",
        version=version("drafter"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry=SILENT,
    )
    if service is not None:
        app.state.service = service
    answers.install(app)
    app.add_middleware(Frame)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, openapi_version="3.1.0", description=app.description, routes=app.routes
        )
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
        for operation in (operation for path in document["paths"].values() for operation in path.values()):
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _never_null(parameter["schema"])
        app.openapi_schema = document
    return app.openapi_schema


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter: it may be left out, and no address or header can hold null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **kinds[0]} if len(kinds) == 1 else schema
