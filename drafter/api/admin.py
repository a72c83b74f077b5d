"""What administrators do: switches, deliveries that were given up, and jobs that failed."""

from __future__ import annotations

import difflib
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.bodies import SwitchBody
from drafter.api.declared import TAKES, AfterDelivery, DeliveryId, JobId, Limit, problems
from drafter.api.examples import SWITCH_ON
from drafter.api.problems import ProblemError
from drafter.api.reading import Route
from drafter.api.resources import DeliveryPage, DeliveryResource, JobList, JobResource, ReplayResource, SwitchResource
from drafter.api.service import Here, Service
from drafter.errors import InputError, NotFoundError
from drafter.jobs.ticketing import SWITCH
from drafter.store import Key
from drafter.store.records import DeliveryState

router = APIRouter(route_class=Route, tags=["administration"])
Admin = Annotated[Key, Depends(needs("admin"))]
SwitchName = Annotated[str, Path(pattern=r"^[^\x00-\x1f\x7f]{1,200}$", examples=["drafting"])]


@router.get(
    "/v1/switches/{name}",
    operation_id="read_switch",
    summary="Read a switch",
    response_model=SwitchResource,
    responses=problems("not-found"),
)
def read_switch(name: SwitchName, _key: Admin, here: Here) -> Response:
    """`drafting` for everything, `drafting:HELPDESK`, `drafting:HELPDESK:QUEUE`, and `shadow:HELPDESK` (drafts, and no notes)."""
    return answer(_switch(name, here))


@router.put(
    "/v1/switches/{name}",
    operation_id="set_switch",
    summary="Turn a switch on or off",
    response_model=SwitchResource,
    responses=problems(*TAKES, "not-found"),
    openapi_extra=SWITCH_ON,
)
def set_switch(name: SwitchName, body: SwitchBody, key: Admin, here: Here) -> Response:
    """It holds at once, for every process on this database."""
    _known(name, here)
    here.store.switches.set(name, body.on, by=key.id)
    return answer(_switch(name, here))


@router.get(
    "/v1/deliveries",
    operation_id="list_deliveries",
    summary="List notes and webhooks on their way out",
    response_model=DeliveryPage,
    responses=problems("invalid-request"),
)
def list_deliveries(
    _key: Admin,
    here: Here,
    state: Annotated[DeliveryState | None, Query(description="`failed` lists those that were given up.")] = None,
    limit: Limit = 50,
    after: AfterDelivery = None,
) -> Response:
    """The newest deliveries, and with `after` those that are older."""
    records = here.store.deliveries.page(state, limit=limit, after=after)
    items = tuple(map(DeliveryResource.of, records))
    return answer(DeliveryPage.model_construct(items=items, next=records[-1].id if len(records) == limit else None))


@router.post(
    "/v1/deliveries/{delivery_id}/replay",
    operation_id="replay_delivery",
    summary="Try a delivery again that was given up",
    status_code=202,
    response_model=DeliveryResource,
    responses=problems("not-found", "wrong-state"),
)
def replay_delivery(delivery_id: DeliveryId, _key: Admin, here: Here) -> Response:
    """It is tried as it was at first, from the first wait on."""
    try:
        here.jobs.replay(delivery_id)
    except NotFoundError:
        raise
    except InputError as error:
        raise ProblemError("wrong-state", str(error)) from None
    return answer(DeliveryResource.of(here.store.deliveries.get(delivery_id)), 202)


@router.get(
    "/v1/jobs/failed", operation_id="list_failed_jobs", summary="List jobs that failed", response_model=JobList, responses=problems()
)
def list_failed_jobs(_key: Admin, here: Here) -> Response:
    """Jobs that ended in a fault of Drafter's or a database's, or took their process down too often."""
    return answer(JobList(items=tuple(JobResource(id=job.id, name=job.name, state=job.state) for job in here.jobs.failed())))


@router.post(
    "/v1/jobs/{job_id}/replay",
    operation_id="replay_job",
    summary="Try again what failed",
    status_code=202,
    response_model=ReplayResource,
    responses=problems("not-found", "wrong-state"),
)
def replay_job(job_id: JobId, _key: Admin, here: Here) -> Response:
    """A job from where it failed, a draft, or a delivery that was given up: what `drafter jobs replay` does."""
    try:
        here.jobs.again(job_id)
    except NotFoundError:
        raise
    except InputError as error:
        raise ProblemError("wrong-state", str(error)) from None
    return answer(ReplayResource(id=job_id), 202)


def _known(name: str, here: Service) -> None:
    word, _, rest = name.partition(":")
    desk, _, queue = rest.partition(":")
    if (name == SWITCH) or (word == SWITCH and desk in here.helpdesks) or (word == "shadow" and desk in here.helpdesks and not queue):
        return
    names = [SWITCH, *(f"{kind}:{desk}" for kind in (SWITCH, "shadow") for desk in here.helpdesks)]
    near = difflib.get_close_matches(name, names, 1)
    raise NotFoundError(f"there is no switch '{name}'; " + (f"did you mean '{near[0]}'?" if near else f"there are {', '.join(names)}."))


def _switch(name: str, here: Service) -> SwitchResource:
    _known(name, here)
    default = here.helpdesks[name.partition(":")[2]].desk.shadow if name.startswith("shadow:") else True
    found = here.store.switches.all()
    return SwitchResource(name=name, on=found.get(name, default), set=name in found)
