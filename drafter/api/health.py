"""Health: whether the process answers, what it stands on, its figures, and what each problem means."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import HTMLResponse
from prometheus_client import CONTENT_TYPE_LATEST

from drafter.api.answers import answer
from drafter.api.declared import problems
from drafter.api.problems import MEANINGS
from drafter.api.resources import Health, Readiness
from drafter.api.service import Here, Service
from drafter.errors import NotFoundError

router = APIRouter(tags=["health"])
_PATIENCE = 3.0  # seconds after which a database or queue that does not answer is away
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1>
<p><code>{code}</code>, status {status}</p>
<p>{advice}</p>
</html>
"""


@router.get(
    "/healthz", operation_id="healthz", summary="Whether the process answers", response_model=Health, responses=problems(keyed=False)
)
async def healthz() -> Response:
    """It asks nothing of anybody else."""
    return answer(Health(status="ok"))


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Whether the service can take requests on",
    response_model=Readiness,
    responses=problems(keyed=False, also={503: {"model": Readiness, "description": "The database or the queue is away."}}),
)
def readyz(here: Here) -> Response:
    """200 while database and queue answer; a model or helpdesk that is away is told as degraded, for drafts are composed without."""
    database = _state(here.store.ping)
    queue = _state(lambda: here.jobs.state("readyz"))
    model = here.model_state()
    desks = {name: _desk_state(here, name) for name in here.helpdesks} if database == "ok" else {}
    away = "away" in (database, queue)
    degraded = model == "degraded" or "degraded" in desks.values()
    status = "away" if away else "degraded" if degraded else "ok"
    return answer(Readiness(status=status, database=database, queue=queue, model=model, helpdesks=desks), 503 if away else 200)


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses=problems(keyed=False, also={200: {"content": {CONTENT_TYPE_LATEST: {"schema": {"type": "string"}}}}}),
)
def metrics(here: Here) -> Response:
    """Requests are those of this process; drafts, deliveries, tokens, costs and the queue are those of all."""
    return Response(here.metrics.page(), media_type=CONTENT_TYPE_LATEST)


@router.get(
    "/problems/{code}",
    operation_id="read_problem",
    summary="What a problem means",
    response_class=HTMLResponse,
    responses=problems("not-found", keyed=False, also={200: {"content": {"text/html": {"schema": {"type": "string"}}}}}),
)
async def read_problem(code: Annotated[str, Path(pattern=r"^[a-z-]{1,40}$", examples=["blocked"])]) -> Response:
    """The page that the `type` of a problem leads to."""
    meaning = MEANINGS.get(code)
    if meaning is None:
        raise NotFoundError(f"there is no problem '{code}'.")
    words = {"title": meaning.title, "code": code, "status": str(meaning.status), "advice": meaning.advice}
    return HTMLResponse(_PAGE.format(**{name: html.escape(value) for name, value in words.items()}))


def _state(ask: Callable[[], object]) -> str:
    """Whether something answers in time; a queue whose database is away waits for it without end."""
    answered = threading.Event()

    def run() -> None:
        try:
            ask()
        except Exception:  # noqa: BLE001 - whatever it is, it is not ready
            return
        answered.set()

    thread = threading.Thread(target=run, daemon=True, name="drafter-ready")
    thread.start()
    thread.join(_PATIENCE)
    return "ok" if answered.is_set() else "away"


def _desk_state(here: Service, name: str) -> str:
    """Whether the last note that was tried there came through."""
    tried = (item for item in here.store.deliveries.page(limit=50) if item.kind == "note" and item.target == name and item.attempts)
    last = next(tried, None)
    return "degraded" if last is not None and last.state != "done" else "ok"
