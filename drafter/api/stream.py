"""GET /v1/drafts/{id}/events: the sections of a draft as they pass their checks, as server-sent events."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from anyio import CapacityLimiter, WouldBlock
from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event

from drafter.api.answers import refused
from drafter.api.declared import DraftId, problems
from drafter.api.drafts import Reading, living
from drafter.api.problems import ProblemError
from drafter.api.resources import DraftResource
from drafter.api.service import Here, Service
from drafter.draft import Section
from drafter.errors import DrafterError

router = APIRouter(tags=["drafts"])
_BEAT = 5.0
_END = object()
_EXAMPLE = """id: 3f2a9c11
event: section
data: {"name": "ownership", "text": "We charged your card twice. The mistake was ours, and I'm sorry.", "facts": ["p1"], "source": "model"}

event: done
data: {"id": "dr_0199c3a1b2c37d4e8f90a1b2c3d4e5f6", "status": "ready", "version": 1}
"""
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"enum": ["section", "done", "error"]},
        "id": {"type": "string"},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
_STREAM: dict[str, Any] = {
    "description": "Events: `section` for each section that passed its own check (again where it was replaced), then `done` or `error`. "
    "Comments keep the connection alive.",
    "content": {"text/event-stream": {"schema": _EVENT, "example": _EXAMPLE}},
}
LastEvent = Annotated[
    str | None, Header(alias="Last-Event-ID", description="The id of the last event that was seen: what came before is not sent again.")
]


@router.get(
    "/v1/drafts/{draft_id}/events",
    operation_id="watch_draft",
    summary="Watch a draft being written",
    response_class=StreamingResponse,
    responses=problems("not-found", "too-many-streams", also={200: _STREAM}),
)
async def watch_draft(draft_id: DraftId, _key: Reading, here: Here, last_event_id: LastEvent = None) -> Response:
    """Each section once it has passed its own check, never before; leaving does not stop the draft."""
    await run_sync(living, here, draft_id)
    token = object()
    try:
        here.watchers.acquire_on_behalf_of_nowait(token)
    except WouldBlock:
        raise ProblemError("too-many-streams", headers={"Retry-After": "5"}) from None
    events = _events(here, draft_id, (last_event_id or "").split("."))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_held(events, here.watchers, token), media_type="text/event-stream", headers=headers)


async def _held(events: Iterator[bytes], limiter: CapacityLimiter, token: object) -> AsyncIterator[bytes]:
    """Events from threads of their own, so that those who watch take none from those who ask."""
    threads = CapacityLimiter(1)
    try:
        while (event := await run_sync(next, events, _END, limiter=threads)) is not _END:
            yield event  # type: ignore[misc]
    finally:
        limiter.release_on_behalf_of(token)


def _events(here: Service, draft_id: str, seen: list[str]) -> Iterator[bytes]:
    """An id is that of every section so far, so that whoever comes back misses none and gets none twice."""
    shown = [mark for mark in seen if mark]
    try:
        for section in here.jobs.sections(draft_id, beat=_BEAT):
            if section is None:
                yield format_sse_event(data_str=None, comment="waiting")
            elif (mark := _mark(section)) not in shown:
                shown.append(mark)
                yield format_sse_event(data_str=section.model_dump_json(), event="section", id=".".join(shown))
        resource = DraftResource.of(living(here, draft_id))
    except DrafterError as error:
        yield format_sse_event(data_str=refused(error).document("").decode(), event="error")
        return
    name = "error" if resource.status in ("failed", "cancelled") else "done"
    yield format_sse_event(data_str=resource.model_dump_json(include={"id", "status", "version", "error"}), event=name)


def _mark(section: Section) -> str:
    return hashlib.sha256(f"{section.name}\n{section.text}".encode()).hexdigest()[:8]
