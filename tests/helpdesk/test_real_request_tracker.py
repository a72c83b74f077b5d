"""The real Request Tracker, which `make test-rt` installs and starts: read, noted, and nothing mailed."""

from __future__ import annotations

import json
import os
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from drafter.errors import HelpdeskError
from drafter.helpdesk import Helpdesk, Note, build_note
from drafter.helpdesk.access import Access
from drafter.helpdesk.request_tracker import RequestTracker
from drafter.incident import Incident
from drafter.writer import Writer
from tests.helpdesk.adapters import desk
from tests.helpdesk.sink import Sink, receiving

URL = os.environ.get("DRAFTER_RT_URL", "")
PORT = int(os.environ.get("DRAFTER_RT_WEBHOOK_PORT", "0"))
SECRET, USER = "whsec_ZGVza3NlY3JldGRlc2tzZWNyZXQxMjM0", "root:helpdeskpass"
if not URL:
    pytest.skip("no Request Tracker is running; `make test-rt` starts one", allow_module_level=True)


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """Where its webhooks go."""
    with receiving(PORT) as made:
        yield made


@pytest.fixture
def ours() -> Iterator[Helpdesk]:
    """Our side of it."""
    made = RequestTracker(Access("request-tracker", desk("request-tracker", URL), (SECRET,), USER))
    yield made
    made.close()


@pytest.fixture
def note(double_charge: Incident) -> Note:
    """A note with markup in it."""
    draft = Writer().draft(double_charge)
    return build_note("dr_0197real", draft.model_copy(update={"text": f"<script>alert(1)</script> Café\n\n{draft.text}"}))


def call(path: str, data: dict[str, Any] | None = None) -> Any:
    """What its API answers."""
    headers = {"Authorization": f"Basic {b64encode(USER.encode()).decode()}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{URL}/REST/2.0{path}", json.dumps(data).encode() if data else None, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def opened(subject: str, text: str, kind: str = "text/plain") -> str:
    """The number of a new ticket of Ana's."""
    data = {"Queue": "General", "Subject": subject, "Requestor": "ana@customer.example", "Content": text, "ContentType": kind}
    return str(call("/ticket", data)["id"])


def history(ticket: str) -> list[str]:
    """The types of all transactions of a ticket."""
    return [row["Type"] for row in call(f"/ticket/{ticket}/history?fields=Type&per_page=100")["items"]]


def test_a_note_reaches_agents_and_nobody_else(ours: Helpdesk, note: Note, sink: Sink) -> None:
    """A comment, no record of a mail after it, the subject as it was; with a control: an answer is mailed."""
    ticket = opened("Café parcel", "My parcel never came.\n\nAna")
    before = history(ticket)
    made = ours.add_note(ticket, note)
    assert history(ticket)[len(before) :] == ["Comment"]
    thread = ours.thread(ticket)
    assert ours.find_note(thread, "dr_0197real") == made
    assert [(item.by, item.text, item.public) for item in thread.messages if not item.ours] == [
        ("customer", "My parcel never came.\n\nAna", True)
    ]
    assert (thread.subject, thread.queue, thread.requester.email) == ("Café parcel", "General", "ana@customer.example")
    noted = next(item for item in thread.messages if item.ours)
    assert "<script>alert(1)</script> Café" in noted.text
    call(f"/ticket/{ticket}/correspond", {"Content": "<p>We are <b>looking</b>.</p>", "ContentType": "text/html"})
    assert "EmailRecord" in history(ticket)[len(before) + 1 :]
    last = ours.thread(ticket).messages[-1]
    assert (last.by, last.text) == ("us", "We are looking.")


def test_its_signed_webhooks_are_events(ours: Helpdesk, note: Note, sink: Sink) -> None:
    """From the scrip of docs/: verified, understood, and none for our own note."""
    first = len(sink.calls)
    ticket = opened("Twice", "<p>You charged me <b>twice</b> — 149 €.</p>", "text/html")
    call(f"/ticket/{ticket}/comment", {"Content": "@drafter please", "ContentType": "text/plain"})
    ours.add_note(ticket, note)
    call(f"/ticket/{ticket}/correspond", {"Content": "We are looking.", "ContentType": "text/plain"})
    events = []
    for _, headers, body in sink.wait(first + 4)[first:]:
        ours.verify(body, headers, token=None, now=datetime.now(UTC))
        events.append(ours.event(body, headers))
    assert events[2] is None
    assert [(event.ticket, event.kind, event.queue) for event in events if event] == [
        (ticket, "opened", "General"),
        (ticket, "note", "General"),
        (ticket, "agent_wrote", "General"),
    ]
    assert events[0] is not None
    assert events[0].text == "You charged me twice — 149 €."
    assert events[0].when is not None
    assert abs(events[0].when - datetime.now(UTC)) < timedelta(minutes=2)
    assert len({event.delivery for event in events if event}) == 3


def test_refusals_of_the_real_one_are_told_apart(ours: Helpdesk, note: Note) -> None:
    """A ticket that is not there, and a password that is wrong."""
    for wanted in (lambda: ours.thread("999999"), lambda: ours.add_note("999999", note)):
        with pytest.raises(HelpdeskError) as caught:
            wanted()
        assert caught.value.permanent
    wrong = RequestTracker(Access("request-tracker", desk("request-tracker", URL), (SECRET,), "root:wrong"))
    with pytest.raises(HelpdeskError, match="does not accept our token"):
        wrong.thread("1")
    wrong.close()
