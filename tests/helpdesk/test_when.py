"""When a draft is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drafter.helpdesk import Event, Person, Thread, TicketMessage, asks_for_draft
from drafter.house.desks import Desk

ASKED = TicketMessage("1", "customer", "You charged me twice.")
RESET = TicketMessage("1", "customer", "How do I reset my password?")
THREAD = Thread("42", "Charge", "Support", ("vip",), Person(), (ASKED,))
OPENED = Event("42", "opened", "d1", queue="Support")


def failure(text: str) -> bool:
    """A triage that is easy to foresee."""
    return "charged" in text


def why(event: Event = OPENED, thread: Thread = THREAD, **changes: Any) -> str | None:
    """Which rule asks for a draft, with these settings."""
    facts: dict[str, Any] = {"kind": "zammad", "url": "http://127.0.0.1:9", "company": "Northwind", "signer": "Maya", **changes}
    return asks_for_draft(Desk(**facts), event, thread=thread, failure=failure)


def test_a_failure_asks_and_a_question_does_not() -> None:
    """Without settings, triage decides."""
    assert why() == "failure"
    assert why(thread=replace(THREAD, messages=(RESET,))) is None
    assert why(thread=replace(THREAD, messages=())) is None


def test_only_what_the_customer_wrote_last_counts() -> None:
    """An older failure was answered; an agent's words are none of a customer's."""
    agent = TicketMessage("2", "us", "We charged you twice.")
    assert why(thread=replace(THREAD, messages=(RESET, agent))) is None
    assert why(thread=replace(THREAD, messages=(ASKED, agent, RESET))) is None


@pytest.mark.parametrize("kind", ["agent_wrote", "note", "tagged", "other"])
def test_what_agents_do_is_no_failure(kind: Any) -> None:
    """Only a customer's message is triaged."""
    assert why(replace(OPENED, kind=kind)) is None
    assert why(replace(OPENED, kind=kind), when="always") is None


def test_a_tag_asks_whatever_its_capitals() -> None:
    """Set by a person, a rule or a macro; on the event or on the ticket."""
    assert why(replace(OPENED, kind="tagged", tags=("Sorry",)), when="tag:sorry") == "tag:sorry"
    assert why(when="tag:VIP") == "tag:VIP"
    assert why(when="tag:other") is None


def test_a_mention_in_a_note_asks_and_one_by_a_customer_does_not() -> None:
    """A customer cannot order a draft; an address that ends the same is no mention."""
    note = replace(OPENED, kind="note", text="please, @Drafter!")
    assert why(note, when="mention:@drafter") == "mention:@drafter"
    assert why(replace(OPENED, text="@drafter help"), when="mention:@drafter") is None
    assert why(replace(note, text="mail me@drafter.example"), when="mention:@drafter") is None
    silent = replace(note, text="")  # a webhook that does not bring the note
    written = replace(THREAD, messages=(ASKED, TicketMessage("2", "note", "@drafter", public=False)))
    assert why(silent, written, when="mention:@drafter") == "mention:@drafter"
    assert why(silent, when="mention:@drafter") is None


@pytest.mark.parametrize("rule", ["mention:@drafter", "tag:vip"])
def test_our_own_note_asks_for_no_second_draft(rule: str) -> None:
    """Not even where a webhook only says that something changed; what an agent or the customer writes after it counts again."""
    mention = TicketMessage("2", "note", "@drafter", public=False)
    ours = TicketMessage("3", "note", "DRAFT", public=False, ours=True, draft_id="dr_1")
    event = replace(OPENED, kind="note" if rule.startswith("mention") else "tagged")
    assert why(event, replace(THREAD, messages=(ASKED, mention)), when=rule) == rule
    assert why(event, replace(THREAD, messages=(ASKED, mention, ours)), when=rule) is None
    assert why(event, replace(THREAD, messages=(ASKED, mention, ours, mention)), when=rule) == rule
    assert why(thread=replace(THREAD, messages=(ASKED, ours))) == "failure"


def test_a_queue_asks_and_queues_are_switched_off() -> None:
    """By name, whatever its capitals; what is off stays off even for a tag."""
    assert why(when="queue:support") == "queue:support"
    assert why(when="queue:sales") is None
    assert why(queues={"off": "support"}) is None
    assert why(queues={"on": ["Sales"]}) is None
    assert why(queues={"on": ["SUPPORT"]}) == "failure"
    assert why(replace(OPENED, queue=None), queues={"off": ["support"]}) is None  # the thread knows its queue


def test_kinds_of_events_are_switched_off_and_our_own_never_count() -> None:
    """Only what is named may ask; nothing that we did ourselves does."""
    assert why(events="tagged") is None
    assert why(replace(OPENED, author_is_us=True), when="always") is None


def test_the_first_rule_that_is_met_is_named() -> None:
    """It is kept with the draft, to say why it was written."""
    assert why(when=["tag:sorry", "queue:support", "failure"]) == "queue:support"
    assert why(when=[]) is None
