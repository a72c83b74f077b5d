"""Helpdesks: their webhooks, and a try with a ticket that writes nothing."""

from __future__ import annotations

import difflib
import logging
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Path, Request, Response
from limits import RateLimitItemPerMinute

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.bodies import TestBody
from drafter.api.declared import TAKES, DeskName, problems
from drafter.api.examples import TEST
from drafter.api.reading import Route
from drafter.api.resources import TestResource, WebhookResource
from drafter.api.service import Here, Service
from drafter.errors import ForgedError, NotFoundError, PayloadError, StaleError, StoreError
from drafter.helpdesk import Helpdesk, asks_for_draft
from drafter.helpdesk.records import Event
from drafter.store import Key
from drafter.ticket import triage

_LOG = logging.getLogger(__name__)
router = APIRouter(route_class=Route, tags=["helpdesks"])
_LOGGED = RateLimitItemPerMinute(60)  # refusals of a minute that are kept: nobody fills a database with forgeries
_BODY: dict[str, Any] = {
    "security": [],
    "requestBody": {"description": "What the helpdesk sends, as it signs it.", "content": {"*/*": {"schema": {}}}},
}
_REFUSALS = problems("forged-webhook", "stale-webhook", "not-found", "too-slow", "too-large", "invalid-payload", "store-away", keyed=False)


@router.post(
    "/v1/webhooks/{name}",
    operation_id="receive_webhook",
    summary="Take a webhook of a helpdesk",
    status_code=202,
    response_model=WebhookResource,
    responses=_REFUSALS,
    openapi_extra=_BODY,
)
async def receive_webhook(name: DeskName, request: Request, here: Here) -> Response:
    """No key: the helpdesk signs. The event is kept before it is answered; the same delivery again is known."""
    return await run_sync(_received, here, name, await request.body(), dict(request.headers), None)


@router.post(
    "/v1/webhooks/{name}/{token:path}",
    operation_id="receive_webhook_by_address",
    summary="Take a webhook of a helpdesk that cannot sign",
    status_code=202,
    response_model=WebhookResource,
    responses=_REFUSALS,
    openapi_extra=_BODY,
)
async def receive_webhook_by_address(
    name: DeskName, token: Annotated[str, Path(min_length=1, max_length=200)], request: Request, here: Here
) -> Response:
    """The secret is the last part of the address; it is never logged."""
    return await run_sync(_received, here, name, await request.body(), dict(request.headers), token)


@router.post(
    "/v1/helpdesks/{name}/test",
    operation_id="try_helpdesk",
    summary="Try a helpdesk with a ticket",
    response_model=TestResource,
    responses=problems(*TAKES, "not-found", "helpdesk-failed"),
    openapi_extra=TEST,
)
def try_helpdesk(name: DeskName, body: TestBody, _key: Annotated[Key, Depends(needs("admin"))], here: Here) -> Response:
    """Reads a ticket and says whether it would get a draft, and by which rule. Nothing is kept, and no note is written."""
    helpdesk = _helpdesk(here, name)
    if not helpdesk.has_tickets:
        raise NotFoundError(f"'{name}' has no tickets that could be read; its events bring theirs along.")
    thread = helpdesk.thread(body.ticket)
    event = Event(body.ticket, "opened", "test", queue=thread.queue, tags=thread.tags)
    rule = asks_for_draft(helpdesk.desk, event, thread=thread, failure=lambda text: triage(text).failure)
    because = f"the rule {rule}" if rule else "no rule of `when` asks for one"
    return answer(
        TestResource(helpdesk=name, ticket=body.ticket, messages=len(thread.messages), would_draft=rule is not None, because=because)
    )


def _received(here: Service, name: str, body: bytes, headers: dict[str, str], token: str | None) -> Response:
    helpdesk = _helpdesk(here, name)
    try:
        helpdesk.verify(body, headers, token=token, now=datetime.now(UTC))
        event = helpdesk.event(body, headers)
    except (ForgedError, PayloadError) as error:
        _refusal(here, name, error)
        raise
    if event is None:
        return answer(WebhookResource(status="ignored"), 202)
    return answer(WebhookResource(status="accepted" if here.jobs.receive(name, event) else "known"), 202)


def _refusal(here: Service, name: str, error: Exception) -> None:
    why = "stale" if isinstance(error, StaleError) else "forged" if isinstance(error, ForgedError) else "malformed"
    _LOG.warning("a webhook was refused", extra={"helpdesk": name, "why": why})
    if here.access.may(_LOGGED, f"refused:{name}"):
        with suppress(StoreError):  # the answer is the same, and the log has it
            here.store.events.append("webhook.refused", f"helpdesk:{name}", "api", {"why": why})


def _helpdesk(here: Service, name: str) -> Helpdesk:
    helpdesk = here.helpdesks.get(name)
    if helpdesk is None:
        near = difflib.get_close_matches(name, here.helpdesks, 1)
        raise NotFoundError(f"no helpdesk '{name}' is set up" + (f"; did you mean '{near[0]}'?" if near else "."))
    return helpdesk
