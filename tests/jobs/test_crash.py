"""A service that is killed at any point of its work loses nothing, writes no note twice, and asks no model again what it was told."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from drafter.helpdesk import Event
from drafter.store import open_store
from tests.helpdesk.fakes import Fake, Said, served
from tests.jobs.process import HELPDESK, POINTS, Place, serve
from tests.jobs.warm import Warm
from tests.scripted import Endpoint, Reply, Request, endpoint

TICKET = "My parcel never arrived and nobody answers me. Can I get my money back?"
EVENT = Event("42", "opened", "42-new", queue="support", text=TICKET)
ASKED_WHOLE = 3  # what a model is asked when nothing goes wrong: to read the ticket, to write, to correct


@pytest.fixture
def desk() -> Iterator[Fake]:
    """A helpdesk with one ticket."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as fake:
        yield fake


@pytest.fixture
def model() -> Iterator[Endpoint]:
    """A model that reads tickets and writes letters nobody could send, so that its letter is corrected and then replaced."""
    with endpoint(Reply(says=_says)) as running:
        yield running


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_loses_nothing_and_repeats_nothing(point: str, place: Place, desk: Fake, model: Endpoint, warm: Warm) -> None:
    """Whatever a process did when it was killed, the next one ends the work: one draft, one note, no answer asked for twice."""
    at = replace(place, model=model.url, helpdesk=desk.url)

    assert warm.wait(warm.start(serve, at, EVENT, point)) == -signal.SIGKILL
    assert warm.wait(warm.start(serve, at)) == 0

    with closing(open_store(at.url)) as store:
        (record,) = store.drafts.of_ticket(HELPDESK, "42")
        (delivery,) = store.deliveries.of(record.id)
    assert record.state == "done"
    assert record.draft is not None
    assert record.version == 1
    assert delivery.state == "done"
    notes = [said.body for said in desk.said if said.by == "note"]
    assert len(notes) == 1
    assert record.id in notes[0]
    lost = point == "a model's answer is on its way"
    assert len(model.requests) == ASKED_WHOLE + lost


def _says(request: Request) -> str:
    form = request["response_format"]["json_schema"]
    if form["name"] == "ticket":
        quote = "My parcel never arrived"
        return json.dumps({"items": [{"kind": "problem", "text": "your parcel never arrived", "quote": quote}]})
    return json.dumps(dict.fromkeys(form["schema"]["properties"], "This was your own fault."))
