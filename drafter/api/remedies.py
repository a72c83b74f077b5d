"""/v1/incidents/{id}/remedies and /v1/remedies: what would make it right, and what a person decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.bodies import ApprovedBody, RefusedBody, SuggestBody
from drafter.api.declared import MAKES, TAKES, IncidentId, RemedyId, made, problems
from drafter.api.drafts import Reading
from drafter.api.examples import APPROVED, REFUSED, SUGGEST
from drafter.api.once import OnlyOnce
from drafter.api.opened import Telling
from drafter.api.reading import Route
from drafter.api.service import Here, Service
from drafter.api.timeline import RemedyList, RemedyResource
from drafter.store import Key

router = APIRouter(route_class=Route, tags=["remedies"])
Deciding = Annotated[Key, Depends(needs("review"))]
_SAYS = problems(*TAKES, "not-found", "out-of-order", "invalid-facts")


@router.post(
    "/v1/incidents/{incident_id}/remedies",
    operation_id="suggest_remedy",
    summary="Suggest what would make it right",
    status_code=201,
    response_model=RemedyResource,
    responses=problems(*TAKES, *MAKES, "not-found", also={201: made("It is suggested")}),
    openapi_extra=SUGGEST,
)
def suggest_remedy(incident_id: IncidentId, body: SuggestBody, key: Telling, once: OnlyOnce, here: Here) -> Response:
    """A proposal by the rules of the house, why each part of it, and two other ways; what the facts do not hold is asked.

    From then on only what is approved may be promised: anything else is an error in the letters of this incident.
    """
    return once.do(lambda: _suggested(incident_id, body, key, here))


def _suggested(incident_id: str, body: SuggestBody, key: Key, here: Service) -> Response:
    remedy = here.store.remedies.suggest(incident_id, here.remedy, applies=body.applies, by=body.by or key.id)
    return answer(RemedyResource.of(remedy), 201, {"Location": f"/v1/incidents/{incident_id}/remedies"})


@router.get(
    "/v1/incidents/{incident_id}/remedies",
    operation_id="list_remedies",
    summary="List what was suggested and decided",
    response_model=RemedyList,
    responses=problems("not-found"),
)
def list_remedies(incident_id: IncidentId, _key: Reading, here: Here) -> Response:
    """The first one first."""
    return answer(RemedyList.model_construct(items=tuple(map(RemedyResource.of, here.store.remedies.of(incident_id)))))


@router.post(
    "/v1/remedies/{remedy_id}/approved",
    operation_id="approve_remedy",
    summary="Approve a remedy",
    response_model=RemedyResource,
    responses=_SAYS,
    openapi_extra=APPROVED,
)
def approve_remedy(remedy_id: RemedyId, body: ApprovedBody, key: Deciding, here: Here) -> Response:
    """One of the ways goes into the facts as granted. Who may approve how much stands in the house's settings; anybody else is 409.

    `by` is taken at the word of whoever holds the key; without it, it is the key itself that the settings have to name.
    """
    remedy = here.store.remedies.approve(
        remedy_id, here.remedy, by=body.by or key.id, option=body.option, amount=body.amount, because=body.because
    )
    return answer(RemedyResource.of(remedy))


@router.post(
    "/v1/remedies/{remedy_id}/refused",
    operation_id="refuse_remedy",
    summary="Refuse a remedy",
    response_model=RemedyResource,
    responses=_SAYS,
    openapi_extra=REFUSED,
)
def refuse_remedy(remedy_id: RemedyId, body: RefusedBody, key: Deciding, here: Here) -> Response:
    """None of it is given, and nothing of it may be promised."""
    return answer(RemedyResource.of(here.store.remedies.refuse(remedy_id, by=body.by or key.id, because=body.because)))
