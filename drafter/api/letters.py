"""/v1/incidents/{id}/letters and /v1/batches: one incident, a letter for each of many customers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from drafter.api.answers import answer
from drafter.api.bodies import LettersBody
from drafter.api.declared import MAKES, TAKES, BatchId, IncidentId, Limit, made, problems
from drafter.api.drafts import Drafting, Reading
from drafter.api.examples import LETTERS
from drafter.api.once import OnlyOnce
from drafter.api.problems import ProblemError
from drafter.api.reading import Route
from drafter.api.resources import Resource
from drafter.api.service import Here, Service
from drafter.batch import Merge, Row, Table
from drafter.course import editable
from drafter.errors import InputError
from drafter.jobs.ticketing import SWITCH
from drafter.store import BatchRecord, Key, LineRecord
from drafter.store.records import LineStatus

router = APIRouter(route_class=Route, tags=["letters"])
_FIRST_LINE = 2  # under a header


class BatchResource(Resource):
    """Letters for many customers: how many there are of each status, and whether all of them are written."""

    id: str
    incident_id: str
    created: datetime
    done: bool
    customers: int
    waiting: int
    ready: int
    needs_review: int
    blocked: int
    set_aside: int

    @classmethod
    def of(cls, record: BatchRecord) -> BatchResource:
        """The resource of a record."""
        names: tuple[LineStatus, ...] = ("waiting", "ready", "needs_review", "blocked", "set_aside")
        counts: dict[str, Any] = {name: record.counts.get(name, 0) for name in names}
        return cls.model_construct(
            id=record.id,
            incident_id=record.incident_id,
            created=record.created,
            done=not counts["waiting"],
            customers=sum(counts.values()),
            **counts,
        )


class LetterItem(Resource):
    """One customer: the draft of their letter, with the status that it was written with, or why their row was set aside, with its cells."""

    line: int
    status: LineStatus
    draft_id: str | None
    reason: str | None
    cells: tuple[str, ...] | None

    @classmethod
    def of(cls, record: LineRecord) -> LetterItem:
        """The resource of a record."""
        cells = record.cells if record.status == "set_aside" else None
        return cls.model_construct(line=record.line, status=record.status, draft_id=record.draft_id, reason=record.reason, cells=cells)


class LetterPage(Resource):
    """Some customers of a batch, in the order of their lines; `next` goes into `after` for those that follow, and is null at the end."""

    items: tuple[LetterItem, ...]
    next: int | None


@router.post(
    "/v1/incidents/{incident_id}/letters",
    operation_id="create_letters",
    summary="Ask for a letter to each of many customers",
    status_code=202,
    response_model=BatchResource,
    responses=problems(*TAKES, *MAKES, "not-found", "invalid-facts", "over-budget", "switched-off", also={202: made("They were taken on")}),
    openapi_extra=LETTERS,
)
def create_letters(incident_id: IncidentId, body: LettersBody, key: Drafting, once: OnlyOnce, here: Here) -> Response:
    """One checked letter for each row, written by whichever worker is free, each grounded on its own facts.

    A row that cannot be used is set aside with the reason; a column that names nothing is 400, before anything is written. With a
    model, it is asked once for words that all letters share.
    """
    return once.do(lambda: _created(incident_id, body, key, here, once.batch_id()))


def _created(incident_id: str, body: LettersBody, key: Key, here: Service, batch_id: str | None) -> Response:
    if not here.store.switches.get(SWITCH, default=True):
        raise ProblemError("switched-off")
    if body.helpdesk is not None and body.helpdesk not in here.helpdesks:
        raise ProblemError("invalid-request", f"there is no helpdesk '{body.helpdesk}' here.")
    facts: dict[str, Any] = body.facts if body.facts is not None else editable(here.store.courses.get(incident_id).incident)
    headers, rows = _table(body)
    merge = Merge({name: value for name, value in facts.items() if name != "thread"}, headers)
    if body.helpdesk is not None and not merge.columns.has("ticket"):
        raise InputError("no column is called ticket: each note needs the ticket that it goes to.")
    with here.access.affording(key):
        record = here.jobs.write_to_many(incident_id, merge, rows, id=batch_id, key=key.id, helpdesk=body.helpdesk)
    return answer(BatchResource.of(record), 202, {"Location": f"/v1/batches/{record.id}"})


@router.get(
    "/v1/batches/{batch_id}",
    operation_id="read_batch",
    summary="Read how far letters to many are",
    response_model=BatchResource,
    responses=problems("not-found"),
)
def read_batch(batch_id: BatchId, _key: Reading, here: Here) -> Response:
    """How many letters wait, are ready, need a review, are blocked, and how many rows were set aside."""
    return answer(BatchResource.of(here.store.batches.get(batch_id)))


@router.get(
    "/v1/batches/{batch_id}/letters",
    operation_id="list_letters",
    summary="List the letters to many",
    response_model=LetterPage,
    responses=problems("not-found", "invalid-request"),
)
def list_letters(
    batch_id: BatchId,
    _key: Reading,
    here: Here,
    status: Annotated[LineStatus | None, Query(description="Only those with this status.")] = None,
    limit: Limit = 50,
    after: Annotated[int, Query(ge=0, le=2_000_000_000, description="`next` of the page before.")] = 0,
) -> Response:
    """Each customer by the line of their row: the draft of their letter, or why the row was set aside."""
    here.store.batches.get(batch_id)
    lines = here.store.batches.lines(batch_id, status=status, after=after, limit=limit)
    items = tuple(map(LetterItem.of, lines))
    return answer(LetterPage.model_construct(items=items, next=lines[-1].line if len(lines) == limit else None))


def _table(body: LettersBody) -> tuple[list[str], list[Row]]:
    """The headers and rows of a body; rows by name have the columns of the first, in its order, and lines as under a header."""
    if body.csv is not None:
        table = Table(body.csv)
        return list(table.headers), list(table.rows())
    headers = list(dict.fromkeys(name for row in body.rows for name in row))
    return headers, [Row(line, tuple(row.get(name, "") for name in headers)) for line, row in enumerate(body.rows, _FIRST_LINE)]
