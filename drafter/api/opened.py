"""/v1/incidents: incidents that are opened, from the first notice to the debrief."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.bodies import EntryBody, FactsBody, MessageBody, OpenBody, StateBody, When
from drafter.api.declared import MAKES, TAKES, AfterIncident, IncidentId, Limit, Prefer, made, problems, waited
from drafter.api.drafts import Drafting, Reading, alive, placed
from drafter.api.examples import ENTRY, FACTS, MESSAGE, OPEN, STATE
from drafter.api.once import Once, OnlyOnce
from drafter.api.problems import ProblemError
from drafter.api.reading import Route
from drafter.api.resources import DraftResource
from drafter.api.service import Here, Service
from drafter.api.timeline import ChangedResource, CoursePage, CourseResource, CourseSummary, DueList, EntryResource
from drafter.course import Course, State, due, prepared
from drafter.jobs.ticketing import SWITCH
from drafter.store import Key

router = APIRouter(route_class=Route, tags=["incidents"])
Telling = Annotated[Key, Depends(needs("draft", "review"))]


@router.post(
    "/v1/incidents",
    operation_id="open_incident",
    summary="Open an incident",
    status_code=201,
    response_model=CourseResource,
    responses=problems(*TAKES, *MAKES, "invalid-facts", also={201: made("It is open")}),
    openapi_extra=OPEN,
)
def open_incident(body: OpenBody, key: Drafting, once: OnlyOnce, here: Here) -> Response:
    """Keep the course of an incident from now on: what is due by the cadence of its severity, and what can no longer be met."""
    return once.do(lambda: _opened(body, key, here))


def _opened(body: OpenBody, key: Key, here: Service) -> Response:
    course = here.store.courses.open(body.incident, title=body.title, noticed=body.noticed, by=body.by or key.id)
    return answer(_resource(here, course), 201, {"Location": f"/v1/incidents/{course.id}/timeline"})


@router.get(
    "/v1/incidents",
    operation_id="list_incidents",
    summary="List the incidents that were opened",
    response_model=CoursePage,
    responses=problems("invalid-request"),
)
def list_incidents(
    _key: Reading,
    here: Here,
    state: Annotated[State | None, Query(description="Only those in this state.")] = None,
    overdue: Annotated[bool, Query(description="Only those in which something is overdue; a page may then hold fewer.")] = False,
    limit: Limit = 50,
    after: AfterIncident = None,
) -> Response:
    """The newest first, each with what is due next."""
    found = here.store.courses.page(state=state, limit=limit, after=after)
    moment = datetime.now(UTC)
    items = [CourseSummary.of(course, due(course, here.cadence.of(course.severity), moment)) for course in found]
    shown = tuple(item for item in items if item.overdue or not overdue)
    return answer(CoursePage.model_construct(items=shown, next=found[-1].id if len(found) == limit else None))


@router.get(
    "/v1/incidents/{incident_id}/timeline",
    operation_id="read_timeline",
    summary="Read the course of an incident",
    response_model=CourseResource,
    responses=problems("not-found"),
)
def read_timeline(incident_id: IncidentId, _key: Reading, here: Here) -> Response:
    """What happened, was sent and was promised, in order; what is due; and the facts as they are."""
    return answer(_resource(here, here.store.courses.get(incident_id)))


@router.post(
    "/v1/incidents/{incident_id}/entries",
    operation_id="create_entry",
    summary="Write something into the timeline",
    status_code=201,
    response_model=EntryResource,
    responses=problems(*TAKES, *MAKES, "not-found", also={201: made("It is written down")}),
    openapi_extra=ENTRY,
)
def create_entry(incident_id: IncidentId, body: EntryBody, key: Telling, once: OnlyOnce, here: Here) -> Response:
    """Add a note, what the customer wrote, or what was done for containment. Entries are never changed."""
    return once.do(lambda: _entered(incident_id, body, key, here))


def _entered(incident_id: str, body: EntryBody, key: Key, here: Service) -> Response:
    entry = here.store.courses.note(incident_id, body.text, kind=body.kind, at=body.at, by=body.by or key.id)
    return answer(EntryResource.model_construct(entry=entry), 201, {"Location": f"/v1/incidents/{incident_id}/timeline"})


@router.put(
    "/v1/incidents/{incident_id}/facts",
    operation_id="change_facts",
    summary="Change the facts of an incident",
    response_model=ChangedResource,
    responses=problems(*TAKES, "not-found", "invalid-facts", "changed"),
    openapi_extra=FACTS,
)
def change_facts(incident_id: IncidentId, body: FactsBody, key: Drafting, here: Here) -> Response:
    """Keep the facts as they are now, as their next version; the same again changes nothing.

    What somebody else has changed since `version` is kept too, and told; where both changed the same fact, it is 409.
    """
    changed = here.store.courses.change(incident_id, body.incident, version=body.version, at=body.at, by=body.by or key.id)
    return answer(ChangedResource.of(changed))


@router.post(
    "/v1/incidents/{incident_id}/state",
    operation_id="move_incident",
    summary="Bring an incident to a state",
    response_model=CourseResource,
    responses=problems(*TAKES, "not-found", "out-of-order"),
    openapi_extra=STATE,
)
def move_incident(incident_id: IncidentId, body: StateBody, key: Telling, here: Here) -> Response:
    """Say that it is contained, fixed, resolved, followed up or debriefed, or that it came back; what is missing is 409."""
    course = here.store.courses.move(incident_id, body.state, cadence=here.cadence, reason=body.because, at=body.at, by=body.by or key.id)
    return answer(_resource(here, course))


@router.post(
    "/v1/incidents/{incident_id}/drafts",
    operation_id="create_message",
    summary="Prepare the next message of an incident",
    status_code=202,
    response_model=DraftResource,
    responses=problems(
        *TAKES,
        *MAKES,
        "not-found",
        "out-of-order",
        "no-news",
        "invalid-facts",
        "unknown-language",
        "over-budget",
        "switched-off",
        also={201: made("It is written", waits=True) | {"model": DraftResource}, 202: made("It was taken on")},
    ),
    openapi_extra=MESSAGE,
)
async def create_message(
    incident_id: IncidentId, body: MessageBody, key: Drafting, once: OnlyOnce, here: Here, prefer: Prefer = None
) -> Response:
    """The message that is due, from the facts of this moment and with what was sent as its thread; answered as POST /v1/drafts is.

    Without news it is 409, with what it may say instead; so it is while a promise is past and nobody has said what became of it.
    """
    wait = waited(prefer)
    limiter = None if wait is None else here.waiters
    return await run_sync(partial(once.do, partial(_message, incident_id, body, key, once, here, wait)), limiter=limiter)


def _message(incident_id: str, body: MessageBody, key: Key, once: Once, here: Service, wait: int | None) -> Response:
    if not here.store.switches.get(SWITCH, default=True):
        raise ProblemError("switched-off")
    course = here.store.courses.get(incident_id)
    cadence = here.cadence.of(course.severity)
    facts = prepared(course, body.at or datetime.now(UTC), kind=body.kind, cadence=cadence)
    with here.access.affording(key):
        record = here.jobs.accept(facts, id=once.draft_id(), key=key.id, incident_id=course.id, facts_version=course.version)
    return placed(here, alive(record), wait)


@router.get("/v1/due", operation_id="list_due", summary="List what is due", response_model=DueList, responses=problems("invalid-request"))
def list_due(_key: Reading, here: Here, at: Annotated[When | None, Query(description="At another moment than now.")] = None) -> Response:
    """What is due over all incidents, and promises of other messages: the soonest first, with what is overdue."""
    items = here.store.courses.due(here.cadence, at=at)
    return answer(DueList.model_construct(items=items, overdue=sum(item.overdue for item in items)))


def _resource(here: Service, course: Course) -> CourseResource:
    return CourseResource.of(course, here.cadence.of(course.severity), datetime.now(UTC))
