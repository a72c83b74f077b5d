"""The real django-helpdesk: a ticket is opened, read and noted, and its customer sees and gets nothing of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from drafter.errors import HelpdeskError
from drafter.helpdesk import Helpdesk, Note, build_note
from drafter.helpdesk.access import Access
from drafter.helpdesk.django_helpdesk import DjangoHelpdesk
from drafter.incident import Incident
from drafter.writer import Writer
from tests.helpdesk.adapters import NEW, desk
from tests.helpdesk.real_django import PYTHON, SITE, USER, RealDesk, running
from tests.helpdesk.sink import Sink, receiving

MISSING = not (PYTHON.exists() and SITE.exists())
if MISSING and os.environ.get("DRAFTER_REQUIRE_SERVICES") != "1":
    pytest.skip("django-helpdesk is not installed; `make helpdesk` does it", allow_module_level=True)


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    """Where its webhooks go."""
    with receiving() as made:
        yield made


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, sink: Sink) -> Iterator[RealDesk]:
    """A fresh helpdesk."""
    with running(tmp_path_factory.mktemp("real") / "desk", f"{sink.url}/v1/webhooks/django-helpdesk/{NEW.rstrip('=')}") as made:
        yield made


@pytest.fixture
def ours(real: RealDesk) -> Iterator[Helpdesk]:
    """Our side of it."""
    made = DjangoHelpdesk(Access("django-helpdesk", desk("django-helpdesk", real.url), (NEW.rstrip("="),), USER))
    yield made
    made.close()


@pytest.fixture
def note(double_charge: Incident) -> Note:
    """A note with markup in it."""
    draft = Writer().draft(double_charge)
    return build_note("dr_0197real", draft.model_copy(update={"text": f"<script>alert(1)</script> *not bold*\n\n{draft.text}"}))


def test_a_note_reaches_agents_and_nobody_else(real: RealDesk, ours: Helpdesk, sink: Sink, note: Note) -> None:
    """No mail, no new title, nothing on the customer's page; it is found again, and its webhook is no event."""
    ticket = real.open_ticket("Late parcel", "My parcel never came.\n\nAna")
    secret = real.call(f"/api/tickets/{ticket}/")
    mails, calls = len(real.mails), len(sink.wait(1))
    made = ours.add_note(ticket, note)

    assert len(real.mails) == mails
    after = real.call(f"/api/tickets/{ticket}/")
    assert {key: after[key] for key in after if key != "followup_set"} == {key: secret[key] for key in secret if key != "followup_set"}
    stored = next(item for item in after["followup_set"] if str(item["id"]) == made)
    assert (stored["public"], stored["email_recipients"], stored["new_status"]) == (False, [], None)

    thread = ours.thread(ticket)
    assert ours.find_note(thread, "dr_0197real") == made
    assert [(item.by, item.text) for item in thread.messages if not item.ours] == [("customer", "My parcel never came.\n\nAna")]
    assert thread.requester.email == "ana@customer.example"
    path, headers, body = sink.wait(calls + 1)[calls]
    ours.verify(body, headers, token=path.rsplit("/", 1)[1], now=datetime.now(UTC))
    assert ours.event(body, headers) is None


def test_the_customers_page_shows_public_answers_and_not_our_note(real: RealDesk, ours: Helpdesk, note: Note) -> None:
    """With a control: what is public is there, and is mailed."""
    ticket = real.open_ticket("Wrong colour", "The lamp is green.")
    link = re.search(r"/view/\?ticket=\S+?&key=[0-9a-f-]+", next(mail for mail in real.mails if "Wrong colour" in mail))
    assert link
    where = link[0]
    ours.add_note(ticket, note)
    mails = len(real.mails)
    assert "The lamp is green." in real.page(where)
    for hidden in ("drafter", "alert(1)", "Northwind"):
        assert hidden not in real.page(where)
    real.call("/api/followups/", {"ticket": int(ticket), "comment": "We send a red one.", "public": True})
    assert "We send a red one." in real.page(where)
    assert len(real.mails) > mails
    thread = ours.thread(ticket)
    assert [(item.by, item.text) for item in thread.messages if item.by == "us"] == [("us", "We send a red one.")]


def test_its_webhooks_are_events(real: RealDesk, ours: Helpdesk, sink: Sink) -> None:
    """A new ticket, an agent's note, a public answer: each once, with an id of its own."""
    first = len(sink.calls)
    ticket = real.open_ticket("Twice", "You charged me twice.")
    real.call("/api/followups/", {"ticket": int(ticket), "comment": "@drafter please", "public": False})
    real.call("/api/followups/", {"ticket": int(ticket), "comment": "We are looking.", "public": True})
    events = [ours.event(body, headers) for _, headers, body in sink.wait(first + 3)[first:]]
    assert [(event.ticket, event.kind, event.queue, event.text) for event in events if event] == [
        (ticket, "opened", "support", "You charged me twice."),
        (ticket, "note", "support", "@drafter please"),
        (ticket, "agent_wrote", "support", "We are looking."),
    ]
    assert len({event.delivery for event in events if event}) == 3


def test_refusals_of_the_real_one_are_told_apart(real: RealDesk, ours: Helpdesk, note: Note) -> None:
    """A ticket that is not there, and a password that is wrong."""
    with pytest.raises(HelpdeskError, match="no such ticket") as caught:
        ours.thread("99999")
    assert caught.value.permanent
    with pytest.raises(HelpdeskError) as caught:
        ours.add_note("99999", note)
    assert caught.value.permanent
    wrong = DjangoHelpdesk(Access("django-helpdesk", desk("django-helpdesk", real.url), (NEW,), "bot:wrong"))
    with pytest.raises(HelpdeskError, match="DRAFTER_HELPDESK_DJANGO_HELPDESK_TOKEN"):
        wrong.thread("1")
    wrong.close()
