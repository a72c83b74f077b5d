"""/v1/promises: what messages promised when they were sent, and what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from drafter.api.answers import answer
from drafter.api.bodies import BrokenBody, DroppedBody, HandedBody, KeptBody
from drafter.api.declared import TAKES, AfterPromise, Limit, PromiseId, problems
from drafter.api.drafts import Reading
from drafter.api.examples import BROKEN, DROPPED, HANDED, KEPT
from drafter.api.opened import Telling
from drafter.api.reading import Route
from drafter.api.service import Here
from drafter.api.timeline import PromisePage, PromiseResource
from drafter.course import Decision, PromiseState

router = APIRouter(route_class=Route, tags=["promises"])
_SAYS = problems(*TAKES, "not-found", "out-of-order", "invalid-facts")


@router.get(
    "/v1/promises",
    operation_id="list_promises",
    summary="List what was promised",
    response_model=PromisePage,
    responses=problems("invalid-request"),
)
def list_promises(
    _key: Reading,
    here: Here,
    state: Annotated[PromiseState | None, Query(description="Only those in this state.")] = None,
    incident_id: Annotated[str | None, Query(pattern=r"^inc_[0-9a-f]{32}$", description="Only those of this opened incident.")] = None,
    limit: Limit = 50,
    after: AfterPromise = None,
) -> Response:
    """The soonest first; those without a day last."""
    found = here.store.promises.page(state=state, incident_id=incident_id, limit=limit, after=after)
    items = tuple(map(PromiseResource.of, found))
    return answer(PromisePage.model_construct(items=items, next=found[-1].id if len(found) == limit else None))


@router.post(
    "/v1/promises/{promise_id}/kept",
    operation_id="keep_promise",
    summary="Say that a promise was kept",
    response_model=PromiseResource,
    responses=_SAYS,
    openapi_extra=KEPT,
)
def keep_promise(promise_id: PromiseId, body: KeptBody, key: Telling, here: Here) -> Response:
    """How it was kept becomes a thing done in the facts of its incident, which the next message can tell."""
    decision = Decision(body.at or datetime.now(UTC), how=body.how)
    return answer(PromiseResource.of(here.store.promises.keep(promise_id, decision, by=body.by or key.id)))


@router.post(
    "/v1/promises/{promise_id}/broken",
    operation_id="break_promise",
    summary="Say that a promise was broken",
    response_model=PromiseResource,
    responses=_SAYS,
    openapi_extra=BROKEN,
)
def break_promise(promise_id: PromiseId, body: BrokenBody, key: Telling, here: Here) -> Response:
    """It becomes a problem of its own in the facts of its incident, which the next message owns, with what comes in its place."""
    decision = Decision(body.at or datetime.now(UTC), ours=body.ours, plan=body.plan)
    return answer(PromiseResource.of(here.store.promises.break_(promise_id, decision, by=body.by or key.id)))


@router.post(
    "/v1/promises/{promise_id}/handed",
    operation_id="hand_promise",
    summary="Give a promise to another owner",
    response_model=PromiseResource,
    responses=_SAYS,
    openapi_extra=HANDED,
)
def hand_promise(promise_id: PromiseId, body: HandedBody, key: Telling, here: Here) -> Response:
    """The new owner acts in its words from now on."""
    promise = here.store.promises.hand(promise_id, body.owner, words=body.words, by=body.by or key.id)
    return answer(PromiseResource.of(promise))


@router.post(
    "/v1/promises/{promise_id}/dropped",
    operation_id="drop_promise",
    summary="Say that nobody waits for a promise",
    response_model=PromiseResource,
    responses=_SAYS,
    openapi_extra=DROPPED,
)
def drop_promise(promise_id: PromiseId, body: DroppedBody, key: Telling, here: Here) -> Response:
    """It is taken out of the facts of its incident, and is due no more."""
    decision = Decision(body.at or datetime.now(UTC), how=body.why)
    return answer(PromiseResource.of(here.store.promises.drop(promise_id, decision, by=body.by or key.id)))
