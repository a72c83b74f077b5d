"""The whole way, with real helpdesks: a ticket is opened, its webhook comes, and a draft stands in it as a private note - once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from drafter.store import open_store
from tests.helpdesk.real_django import free_port
from tests.helpdesk.sink import Sink, receiving
from tests.scripted import Endpoint, Reply, Request, endpoint
from tests.service.desks import ALL, Driver, RealDesk
from tests.service.running import Running

TITLE, TEXT = "Parcel", "My parcel never arrived and nobody answers me. When will I get my money back?"
SETTINGS = """
[helpdesks.{kind}]
url = "http://127.0.0.1:{port}"
company = "Northwind"
signer = "Maya Lindqvist"

[jobs]
round_seconds = 0.5
"""


@pytest.fixture
def model() -> Iterator[Endpoint]:
    """A model that takes a while, and writes letters that nobody could send."""
    with endpoint(Reply(says=_slowly)) as running:
        yield running


class Whole:
    """A helpdesk and a service that know of each other; either can go away and come back. `hooks` is the way of the webhooks."""

    def __init__(self, folder: Path, model: Endpoint, driver: Driver) -> None:
        self.driver = driver
        self._folder = folder / "desk"
        self._port = driver.port or free_port()
        settings = folder / "service"
        settings.mkdir()
        (settings / "drafter.toml").write_text(SETTINGS.format(kind=driver.kind, port=self._port), encoding="utf-8")
        name = f"DRAFTER_HELPDESK_{driver.kind.upper().replace('-', '_')}"
        secrets = {f"{name}_SECRETS": driver.secret, f"{name}_TOKEN": driver.user}
        self.service = Running(settings, free_port(), secrets | {"DRAFTER_BASE_URL": model.url, "DRAFTER_MODEL": "scripted"})
        self._running = ExitStack()
        self.hooks: Sink
        self.desk: RealDesk

    def start_desk(self) -> None:
        """Start the helpdesk, or start it again with the tickets that it has."""
        self.desk = self._running.enter_context(self.driver.run(self._folder, self.hooks.url + self.driver.hook, self._port))

    def stop_desk(self) -> None:
        """Take the helpdesk away."""
        self._running.close()

    def again(self) -> int:
        """The status with which the first webhook that came is answered when it comes once more."""
        return self.hooks.answer(*self.hooks.calls[0])

    def forged(self) -> int:
        """The status of a webhook that nobody who may has sent: without the secret in its address, or with other words than were signed."""
        path, headers, body = self.hooks.calls[0]
        return self.hooks.answer(path.replace(self.driver.secret, "guessed"), headers, body + b" ")

    def written(self) -> list[dict[str, Any]]:
        """The drafts of the service."""
        found: list[dict[str, Any]] = self.service.get("/v1/drafts")["items"]
        return found

    def quiet(self) -> None:
        """Wait until the service has nothing to do."""
        with closing(open_store(self.service.store)) as store:
            until(lambda: not store.inbox.waiting(timedelta()))
        until(lambda: not [one for one in self.written() if one["status"] in ("queued", "writing")])
        time.sleep(1.5)


@pytest.fixture(params=ALL)
def whole(request: pytest.FixtureRequest, tmp_path: Path, model: Endpoint) -> Iterator[Whole]:
    """Both, running."""
    made = Whole(tmp_path, model, request.param)
    made.service.start()
    with receiving(made.driver.hook_port, onward=made.service.url) as made.hooks:
        made.start_desk()
        yield made
        made.stop_desk()
    made.service.stop()


def until(done: Callable[[], Any], seconds: float = 60) -> Any:
    """What `done` gives, as soon as that is something."""
    end = time.monotonic() + seconds
    while not (result := done()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
    return result


def test_a_ticket_gets_one_private_note_and_nobody_hears_of_it(whole: Whole) -> None:
    """No mail leaves, the ticket keeps its title, our own note starts nothing, and the same webhook again changes nothing."""
    ticket = whole.desk.open_ticket(TITLE, TEXT)
    mails = len(whole.desk.mails)
    assert whole.again() == 202
    until(lambda: whole.desk.drafts(ticket))
    whole.hooks.wait(2)
    assert b"drafter:dr_" in whole.hooks.calls[1][2]
    assert whole.again() == 202
    assert whole.forged() == 401
    whole.quiet()
    assert whole.desk.drafts(ticket) == [False]
    assert len(whole.desk.mails) == mails
    assert whole.desk.title(ticket) == TITLE
    assert len(whole.written()) == 1
    assert len(whole.hooks.calls) == 2


def test_a_question_gets_silence(whole: Whole) -> None:
    """Where nothing has gone wrong, nobody is offered an apology."""
    ticket = whole.desk.open_ticket("Password", "Hi, how do I reset my password? Thanks, Ana")
    whole.quiet()
    assert whole.desk.drafts(ticket) == []
    assert whole.written() == []


def test_a_service_killed_before_its_note_writes_it_once_after(whole: Whole, model: Endpoint) -> None:
    """Killed while the model writes, started again: the ticket has its note, and only one."""
    ticket = whole.desk.open_ticket(TITLE, TEXT)
    until(lambda: len(model.requests) >= 2)
    assert whole.desk.drafts(ticket) == []
    whole.service.kill()
    whole.service.start()
    assert whole.again() == 202
    until(lambda: whole.desk.drafts(ticket))
    whole.quiet()
    assert whole.desk.drafts(ticket) == [False]
    assert len(whole.written()) == 1


def test_a_helpdesk_that_was_away_gets_the_note_when_it_is_back(whole: Whole, model: Endpoint) -> None:
    """A note that cannot be written waits, and is tried again."""
    ticket = whole.desk.open_ticket(TITLE, TEXT)
    until(lambda: len(model.requests) >= 2)
    whole.stop_desk()
    until(lambda: [one for one in whole.service.get("/v1/deliveries")["items"] if one["attempts"] and one["state"] == "pending"])
    whole.start_desk()
    until(lambda: whole.desk.drafts(ticket))
    until(lambda: [one for one in whole.service.get("/v1/deliveries")["items"] if one["state"] == "done"])
    assert whole.desk.drafts(ticket) == [False]


def test_what_the_agent_sends_is_known_to_come_from_the_draft(whole: Whole) -> None:
    """A public reply is matched to its draft."""
    ticket = whole.desk.open_ticket(TITLE, TEXT)
    until(lambda: whole.desk.drafts(ticket))
    (draft,) = whole.written()
    whole.desk.reply(ticket, whole.service.get(f"/v1/drafts/{draft['id']}")["text"])
    with closing(open_store(whole.service.store)) as store:
        (sent,) = until(lambda: store.sent.of(draft["id"]))
    assert sent.distance < 0.05


def _slowly(request: Request) -> str:
    form = request["response_format"]["json_schema"]
    if form["name"] == "ticket":
        return json.dumps({"items": [{"kind": "problem", "text": "your parcel never arrived", "quote": "My parcel never arrived"}]})
    time.sleep(1)
    return json.dumps(dict.fromkeys(form["schema"]["properties"], "This was your own fault."))
