"""GET /v1/usage: calls, tokens and costs by key, day and kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BeforeValidator

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.declared import problems
from drafter.api.resources import UsageList, UsageRow
from drafter.api.service import Here
from drafter.store import Key

router = APIRouter(tags=["usage"])
_BACK = timedelta(days=30)


def _day(value: object) -> object:
    if isinstance(value, str) and len(value) != len("2026-11-26"):
        raise ValueError("write a day, such as 2026-11-01")
    return value


@router.get("/v1/usage", operation_id="read_usage", summary="Read usage", response_model=UsageList, responses=problems("invalid-request"))
def read_usage(
    key: Annotated[Key, Depends(needs("check", "draft", "review", "admin"))],
    here: Here,
    since: Annotated[date | None, BeforeValidator(_day), Query(description="The first day (UTC); 30 days ago unless given.")] = None,
) -> Response:
    """What the calling key used since a day; with the scope admin, what all keys used. Checks are counted within a second."""
    start = since or datetime.now(UTC).date() - _BACK
    rows = here.store.usage.of(None if "admin" in key.scopes else key.id, since=start)
    return answer(UsageList.model_construct(since=start, items=tuple(map(UsageRow.of, rows))))
