"""Drafts, revisions, notes and webhooks as jobs: what waits, what does not, and what can be stopped or tried again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drafter.errors import HelpdeskError, InputError, ModelNeededError, NotFoundError
from drafter.helpdesk import Event
from drafter.incident import Incident, incident_from
from drafter.jobs import Jobs
from drafter.jobs.noting import Noting
from drafter.store import DeskTicket, Store
from drafter.writer import Writer
from tests.helpdesk.fakes import Fake, Said, served
from tests.jobs.process import HELPDESK, Place
from tests.scripted import Endpoint, Reply, Request, endpoint, faithful

Begin = Callable[..., tuple[Store, Jobs]]
FACTS = {
    "company": "Northwind",
    "signer": "Maya Lindqvist",
    "problems": [{"what": "your parcel is late", "ours": "we sent your parcel to the wrong depot"}],
}
TICKET = "You charged me twice for order 1042. Please refund the second payment."


@contextmanager
def writing(incident: Incident, *more: Reply) -> Iterator[Endpoint]:
    """A model that writes what the facts say, after it has given the other replies."""
    with endpoint(*more, Reply(says=faithful(incident))) as model:
        yield model


def until(done: Callable[[], Any], seconds: float = 60) -> Any:
    """What `done` gives, as soon as that is something."""
    end = time.monotonic() + seconds
    while not (result := done()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
    return result


def test_a_composed_draft_waits_for_nothing(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """Without a model the letter is there when the request was accepted, and no queue has heard of it."""
    _, jobs = jobs_at(place)
    record = jobs.accept(double_charge)
    assert record.state == "done"
    assert record.draft is not None
    assert record.draft.status == "ready"
    assert jobs.state(record.id) == "unknown"


def test_a_model_writes_in_a_job(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """A draft with a model is accepted at once and written after it, with what it took counted for its key."""
    with writing(double_charge) as model:
        store, jobs = jobs_at(replace(place, model=model.url))
        record = jobs.accept(double_charge, key="key_1")
        assert record.state in ("queued", "writing")
        record = jobs.wait(record.id, 15)
        assert record.state == "done"
        assert record.draft is not None
        assert record.draft.provenance.model == "scripted"
        (used,) = store.usage.of("key_1", since=record.created.date())
        assert (used.kind, used.calls, used.input_tokens) == ("draft", 1, 900)


def test_sections_are_told_as_they_pass_and_each_once(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """Whoever looks on gets every section of the letter, and none that is not in it."""
    with writing(double_charge) as model:
        store, jobs = jobs_at(replace(place, model=model.url))
        record = jobs.accept(double_charge)
        told = [section for section in jobs.sections(record.id) if section]
        draft = store.drafts.get(record.id).draft
        assert draft is not None
        assert {section.name: section.text for section in told} == {section.name: section.text for section in draft.sections}
        assert [section.text for section in jobs.sections(record.id) if section] == [section.text for section in draft.sections]


def test_a_silent_model_gives_beats(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """Whoever looks on hears that there is somebody, while nothing comes."""
    with endpoint(Reply(hangs=True)) as model:
        _, jobs = jobs_at(replace(place, model=model.url))
        record = jobs.accept(double_charge)
        beats = jobs.sections(record.id, beat=0.1)
        assert any(section is None for section, _ in zip(beats, range(12), strict=False))
        jobs.cancel(record.id)


def test_a_cancelled_draft_stays_cancelled(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """What comes of the call in flight is thrown away."""

    def slowly(request: Request) -> str:
        time.sleep(1)
        return faithful(double_charge)(request)

    with endpoint(Reply(says=slowly)) as model:
        store, jobs = jobs_at(replace(place, model=model.url))
        record = jobs.accept(double_charge)
        until(lambda: model.requests)
        assert jobs.cancel(record.id).state == "cancelled"
        until(lambda: jobs.state(record.id) == "cancelled")
        time.sleep(1.2)
        assert store.drafts.get(record.id).state == "cancelled"
        assert store.drafts.get(record.id).draft is None


def test_a_fault_of_ours_is_told_and_can_be_tried_again(
    place: Place, jobs_at: Begin, double_charge: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft that fails for a reason nobody foresaw says so without quoting anything, and the next try asks no model again."""
    with writing(double_charge) as model:
        store, jobs = jobs_at(replace(place, model=model.url))
        with monkeypatch.context() as patch:
            patch.setattr("drafter.writer.finish", _broken)
            record = jobs.accept(double_charge)
            until(lambda: store.drafts.get(record.id).state == "failed")
        failed = store.drafts.get(record.id)
        assert failed.error == {
            "title": "The draft could not be written.",
            "detail": "Drafter itself failed; the log says with what.",
            "kind": "fault",
        }
        until(lambda: jobs.state(record.id) == "ended")
        jobs.retry(record.id)
        until(lambda: store.drafts.get(record.id).state == "done")
        assert len(model.requests) == 1


