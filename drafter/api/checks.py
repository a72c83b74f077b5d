"""POST /v1/checks: what stands in the way of sending a text."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.bodies import CheckBody
from drafter.api.declared import TAKES, problems
from drafter.api.examples import CHECK
from drafter.api.reading import Route
from drafter.api.service import Here, Service
from drafter.checks import Report, check
from drafter.store import Key

router = APIRouter(route_class=Route, tags=["checks"])
_SHORT = 8000  # characters that are checked faster than a thread is found


@router.post(
    "/v1/checks",
    operation_id="check_text",
    summary="Check a text",
    response_model=Report,
    responses=problems(*TAKES, "invalid-facts", "invalid-text", "unknown-language"),
    openapi_extra=CHECK,
)
async def check_text(body: CheckBody, key: Annotated[Key, Depends(needs("check"))], here: Here) -> Response:
    """What a text flags, owes and claims: findings with exact spans, elements, coverage, claims and a score.

    With an `incident`, every number, date, name and promise must rest on one of its facts; with a `kind`, the text owes what a
    first message of that kind owes; alone, it owes nothing and has no score.
    """
    report = _checked(body, here) if len(body.text) <= _SHORT else await run_sync(_checked, body, here)
    here.tally.add(key.id)
    return answer(report)


def _checked(body: CheckBody, here: Service) -> Report:
    return check(
        body.text,
        body.incident,
        kind=body.kind,
        as_of=body.as_of,
        language=body.language,
        house=here.writer.house,
        markup=body.markup,
        channel=body.channel,
    )
