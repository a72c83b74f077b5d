"""Engine: DBOS as Drafter uses it - a worker with a name, queues with limits, and jobs that are started by id, once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID
from dbos import error as failure

from drafter.house.service import JobsTable
from drafter.jobs.durable import Json, refuse_pickles

FORMAT = "1"  # of what is kept with a job: a worker takes up only what it can read
QUEUES = ("drafts", "tickets", "notes", "webhooks")
_PATIENCE = 5  # times longer that what waits for a network may wait: each look costs a query
_RECOVERIES = 5  # a job that has taken its process down so often is set aside
_AT_ONCE = 500  # jobs that are deleted at a time
_OPEN = ("ENQUEUED", "DELAYED", "PENDING")
_SET_ASIDE = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
JobState = Literal["waiting", "running", "ended", "failed", "cancelled", "unknown"]
_STATES: dict[str, JobState] = {
    "ENQUEUED": "waiting",
    "DELAYED": "waiting",
    "PENDING": "running",
    "SUCCESS": "ended",
    "ERROR": "failed",
    _SET_ASIDE: "failed",
    "CANCELLED": "cancelled",
}


@dataclass(frozen=True)
class Job:
    """A job as its queue knows it."""

    id: str
    name: str
    state: JobState


class Engine:
    """Runs jobs durably; there is one in a process, as there is one DBOS.

    `url` is SQLAlchemy's address of the database that holds the queues, `worker` the name of this process among all.
    """

    def __init__(self, url: str, worker: str, limits: JobsTable) -> None:
        self.worker = worker
        self._limits = limits
        refuse_pickles()
        for name in ("dbos", "dbos_tracer"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # its tracebacks could quote a letter; what failed is logged here
        config: DBOSConfig = {
            "name": "drafter",
            "system_database_url": url,
            "application_version": FORMAT,
            "executor_id": worker,
            "serializer": Json(),
            "log_level": "CRITICAL",
            "enable_otlp": False,
        }
        self._dbos = DBOS(config=config)

    def job(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """`call` as a job of this name; every job has to be made before `launch`."""

        @DBOS.workflow(name=name, max_recovery_attempts=_RECOVERIES)
        def run(*args: Any) -> Any:  # DBOS writes on the function that it gets, which a method does not allow
            return call(*args)

        return run

    def launch(self, *, listen: bool = True) -> None:
        """Start taking jobs from the queues; without `listen`, only hand them in."""
        if not listen:
            DBOS.listen_queues([])
        DBOS.launch()
        for queue in QUEUES:
            limited = queue == "drafts"  # the others wait for a network, not for a model
            rate = self._limits.per_minute if limited else None
            DBOS.register_queue(
                queue,
                worker_concurrency=self._limits.at_once if limited else 4 * self._limits.at_once,
                global_concurrency=self._limits.at_once_everywhere if limited else None,
                limiter={"limit": rate, "period": 60.0} if rate else None,
                polling_interval_sec=self._limits.poll_seconds * (1 if limited else _PATIENCE),
                on_conflict="always_update" if listen else "never_update",
            )

    def stop(self, seconds: int) -> None:
        """Take no more jobs, wait as long for those that run, and hand back the rest: another worker takes them up."""
        busy = any(self._listed(status=["PENDING"], executor_id=self.worker, limit=1))
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=seconds if busy else 0)  # which waits a second at least

    def enqueue(self, queue: str, job: Callable[..., Any], job_id: str, *args: Any, delay: float | None = None) -> None:
        """Hand in a job; the same id again is the same job, which runs once."""
        with SetWorkflowID(job_id), SetEnqueueOptions(delay_seconds=delay):
            DBOS.enqueue_workflow(queue, job, *args)

    def start(self, job: Callable[..., Any], job_id: str, *args: Any) -> None:
        """Begin a job here and now, past the queue."""
        with SetWorkflowID(job_id):
            DBOS.start_workflow(job, *args)

    def state(self, job_id: str) -> JobState:
        """How far a job is."""
        status = DBOS.get_workflow_status(job_id)
        return _STATES[status.status] if status else "unknown"

    def worker_of(self, job_id: str) -> str | None:
        """The worker that runs a job, or ran it last."""
        status = DBOS.get_workflow_status(job_id)
        return status.executor_id if status else None

    def cancel(self, job_id: str) -> None:
        """Stop a job before its next step; one that has ended, or was never there, is left alone."""
        with suppress(failure.DBOSException):
            DBOS.cancel_workflow(job_id)

    def again(self, job_id: str, queue: str, *, step: str) -> None:
        """Run a job that has ended again, from the first step of this name on, else from its last: what it kept before stays."""
        steps = [(found["function_id"], found["function_name"]) for found in DBOS.list_workflow_steps(job_id, load_output=False)]
        start = next((number for number, name in steps if name == step), max((number for number, _ in steps), default=1))
        DBOS.rewind_workflow(job_id, start_step=start, queue_name=queue)

    def rerun(self, job_id: str, queues: Mapping[str, str]) -> None:
        """Run a job that failed again, from the step that it failed in or was set aside before; `queues` holds its queue by its name."""
        status = DBOS.get_workflow_status(job_id)
        if status is not None and status.status == _SET_ASIDE:
            DBOS.resume_workflow(job_id, queue_name=queues[status.name])
        elif status is not None:
            self.again(job_id, queues[status.name], step="")

    def failed(self) -> Iterator[Job]:
        """The jobs that ended with an error or took their process down too often, newest first."""
        yield from self._listed(status=["ERROR", _SET_ASIDE])

    def unfinished(self) -> Iterator[Job]:
        """The jobs that wait or run."""
        yield from self._listed(status=list(_OPEN))

    def forget(self, states: Sequence[JobState], *, before: datetime) -> int:
        """Delete the jobs of these states that were handed in before, with what their steps gave; gives their number."""
        wanted = [name for name, state in _STATES.items() if state in states]
        old = [job.id for job in self._listed(status=wanted, end_time=before.isoformat(), limit=_AT_ONCE)]
        if old:
            DBOS.delete_workflows(old)
        return len(old)

    def take_over(self, worker: str) -> int:
        """Put the jobs that a worker has begun and will not end back into a queue; gives their number.

        Whoever else does the same at the same time puts none of them back twice, and how often a job was taken over is
        counted; DBOS offers that to its own recovery service alone, under a private name.
        """
        return len(DBOS._recover_pending_workflows([worker]))

    def _listed(self, **wanted: Any) -> Iterator[Job]:
        for status in DBOS.list_workflows(load_input=False, load_output=False, sort_desc=True, **wanted):
            yield Job(status.workflow_id, status.name, _STATES[status.status])
