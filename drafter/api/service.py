"""Service: what the operations of the API work on."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, cast

from anyio import CapacityLimiter
from fastapi import Depends, Request

from drafter.api.access import Access
from drafter.api.metrics import Metrics
from drafter.api.tally import Tally
from drafter.helpdesk import Helpdesk
from drafter.house.cadence import CadenceTable
from drafter.house.remedy import RemedyTable
from drafter.house.tables import House
from drafter.jobs import Jobs
from drafter.store import Store
from drafter.writer import Writer

_WAITERS = 200  # callers that wait for a draft, each with a thread that mostly sleeps
_WATCHERS = 200
_BELIEVED = 30.0  # seconds


@dataclass
class Service:
    """A store, the jobs on it, the writer, the helpdesks, and what one process remembers of its callers."""

    store: Store
    jobs: Jobs
    writer: Writer
    helpdesks: Mapping[str, Helpdesk]
    sends_webhooks: bool = False
    access: Access = field(init=False)
    tally: Tally = field(init=False)
    metrics: Metrics = field(init=False)
    waiters: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_WAITERS))
    watchers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_WATCHERS))

    _model: tuple[float, str] = (0.0, "none")

    def __post_init__(self) -> None:
        table = (self.writer.house or House()).model
        self.access = Access(self.store, None if self.writer.model is None else Decimal(str(table.reserve)))
        self.tally = Tally(self.store)
        self.metrics = Metrics(self.store, self.jobs)

    @property
    def cadence(self) -> CadenceTable:
        """How soon and how often people hear of an incident."""
        return (self.writer.house or House()).cadence

    @property
    def remedy(self) -> RemedyTable:
        """What the house gives, and who approves it."""
        return (self.writer.house or House()).remedy

    @property
    def calls_private(self) -> bool:
        """Whether webhooks may go into private networks."""
        return (self.writer.house or House()).webhooks.allow_private

    def start(self) -> None:
        """Begin: jobs run, and checks are counted."""
        self.jobs.launch()
        self.tally.start()

    def stop(self) -> None:
        """Stop: what runs is ended or handed back, and what was counted is written down."""
        try:
            self.jobs.stop()
        finally:
            self.tally.stop()

    def model_state(self) -> str:
        """Whether the model's endpoint answers, as of the last half minute: none, ok or degraded."""
        if self.writer.model is None:
            return "none"
        until, state = self._model
        if time.monotonic() >= until:
            state = "ok" if self.writer.model.answers() else "degraded"
            self._model = (time.monotonic() + _BELIEVED, state)
        return state


def _service(request: Request) -> Service:
    return cast("Service", request.app.state.service)


Here = Annotated[Service, Depends(_service)]
