"""A service that can be killed at a named point of its work."""

from __future__ import annotations

import functools
import itertools
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from drafter.helpdesk import Event
from drafter.helpdesk.django_helpdesk import DjangoHelpdesk
from drafter.house.desks import DeskKind
from drafter.jobs import Jobs, keep
from drafter.jobs.engine import Engine
from drafter.jobs.noting import Noting
from drafter.model import Model
from drafter.model.reply import Reply
from drafter.settings import House, Settings
from drafter.store import Store, open_store
from drafter.store.deliveries import Deliveries
from drafter.store.drafts import Drafts
from drafter.store.inbox import Inbox
from drafter.writer import Writer
from tests.helpdesk.adapters import adapter

HELPDESK: DeskKind = "django-helpdesk"
JOBS = {"poll_seconds": 0.02, "round_seconds": 0.2, "gone_seconds": 60, "stop_seconds": 1}
_NOW = timedelta(0)

POINTS: dict[str, tuple[Any, str, str, int]] = {
    "an event was taken on, and not handed in": (Inbox, "put", "after", 1),
    "a ticket was handed in": (Engine, "enqueue", "after", 1),
    "a ticket is about to be read": (DjangoHelpdesk, "thread", "before", 1),
    "a ticket was read": (DjangoHelpdesk, "thread", "after", 1),
    "a draft was taken on": (Drafts, "accept", "after", 1),
    "an event was dealt with": (Inbox, "done", "after", 1),
    "a draft was begun": (Drafts, "begin", "after", 1),
    "a model's answer is on its way": (Reply, "answered", "after", 2),
    "a model's answer was kept": (Reply, "answer", "after", 2),
    "a letter is about to be kept": (Drafts, "finish", "before", 1),
    "a letter was kept": (Drafts, "finish", "after", 1),
    "a note was planned": (Deliveries, "add", "after", 1),
    "a note is about to be written": (DjangoHelpdesk, "add_note", "before", 1),
    "a note was written": (DjangoHelpdesk, "add_note", "after", 1),
    "a note is known to be written": (Noting, "write", "after", 1),
}
"""Where a process is killed: the method, and which call of it the process does not outlive, on which side. A model is asked
to read the ticket first."""


@dataclass(frozen=True)
class Place:
    """Where a service keeps its things, and whom it talks to; `url` is of the store, `queues` of the queues."""

    url: str
    queues: str
    model: str | None = None
    helpdesk: str | None = None


@contextmanager
def service(place: Place, *, listen: bool = True) -> Iterator[tuple[Store, Jobs]]:
    """The store and the jobs of a service, running until the block ends; one that does not `listen` only hands jobs in."""
    house = House.model_validate({"jobs": JOBS})
    settings = Settings.model_validate({"DRAFTER_BASE_URL": place.model, "DRAFTER_MODEL": "scripted", "house": house})
    model = Model(settings, keep=keep) if place.model else None
    helpdesks = {str(HELPDESK): adapter(HELPDESK, place.helpdesk)} if place.helpdesk else {}
    store = open_store(place.url)
    jobs = Jobs(store, Writer(model, house=house), url=place.queues, helpdesks=helpdesks)
    jobs.launch(listen=listen)
    try:
        yield store, jobs
    finally:
        jobs.stop()
        for helpdesk in helpdesks.values():
            helpdesk.close()
        store.close()


def serve(place: Place, event: Event | None = None, kill: str | None = None, seconds: float = 30) -> None:
    """Be a service until nothing is left to do, or until killed at a point of POINTS."""
    if kill:
        _die(*POINTS[kill])
    calm = 0
    with service(place) as (store, jobs):
        if event:
            jobs.receive(HELPDESK, event)
        end = time.monotonic() + seconds
        while calm < 3 and time.monotonic() < end:  # between two jobs of one matter nothing may wait for a moment
            calm = 0 if jobs.depth() or store.inbox.waiting(_NOW) or store.drafts.waiting(_NOW) else calm + 1
            time.sleep(0.05)
    assert calm == 3, "there was still something to do when the time was over"


def work(place: Place, seconds: float) -> None:
    """Be a worker until told to stop."""
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    with service(place):
        stopped.wait(seconds)


def _die(owner: Any, name: str, side: str, call: int) -> None:
    """Let a call of a method be the last thing that this process does, from one side of it or the other."""
    method = getattr(owner, name)
    calls = itertools.count(1)

    @functools.wraps(method)
    def dying(*args: Any, **kwargs: Any) -> Any:
        if next(calls) < call:
            return method(*args, **kwargs)
        if side == "after":
            method(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(owner, name, dying)
