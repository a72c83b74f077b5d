"""The real Request Tracker, which `make test-rt` installs and starts: read, noted, and nothing mailed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from drafter.errors import HelpdeskError
from drafter.helpdesk import Helpdesk, Note, build_note
from drafter.helpdesk.access import Access
from drafter.helpdesk.request_tracker import RequestTracker
from drafter.incident import Incident
from drafter.writer import Writer
from tests.helpdesk.adapters import desk
from tests.helpdesk.real_request_tracker import HOOK_PORT, PORT, SECRET, USER, RealTracker, running
from tests.helpdesk.sink import Sink, receiving

if not PORT:
    pytest.skip("no Request Tracker is installed; `make test-rt` does it", allow_module_level=True)


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """Where its webhooks go."""
    with receiving(HOOK_PORT) as made:
        yield made


@pytest.fixture(scope="module")
def real(sink: Sink) -> Iterator[RealTracker]:
    """The helpdesk itself."""
    with running() as made:
        yield made


@pytest.fixture
def ours(real: RealTracker) -> Iterator[Helpdesk]:
    """Our side of it."""
    made = RequestTracker(Access("request-tracker", desk("request-tracker", real.url), (SECRET,), USER))
    yield made
    made.close()


@pytest.fixture
def note(double_charge: Incident) -> Note:
    """A note with markup in it."""
    draft = Writer().draft(double_charge)
    return build_note("dr_0197real", draft.model_copy(update={"text": f"<script>alert(1)</script> Café\n\n{draft.text}"}))


def test_a_note_reaches_agents_and_nobody_else(real: RealTracker, ours: Helpdesk, note: Note, sink: Sink) -> None:
    """A comment, no record of a mail after it, the subject as it was; with a control: an answer is mailed."""
    ticket = real.open_ticket("Café parcel", "My parcel never came.\n\nAna")
    before, mails = real.history(ticket), len(real.mails)
    made = ours.add_note(ticket, note)
    assert real.history(ticket)[len(before) :] == ["Comment"]
    assert len(real.mails) == mails
    thread = ours.thread(ticket)
    assert ours.find_note(thread, "dr_0197real") == made
    assert [(item.by, item.text, item.public) for item in thread.messages if not item.ours] == [
        ("customer", "My parcel never came.\n\nAna", True)
    ]
    assert (thread.subject, thread.queue, thread.requester.email) == ("Café parcel", "General", "ana@customer.example")
    noted = next(item for item in thread.messages if item.ours)
    assert "<script>alert(1)</script> Café" in noted.text
    real.call(f"/ticket/{ticket}/correspond", {"Content": "<p>We are <b>looking</b>.</p>", "ContentType": "text/html"})
    assert "EmailRecord" in real.history(ticket)[len(before) + 1 :]
    assert len(real.mails) > mails
    last = ours.thread(ticket).messages[-1]
    assert (last.by, last.text) == ("us", "We are looking.")


def test_its_signed_webhooks_are_events(real: RealTracker, ours: Helpdesk, note: Note, sink: Sink) -> None:
    """From the scrip of docs/: verified, understood, and none for our own note."""
    first = len(sink.calls)
    ticket = real.open_ticket("Twice", "<p>You charged me <b>twice</b> — 149 €.</p>", "text/html")
    real.call(f"/ticket/{ticket}/comment", {"Content": "@drafter please", "ContentType": "text/plain"})
    ours.add_note(ticket, note)
    real.reply(ticket, "We are looking.")
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


def test_refusals_of_the_real_one_are_told_apart(real: RealTracker, ours: Helpdesk, note: Note) -> None:
    """A ticket that is not there, and a password that is wrong."""
    for wanted in (lambda: ours.thread("999999"), lambda: ours.add_note("999999", note)):
        with pytest.raises(HelpdeskError) as caught:
            wanted()
        assert caught.value.permanent
    wrong = RequestTracker(Access("request-tracker", desk("request-tracker", real.url), (SECRET,), "drafter:wrong"))
    with pytest.raises(HelpdeskError, match="does not accept our token"):
        wrong.thread("1")
    wrong.close()
