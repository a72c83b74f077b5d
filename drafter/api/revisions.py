"""/v1/drafts/{id}/revisions: a draft in other words."""

from __future__ import annotations

import time
from functools import partial

from anyio.to_thread import run_sync
from fastapi import APIRouter, Response

from drafter.api.answers import answer
from drafter.api.bodies import RevisionBody
from drafter.api.declared import MAKES, TAKES, DraftId, Prefer, RevisionId, made, problems, waited
from drafter.api.drafts import Drafting, Reading, living
from drafter.api.examples import REVISION
from drafter.api.once import OnlyOnce
from drafter.api.problems import ProblemError
from drafter.api.reading import Route
from drafter.api.resources import RevisionResource
from drafter.api.service import Here, Service
from drafter.errors import NotFoundError
from drafter.jobs.ticketing import SWITCH
from drafter.store import Key, RevisionRecord

router = APIRouter(route_class=Route, tags=["drafts"])
_LOOK = 0.05  # seconds between two looks at a revision that somebody waits for


@router.post(
    "/v1/drafts/{draft_id}/revisions",
    operation_id="create_revision",
    summary="Ask for other words",
    status_code=202,
    response_model=RevisionResource,
    responses=problems(
        *TAKES,
        *MAKES,
        "not-found",
        "wrong-state",
        "model-needed",
        "switched-off",
        "over-budget",
        also={201: made("It is written", waits=True) | {"model": RevisionResource}, 202: made("It was taken on")},
    ),
    openapi_extra=REVISION,
)
async def create_revision(
    draft_id: DraftId, body: RevisionBody, key: Drafting, once: OnlyOnce, here: Here, prefer: Prefer = None
) -> Response:
    """The latest version shorter, warmer, plainer, or as an agent asks; what comes of it is the next version of the draft.

    A wish is about wording: it adds no fact, shifts no blame and takes away nothing that is owed.
    """
    wait = waited(prefer)
    limiter = None if wait is None else here.waiters
    return await run_sync(partial(once.do, partial(_created, draft_id, body, key, here, wait)), limiter=limiter)


@router.get(
    "/v1/drafts/{draft_id}/revisions/{revision_id}",
    operation_id="read_revision",
    summary="Read a revision",
    response_model=RevisionResource,
    responses=problems("not-found"),
)
def read_revision(draft_id: DraftId, revision_id: RevisionId, _key: Reading, here: Here) -> Response:
    """How far a revision has come, and which version of the draft came of it."""
    living(here, draft_id)
    record = here.store.revisions.get(revision_id)
    if record.draft_id != draft_id:
        raise NotFoundError(f"there is no revision '{revision_id}' of this draft.")
    return answer(RevisionResource.of(record))


def _created(draft_id: str, body: RevisionBody, key: Key, here: Service, wait: int | None) -> Response:
    if not here.store.switches.get(SWITCH, default=True):
        raise ProblemError("switched-off")
    record = living(here, draft_id)
    if record.draft is None:
        raise ProblemError("wrong-state", f"the draft '{draft_id}' is {record.state}; there is no version yet to put in other words.")
    with here.access.affording(key):
        revision = here.jobs.revise(draft_id, body.wish, section=body.section, by=key.id)
    headers = {"Location": f"/v1/drafts/{draft_id}/revisions/{revision.id}"}
    if wait is not None:
        revision = _awaited(here, revision, wait)
        if revision.state not in ("queued", "writing"):
            return answer(RevisionResource.of(revision), 201, headers | {"Preference-Applied": f"wait={wait}"})
    return answer(RevisionResource.of(revision), 202, headers)


def _awaited(here: Service, revision: RevisionRecord, wait: int) -> RevisionRecord:
    end = time.monotonic() + wait
    while revision.state in ("queued", "writing") and time.monotonic() < end:
        time.sleep(_LOOK)
        revision = here.store.revisions.get(revision.id)
    return revision
