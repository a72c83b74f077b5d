"""Words of somebody who may be in danger of their life: no request, no fact, and never past a person."""

from __future__ import annotations

from drafter import Writer
from drafter.incident import Incident, incident_from
from drafter.ticket import IN_DANGER, incident_of, read_by_rules
from tests.ticket.test_reading import item, read

TICKET = "You charged me twice for the power. I can't go on like this any more, I want to end it all. Please refund the second charge."
DESK = {"company": "Harewood Power", "signer": {"name": "Andrea"}, "as_of": "2026-01-22 16:40"}


def test_it_is_neither_asked_nor_told() -> None:
    """What else the ticket says is read as ever; these words are left to a person, who is told why."""
    facts = read_by_rules(TICKET)
    assert [item.text for item in facts.of("ask")] == ["for a refund of the second charge"]
    assert not [item for item in facts.items if "end it all" in item.quote]
    assert {left.because for left in facts.dropped if "end it all" in left.quote or "go on" in left.quote} == {IN_DANGER}
    assert facts.in_danger
    assert not read_by_rules(TICKET.replace("I can't go on like this any more, I want to end it all. ", "")).in_danger


def test_it_is_seen_where_nothing_else_is_read() -> None:
    """A ticket that reports no failure, and a clause that says it together with one that does."""
    (left,) = read_by_rules("Hello. I don't want to live any more.").dropped
    assert (left.quote, left.because) == ("I don't want to live any more.", IN_DANGER)
    both = read_by_rules("You cut me off because nobody rang back, and I want to end it all.")
    assert both.dropped[0].because == IN_DANGER
    assert not [left for left in both.dropped[1:] if "end it all" in left.quote]


def test_a_model_that_reads_it_as_a_request_is_not_followed() -> None:
    """What it quotes from that sentence is taken out, and what it does not report is seen all the same."""
    facts, _ = read(
        [item("ask", "to end it all", "I want to end it all"), item("ask", "for a refund", "Please refund the second charge")], TICKET
    )
    assert [one.text for one in facts.of("ask")] == ["for a refund"]
    assert read([], TICKET)[0].in_danger


def test_the_draft_waits_for_a_person() -> None:
    """The incident is sensitive, and the letter says none of it."""
    incident = incident_of(read_by_rules(TICKET), DESK)
    assert incident
    assert incident.sensitive
    draft = Writer().draft(incident)
    assert draft.status != "ready"
    assert "end it all" not in draft.text


def holding(**changes: object) -> Incident:
    """A matter of unknown fault, with a next word, so that nothing else holds its letter back."""
    return incident_from(
        {
            **DESK,
            "problems": [
                {
                    "what": "you ended up in hospital after your lunch on Monday",
                    "fault": "unknown",
                    "known": ["we keep a sample of every dish"],
                }
            ],
            "next": [{"will": "I will call you", "on": "2026-01-23 10:00"}],
            **changes,
        }
    )


def test_a_sensitive_matter_of_unknown_fault_is_read_first() -> None:
    """There is no admission to hold back, and a person still has to see it; not where somebody said that it is not sensitive."""
    draft = Writer().draft(holding())
    assert draft.status == "needs_review"
    (reason,) = [reason for reason in draft.reasons if reason.startswith("Sensitive")]
    assert reason.startswith("Sensitive (an injury): to be read first by ")
    assert Writer().draft(holding(sensitive=False)).status == "ready"
    edited = Writer().edited(draft, draft.text, holding())
    assert (edited.status, reason in edited.reasons) == ("needs_review", True)
    assert Writer().edited(draft, draft.text, holding(sensitive=False)).status == "ready"
