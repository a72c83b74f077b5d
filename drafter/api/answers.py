"""Answers: what every failure becomes on its way out, and resources as JSON."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from drafter.api.faults import faults_of, misread
from drafter.api.problems import MEDIA, Fault, ProblemError
from drafter.errors import (
    ConflictError,
    DrafterError,
    ForgedError,
    HelpdeskError,
    IncidentError,
    InputError,
    LanguageError,
    ModelNeededError,
    NewsError,
    NotFoundError,
    OutsideError,
    PayloadError,
    ReviewedError,
    StaleError,
    StepError,
    StoreError,
    TextError,
)

_LOG = logging.getLogger(__name__)
_CODES: tuple[tuple[type[DrafterError], str], ...] = (
    (NotFoundError, "not-found"),
    (ReviewedError, "reviewed"),
    (NewsError, "no-news"),
    (StepError, "out-of-order"),
    (ConflictError, "changed"),
    (IncidentError, "invalid-facts"),
    (TextError, "invalid-text"),
    (LanguageError, "unknown-language"),
    (ModelNeededError, "model-needed"),
    (StaleError, "stale-webhook"),
    (ForgedError, "forged-webhook"),
    (PayloadError, "invalid-payload"),
    (InputError, "invalid-request"),
    (HelpdeskError, "helpdesk-failed"),
    (OutsideError, "fault"),
)
_STATUSES = {400: "not-json", 404: "not-found", 405: "method-not-allowed", 408: "too-slow", 413: "too-large", 415: "not-json-type"}
_DETAILS = {"not-found": "there is nothing at this address; /openapi.json lists what there is."}
_AWAY = {"Retry-After": "5"}


def answer(resource: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A resource as JSON; FastAPI would validate it a second time."""
    return Response(resource.model_dump_json(), status, headers, "application/json")


def install(app: FastAPI) -> None:
    """Answer every failure with a problem document."""
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(DrafterError, _drafter)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def refused(error: DrafterError) -> ProblemError:
    """The problem that an error of Drafter's is to a caller."""
    if isinstance(error, StoreError):
        _LOG.error("the database failed", extra={"reason": str(error)})
        return ProblemError("store-away", headers=_AWAY)
    code = next(code for kind, code in _CODES if isinstance(error, kind))
    faults = [Fault(pointer="", detail=str(complaint)) for complaint in error.complaints] if isinstance(error, InputError) else []
    return ProblemError(code, "" if code == "fault" else str(error), errors=faults if len(faults) > 1 else ())


def _answered(request: Request, problem: ProblemError) -> Response:
    request.state.problem = problem.code
    headers = {"WWW-Authenticate": 'Bearer realm="drafter"'} | problem.headers if problem.code == "unknown-key" else problem.headers
    return Response(problem.document(request.state.request_id), problem.status, headers, MEDIA)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return _answered(request, error)


async def _drafter(request: Request, error: Exception) -> Response:
    assert isinstance(error, DrafterError)
    return _answered(request, refused(error))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _answered(request, misread(error.errors()) or faults_of(error.errors(), error.body, _keys(request)))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _STATUSES.get(error.status_code, "bad-request")
    headers = {"Allow": _methods(request)} if code == "method-not-allowed" else error.headers
    return _answered(request, ProblemError(code, _DETAILS.get(code, ""), headers=headers))


def _methods(request: Request) -> str:
    """Every method that this address knows: the router tells only those of the first operation."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    place = request.scope["path"]
    found = {method for path, operations in paths.items() if _template(path).fullmatch(place) for method in operations}
    return ", ".join(sorted(method.upper() for method in found))


@cache
def _template(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))


def _keys(request: Request) -> list[str]:
    """The keys that the body of this request may have."""
    field = getattr(request.scope.get("route"), "body_field", None)
    kinds = get_args(field.field_info.annotation) or (field.field_info.annotation,) if field else ()
    return list(dict.fromkeys(name for kind in kinds for name in getattr(kind, "model_fields", ())))