def test_only_what_failed_is_tried_again(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """A draft that is done, or not there, is not written again."""
    _, jobs = jobs_at(place)
    record = jobs.accept(double_charge)
    with pytest.raises(InputError, match="has not failed; it is done"):
        jobs.retry(record.id)
    with pytest.raises(NotFoundError):
        jobs.retry("dr_nowhere")


def test_a_wish_is_fulfilled_as_the_next_version(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """Without a model the composer makes a letter shorter at once; what it cannot do is refused, and nothing is left of it."""
    store, jobs = jobs_at(place)
    record = jobs.accept(double_charge)
    revision = jobs.revise(record.id, "shorter", by="key_1")
    assert (revision.state, revision.version) == ("done", 2)
    assert [version.number for version in store.drafts.versions(record.id)] == [1, 2]
    with pytest.raises(ModelNeededError):
        jobs.revise(record.id, "say it like a pirate", by="key_1")
    assert len(store.revisions.of(record.id)) == 1


def test_a_draft_starts_within_a_fifth_of_a_second(place: Place, jobs_at: Begin, double_charge: Incident) -> None:
    """The queue is looked at often enough; the bound is generous, for machines are shared."""
    with writing(double_charge) as model:
        store, jobs = jobs_at(replace(place, model=model.url))
        record = jobs.accept(double_charge)
        jobs.wait(record.id, 15)
        begun = next(event for event in store.events.of(record.id) if event.kind == "draft.begun")
        assert (begun.created - record.created).total_seconds() < 5


def test_an_event_comes_to_a_note_once(place: Place, jobs_at: Begin) -> None:
    """The same event delivered twice makes one draft and one note."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        event = Event("42", "opened", "42-new", queue="support", text=TICKET)
        assert jobs.receive(HELPDESK, event)
        assert not jobs.receive(HELPDESK, event)
        note = until(lambda: [said for said in desk.said if said.by == "note"])
        time.sleep(0.3)
        (record,) = store.drafts.of_ticket(HELPDESK, "42")
        assert record.id in note[0].body
        assert len([said for said in desk.said if said.by == "note"]) == 1


@pytest.mark.parametrize(
    ("text", "switch"),
    [("How do I reset my password?", None), (TICKET, "drafting"), (TICKET, f"drafting:{HELPDESK}"), (TICKET, f"drafting:{HELPDESK}:1")],
)
def test_what_nobody_asked_for_is_not_drafted(place: Place, jobs_at: Begin, text: str, switch: str | None) -> None:
    """A question gets silence, and so does everything while a switch is off."""
    with served(Fake(HELPDESK, [Said(1, "customer", text)])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        if switch:
            store.switches.set(switch, False, by="key_1")
        jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=text))
        until(lambda: store.inbox.page()[0].done)
        assert store.drafts.page() == ()
        assert not [said for said in desk.said if said.by == "note"]


def test_a_draft_from_a_ticket_alone_is_never_ready(place: Place, jobs_at: Begin) -> None:
    """Nobody of ours has said yet what we did: the note says so, and asks; a log that was pasted into the ticket harms nothing."""
    with served(Fake(HELPDESK, [Said(1, "customer", f"{TICKET}\n\n{'ERROR 0x80 at line 7. ' * 30_000}")])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=TICKET))
        (note,) = until(lambda: [said for said in desk.said if said.by == "note"])
        (record,) = store.drafts.of_ticket(HELPDESK, "42")
        assert record.draft is not None
        assert record.draft.status == "blocked"  # nobody has said either when the customer hears again
        assert "answer the open questions" in note.body


def test_in_the_shadow_a_draft_is_kept_and_no_note_written(place: Place, jobs_at: Begin) -> None:
    """Shadow mode lets a house look at drafts before its agents do."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        store.switches.set(f"shadow:{HELPDESK}", True, by="key_1")
        jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=TICKET))
        until(lambda: [record for record in store.drafts.page() if record.state == "done"])
        until(lambda: not jobs.depth())
        assert not [said for said in desk.said if said.by == "note"]


