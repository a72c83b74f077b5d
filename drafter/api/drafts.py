"""/v1/drafts: drafts asked for, read, cancelled and tried again."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.bodies import DraftBody, DraftStatus
from drafter.api.declared import MAKES, TAKES, AfterDraft, DraftId, Limit, Prefer, made, problems, waited
from drafter.api.examples import DRAFT
from drafter.api.once import Once, OnlyOnce
from drafter.api.problems import Fault, ProblemError
from drafter.api.reading import Route
from drafter.api.resources import DraftPage, DraftResource, VersionList, VersionResource
from drafter.api.service import Here, Service
from drafter.errors import InputError, NotFoundError
from drafter.jobs.ticketing import SWITCH
from drafter.store import DraftRecord, Key
from drafter.store.records import DraftState
from drafter.webhooks import address_fault

router = APIRouter(route_class=Route, tags=["drafts"])
Drafting = Annotated[Key, Depends(needs("draft"))]
Reading = Annotated[Key, Depends(needs("draft", "review"))]
_OPEN = ("queued", "writing")
_STATES: dict[DraftStatus, DraftState] = {
    "queued": "queued",
    "writing": "writing",
    "failed": "failed",
    "cancelled": "cancelled",
    "ready": "done",
    "needs_review": "done",
    "blocked": "done",
}


@router.post(
    "/v1/drafts",
    operation_id="create_draft",
    summary="Ask for a draft",
    status_code=202,
    response_model=DraftResource,
    responses=problems(
        *TAKES,
        *MAKES,
        "invalid-facts",
        "unknown-language",
        "over-budget",
        "switched-off",
        also={201: made("It is written", waits=True) | {"model": DraftResource}, 202: made("It was taken on")},
    ),
    openapi_extra=DRAFT,
)
async def create_draft(body: DraftBody, key: Drafting, once: OnlyOnce, here: Here, prefer: Prefer = None) -> Response:
    """A reply that owns what the facts say, checked, and never ready with an error.

    It is taken on and answered at once; `Location` is where it will be. With `Prefer: wait=N` the answer waits for the letter,
    and is 201 when it comes in time. Without a model it is written before the answer in both cases.
    """
    wait = waited(prefer)
    limiter = None if wait is None else here.waiters
    return await run_sync(partial(once.do, partial(_created, body, key, once, here, wait)), limiter=limiter)


def _created(body: DraftBody, key: Key, once: Once, here: Service, wait: int | None) -> Response:
    if not here.store.switches.get(SWITCH, default=True):
        raise ProblemError("switched-off")
    if body.callback and not here.sends_webhooks:
        raise ProblemError("invalid-request", "nothing signs webhooks here: set DRAFTER_WEBHOOK_SECRETS, or leave `callback` out.")
    if body.callback and (fault := address_fault(body.callback, allow_private=here.calls_private)):
        raise ProblemError("invalid-request", f"/callback: {fault}.", errors=[Fault(pointer="/callback", detail=f"{fault}.")])
    with here.access.affording(key):
        record = here.jobs.accept(body.incident, id=once.draft_id(), person=body.person, key=key.id, callback=body.callback)
    return placed(here, alive(record), wait)


def placed(here: Service, record: DraftRecord, wait: int | None) -> Response:
    """Where a draft is, and the draft as it stands once the wait is over."""
    headers = {"Location": f"/v1/drafts/{record.id}"}
    if wait is None:
        return answer(DraftResource.of(record), 202, headers)
    record = here.jobs.wait(record.id, wait)
    if record.state in _OPEN:
        return answer(DraftResource.of(record), 202, headers)
    return answer(DraftResource.of(record), 201, headers | {"Preference-Applied": f"wait={wait}"})


@router.get(
    "/v1/drafts", operation_id="list_drafts", summary="List drafts", response_model=DraftPage, responses=problems("invalid-request")
)
def list_drafts(
    _key: Reading,
    here: Here,
    status: Annotated[DraftStatus | None, Query(description="Only those with this status; a page may then hold fewer.")] = None,
    limit: Limit = 50,
    after: AfterDraft = None,
) -> Response:
    """The newest drafts, and with `after` those that are older."""
    records = here.store.drafts.page(None if status is None else _STATES[status], limit=limit, after=after)
    items = tuple(DraftResource.of(record) for record in records if record.erased is None)
    found = tuple(item for item in items if status in (None, item.status))
    return answer(DraftPage.model_construct(items=found, next=records[-1].id if len(records) == limit else None))


@router.get(
    "/v1/drafts/{draft_id}",
    operation_id="read_draft",
    summary="Read a draft",
    response_model=DraftResource,
    responses=problems("not-found"),
)
def read_draft(draft_id: DraftId, _key: Reading, here: Here) -> Response:
    """A draft as it stands: its status, and its latest version once there is one."""
    return answer(DraftResource.of(living(here, draft_id)))


@router.get(
    "/v1/drafts/{draft_id}/versions",
    operation_id="list_versions",
    summary="List the versions of a draft",
    response_model=VersionList,
    responses=problems("not-found"),
)
def list_versions(draft_id: DraftId, _key: Reading, here: Here) -> Response:
    """Every version, the first one first."""
    living(here, draft_id)
    return answer(VersionList.model_construct(items=tuple(map(VersionResource.of, here.store.drafts.versions(draft_id)))))


@router.post(
    "/v1/drafts/{draft_id}/cancel",
    operation_id="cancel_draft",
    summary="Cancel a draft",
    response_model=DraftResource,
    responses=problems("not-found"),
)
def cancel_draft(draft_id: DraftId, _key: Drafting, here: Here) -> Response:
    """Stop a draft that is not written yet; its model call in flight is the last. What is written stays as it is."""
    living(here, draft_id)
    return answer(DraftResource.of(here.jobs.cancel(draft_id)))


@router.post(
    "/v1/drafts/{draft_id}/retry",
    operation_id="retry_draft",
    summary="Try a failed draft again",
    status_code=202,
    response_model=DraftResource,
    responses=problems("not-found", "wrong-state", "over-budget", also={202: made("It is tried again")}),
)
def retry_draft(draft_id: DraftId, key: Drafting, here: Here) -> Response:
    """Go on where a draft failed: what the model answered before is not asked again."""
    living(here, draft_id)
    try:
        with here.access.affording(key):
            record = here.jobs.retry(draft_id)
    except InputError as error:
        raise ProblemError("wrong-state", str(error)) from None
    return answer(DraftResource.of(record), 202, {"Location": f"/v1/drafts/{draft_id}"})


def living(here: Service, draft_id: str) -> DraftRecord:
    """The record of a draft that was not erased.

    Raises:
        NotFoundError: there is none, or its person was forgotten.
    """
    return alive(here.store.drafts.get(draft_id))


def alive(record: DraftRecord) -> DraftRecord:
    """The record itself, where it was not erased; raises as `living` does."""
    if record.erased is not None:
        raise NotFoundError(f"the draft '{record.id}' was erased on {record.erased:%Y-%m-%d}; nothing more is kept of it.")
    return record
