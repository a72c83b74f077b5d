"""The whole way, with a real helpdesk: a ticket is opened, its webhook comes, and a draft stands in it as a private note - once."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from drafter.store import open_store
from tests.helpdesk.real_django import PYTHON, SITE, USER, RealDesk, free_port
from tests.helpdesk.real_django import running as desk_running
from tests.scripted import Endpoint, Reply, Request, endpoint
from tests.service.running import Running

if not (PYTHON.exists() and SITE.exists()) and os.environ.get("DRAFTER_REQUIRE_SERVICES") != "1":
    pytest.skip("django-helpdesk is not installed; `make helpdesk` does it", allow_module_level=True)

SECRET = "a-secret-in-the-address-of-webhooks"
TITLE, TEXT = "Parcel", "My parcel never arrived and nobody answers me. When will I get my money back?"
SETTINGS = """
[helpdesks.django-helpdesk]
url = "{url}"
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
    """A helpdesk and a service that know of each other; either can go away and come back."""

    def __init__(self, folder: Path, model: Endpoint) -> None:
        self._folder = folder / "desk"
        self._port = free_port()
        settings = folder / "service"
        settings.mkdir()
        (settings / "drafter.toml").write_text(SETTINGS.format(url=f"http://127.0.0.1:{self._port}"), encoding="utf-8")
        name = "DRAFTER_HELPDESK_DJANGO_HELPDESK"
        environment = {f"{name}_SECRETS": SECRET, f"{name}_TOKEN": USER, "DRAFTER_BASE_URL": model.url, "DRAFTER_MODEL": "scripted"}
        self.service = Running(settings, free_port(), environment)
        self._running = ExitStack()
        self.desk: RealDesk

    def start_desk(self) -> None:
        """Start the helpdesk, or start it again with the tickets that it has."""
        self.desk = self._running.enter_context(desk_running(self._folder, f"{self.service.url}{self.webhook}", port=self._port))

    def stop_desk(self) -> None:
        """Take the helpdesk away."""
        self._running.close()

    @property
    def webhook(self) -> str:
        """The path of its webhooks."""
        return f"/v1/webhooks/django-helpdesk/{SECRET}"

    def notes(self, ticket: str) -> list[dict[str, Any]]:
        """The follow-ups of a ticket that hold a draft."""
        return [item for item in self.desk.call(f"/api/tickets/{ticket}/")["followup_set"] if "drafter:dr_" in (item["comment"] or "")]

    def quiet(self) -> None:
        """Wait until the service has nothing to do."""
        until(lambda: not [one for one in self.service.get("/v1/drafts")["items"] if one["status"] in ("queued", "writing")])
        time.sleep(1.5)


@pytest.fixture
def whole(tmp_path: Path, model: Endpoint) -> Iterator[Whole]:
    """Both, running."""
    made = Whole(tmp_path, model)
    made.service.start()
    made.start_desk()
    yield made
    made.stop_desk()
    made.service.stop()


def until(done: Callable[[], Any], seconds: float = 40) -> Any:
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
    (note,) = until(lambda: whole.notes(ticket))
    whole.quiet()
    before = whole.desk.call(f"/api/tickets/{ticket}/")
    again = json.dumps({"ticket": before, "queue_slug": "support"}).encode()
    assert whole.service.post(whole.webhook, again) == 202
    assert whole.service.post(whole.webhook.replace(SECRET, "guessed"), again) == 401
    whole.quiet()
    assert [item["id"] for item in whole.notes(ticket)] == [note["id"]]
    assert not note["public"]
    assert len(whole.desk.mails) == mails
    assert whole.desk.call(f"/api/tickets/{ticket}/")["title"] == TITLE
    assert len(whole.service.get("/v1/drafts")["items"]) == 1


def test_a_question_gets_silence(whole: Whole) -> None:
    """Where nothing has gone wrong, nobody is offered an apology."""
    ticket = whole.desk.open_ticket("Password", "Hi, how do I reset my password? Thanks, Ana")
    whole.quiet()
    assert whole.notes(ticket) == []
    assert whole.service.get("/v1/drafts")["items"] == []


def test_a_service_killed_before_its_note_writes_it_once_after(whole: Whole, model: Endpoint) -> None:
    """Killed while the model writes, started again: the ticket has its note, and only one."""
    ticket = whole.desk.open_ticket(TITLE, TEXT)
    until(lambda: len(model.requests) >= 2)
    assert whole.notes(ticket) == []
    whole.service.kill()
    whole.service.start()
    until(lambda: whole.notes(ticket))
    whole.quiet()
    assert len(whole.notes(ticket)) == 1


def test_a_helpdesk_that_was_away_gets_the_note_when_it_is_back(whole: Whole, model: Endpoint) -> None:
    """A note that cannot be written waits, and is tried again."""
    ticket = whole.desk.open_ticket(TITLE, TEXT)
    until(lambda: len(model.requests) >= 2)
    whole.stop_desk()
    until(lambda: [one for one in whole.service.get("/v1/deliveries")["items"] if one["attempts"] and one["state"] == "pending"])
    whole.start_desk()
    until(lambda: whole.notes(ticket))
    until(lambda: [one for one in whole.service.get("/v1/deliveries")["items"] if one["state"] == "done"])
    assert len(whole.notes(ticket)) == 1


def test_what_the_agent_sends_is_known_to_come_from_the_draft(whole: Whole) -> None:
    """A public reply is matched to its draft."""
    ticket = whole.desk.open_ticket(TITLE, TEXT)
    until(lambda: whole.notes(ticket))
    (draft,) = whole.service.get("/v1/drafts")["items"]
    text = whole.service.get(f"/v1/drafts/{draft['id']}")["text"]
    whole.desk.call("/api/followups/", {"ticket": int(ticket), "comment": text, "public": True})
    with closing(open_store(whole.service.store)) as store:
        (sent,) = until(lambda: store.sent.of(draft["id"]))
    assert sent.distance < 0.05


def _slowly(request: Request) -> str:
    form = request["response_format"]["json_schema"]
    if form["name"] == "ticket":
        return json.dumps({"items": [{"kind": "problem", "text": "your parcel never arrived", "quote": "My parcel never arrived"}]})
    time.sleep(1)
    return json.dumps(dict.fromkeys(form["schema"]["properties"], "This was your own fault."))
