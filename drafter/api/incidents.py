"""GET /v1/incidents/{id}: the facts, as they were accepted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.declared import IncidentId, problems
from drafter.api.resources import IncidentResource
from drafter.api.service import Here
from drafter.store import Key

router = APIRouter(tags=["incidents"])


@router.get(
    "/v1/incidents/{incident_id}",
    operation_id="read_incident",
    summary="Read the facts of a mistake",
    response_model=IncidentResource,
    responses=problems("not-found"),
)
def read_incident(incident_id: IncidentId, _key: Annotated[Key, Depends(needs("draft", "review"))], here: Here) -> Response:
    """The facts that a draft was made of, with cards, bank accounts and passports masked."""
    record = here.store.incidents.get(incident_id)
    return answer(IncidentResource.model_construct(id=record.id, created=record.created, incident=record.incident))