def test_a_helpdesk_that_is_away_gets_its_note_later(place: Place, jobs_at: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that could not be written is tried again until it is."""
    monkeypatch.setattr("drafter.jobs.noting.backoff", lambda attempt: 0.2)
    monkeypatch.setattr("drafter.jobs.jobs.backoff", lambda attempt: 0.2)
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        desk.refuse = (503, {})
        jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=TICKET))
        until(lambda: len(desk.asked) >= 2)
        desk.refuse = None
        until(lambda: [said for said in desk.said if said.by == "note"])
        (record,) = store.drafts.page()
        until(lambda: store.deliveries.of(record.id)[0].state == "done")


def test_a_note_that_is_refused_for_good_can_be_replayed(place: Place, jobs_at: Begin) -> None:
    """What was given up is listed with the reason after one try, and goes out when a person says so, once."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)], refuse_notes=(403, {}))) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=TICKET))
        (given_up,) = until(lambda: store.deliveries.page("failed"))
        assert (given_up.kind, given_up.attempts) == ("note", 1)
        assert "403" in (given_up.error or "")
        until(lambda: not jobs.depth())
        assert not [said for said in desk.said if said.by == "note"]
        desk.refuse_notes = None
        jobs.replay(given_up.id)
        (done,) = until(lambda: store.deliveries.page("done"))
        assert (done.id, done.attempts, done.error) == (given_up.id, 2, None)
        assert len([said for said in desk.said if said.by == "note"]) == 1
        with pytest.raises(InputError, match="was not given up"):
            jobs.replay(given_up.id)


def test_a_replay_is_tried_as_often_as_at_first(place: Place, jobs_at: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that was given up after several tries, and whose replay fails at first, is written in the end."""
    monkeypatch.setattr("drafter.jobs.noting.backoff", lambda attempt: 0.1 if attempt < 3 else None)
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        with monkeypatch.context() as away:
            away.setattr("drafter.jobs.noting.Noting._written", _refused)
            jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=TICKET))
            (given_up,) = until(lambda: store.deliveries.page("failed"))
            assert given_up.attempts == 3
            jobs.replay(given_up.id)
            until(lambda: store.deliveries.get(given_up.id).attempts == 4)
        until(lambda: store.deliveries.get(given_up.id).state == "done")
        assert len([said for said in desk.said if said.by == "note"]) == 1


def test_a_newer_word_of_the_customer_is_said_in_the_note(
    place: Place, jobs_at: Begin, double_charge: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft that answers an older message is written as a note that says so, where no newer draft takes its place."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        _, jobs = jobs_at(replace(place, helpdesk=desk.url))
        write = Noting.write

        def later(self: Noting, *args: Any) -> Any:
            desk.said.append(Said(2, "customer", "Any news?"))
            return write(self, *args)

        monkeypatch.setattr(Noting, "write", later)
        jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=TICKET))
        (note,) = until(lambda: [said for said in desk.said if said.by == "note"])
        assert "wrote again" in note.body


def test_a_letter_that_nobody_was_told_of_is_told(place: Place, jobs_at: Begin) -> None:
    """A crash between the letter and what comes after it leaves no note unwritten."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        store, _ = jobs_at(replace(place, helpdesk=desk.url))
        incident = incident_from(FACTS)
        told = store.drafts.accept(incident, desk=DeskTicket(HELPDESK, "42", message="description"), draft=Writer().draft(incident))
        until(lambda: [said for said in desk.said if told.id in said.body])
        until(lambda: store.deliveries.of(told.id)[0].state == "done")


def test_a_delivery_without_a_job_is_made(place: Place, jobs_at: Begin) -> None:
    """A note that was planned, and whose job is nowhere, is written."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        store, _ = jobs_at(replace(place, helpdesk=desk.url))
        incident = incident_from(FACTS)
        made = store.drafts.accept(incident, desk=DeskTicket(HELPDESK, "42", message="description"), draft=Writer().draft(incident))
        store.deliveries.add(made.id, target=HELPDESK, kind="note", id=f"dlv_note_{made.id}")
        until(lambda: store.deliveries.of(made.id)[0].state == "done")
        assert len([said for said in desk.said if made.id in said.body]) == 1


def test_what_an_agent_sends_is_matched_to_its_draft(place: Place, jobs_at: Begin) -> None:
    """The first public reply after a draft is kept with its distance and with what the checks find; later ones are not."""
    with served(Fake(HELPDESK, [Said(1, "customer", TICKET)])) as desk:
        store, jobs = jobs_at(replace(place, helpdesk=desk.url))
        jobs.receive(HELPDESK, Event("42", "opened", "42-new", text=TICKET))
        until(lambda: [said for said in desk.said if said.by == "note"])
        (record,) = store.drafts.of_ticket(HELPDESK, "42")
        assert record.draft is not None
        blaming = f"{record.draft.text} You should have checked your statement first."
        for number, text in ((3, blaming), (4, record.draft.text)):
            desk.said.append(Said(number, "us", text))
            jobs.receive(HELPDESK, Event("42", "agent_wrote", f"42-{number}"))
            until(lambda: not store.inbox.waiting(timedelta(0)))
        (sent,) = store.sent.of(record.id)
        assert 0 < sent.distance < 0.5
        assert not sent.unedited
        assert "blame-customer" in {finding.rule for finding in sent.findings}
        assert len(store.drafts.of_ticket(HELPDESK, "42")) == 1


def _broken(*args: Any) -> Any:
    raise ZeroDivisionError("Ravi Anand paid £20")


def _refused(*_: object) -> tuple[str | None, str]:
    raise HelpdeskError("it is away", permanent=False)
