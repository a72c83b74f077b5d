"""The incident that a ticket opens, and the questions that it leaves."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.errors import IncidentError
from drafter.incident import Incident
from drafter.ticket import incident_of, questions, read_by_rules
from drafter.writer import Writer

DESK: dict[str, Any] = {"company": "Northwind Coffee", "signer": "Maya Lindqvist", "customer": "Tom Bell", "as_of": "2026-03-10 09:00"}


def opened(text: str, *thread: dict[str, Any], **desk: Any) -> Incident | None:
    """The incident that this message opens, after this thread."""
    return incident_of(read_by_rules(text), {**DESK, **desk}, thread)


def test_a_first_message_opens_a_holding_reply_of_unknown_fault() -> None:
    """Problems, impacts and asks as the ticket tells them, the desk's frame, and nobody's fault."""
    incident = opened("My card was charged twice. I missed my rent. Please refund me.", {"by": "customer", "text": "…"})
    assert incident is not None
    assert incident.kind == "holding"
    assert set(incident.faults) == {"unknown"}
    assert incident.problems[0].what == "your card was charged twice"
    assert [found.text for found in incident.problems[0].impacts] == ["you missed your rent"]
    assert [found.text for found in incident.asks] == ["for a refund"]
    draft = Writer().draft(incident)
    assert "Your card was charged twice" in draft.text
    assert "we charged" not in draft.text.lower()


def test_after_an_answer_of_ours_it_is_an_update_about_the_open_matter() -> None:
    """A message that only chases takes up the problem told before it; requests are those of the newest message alone."""
    thread = (
        {"by": "customer", "text": "The lamp arrived broken. Please send a new one."},
        {"by": "us", "text": "We are looking into it."},
        {"by": "customer", "text": "Still no reply. When will I hear from you?"},
    )
    incident = opened("Still no reply. When will I hear from you?", *thread)
    assert incident is not None
    assert incident.kind == "update"
    assert incident.problems[0].what == "the lamp arrived broken"
    assert [found.text for found in incident.asks] == ["when you will hear from us"]


@pytest.mark.parametrize("text", ["How do I reset my password?", "Thanks, it works now!", "I am out of the office until Monday."])
def test_where_nothing_went_wrong_nothing_is_opened(text: str) -> None:
    """No problem, no incident; thanks close what was told before."""
    assert opened(text, {"by": "customer", "text": "The lamp arrived broken."} if "Thanks" in text else {"by": "note", "text": "x"}) is None


def test_words_that_cannot_be_turned_are_quoted() -> None:
    """A problem in words of its own is shown as the customer's words, so that a reply can still be begun."""
    incident = opened("your useless app lost my order")
    assert incident is not None
    assert incident.problems[0].what == "you wrote “your useless app lost my order”"


def test_a_desk_whose_facts_are_wrong_is_told() -> None:
    """The desk's own mistake is not the ticket's."""
    with pytest.raises(IncidentError, match="channel"):
        opened("My card was charged twice.", channel="emial")


def test_questions_come_in_the_order_of_their_weight() -> None:
    """What we did, whose fault, what is fixed, what we give, what they asked, what is next."""
    incident = opened("My card was charged twice. Can I keep the gift?")
    assert incident is not None
    keys = [question.key for question in questions(incident)]
    assert keys == ["problems.1.ours", "problems.1.fault", "problems.1.fixes", "problems.1.remedies", "asks.1", "next"]
    assert "Perhaps “we charged your card twice”." in questions(incident)[0].text


def test_nothing_is_asked_that_is_known() -> None:
    """Each answer takes its question away; a whole incident leaves none."""
    whole = Incident.model_validate(
        {
            **DESK,
            "problems": [
                {
                    "what": "your card was charged twice",
                    "ours": "we charged your card twice",
                    "fixes": [{"done": "I refunded the second charge", "covers": "ask1"}],
                    "remedies": [{"kind": "credit", "amount": "$5"}],
                }
            ],
            "asks": ["for a refund"],
        }
    )
    assert questions(whole) == ()


def test_a_request_for_money_is_asked_once() -> None:
    """Whether they get the refund is one question, not two."""
    incident = opened("My card was charged twice. Please refund me.")
    assert incident is not None
    keys = [question.key for question in questions(incident)]
    assert "asks.1" in keys
    assert "problems.1.remedies" not in keys
