"""Blame that somebody writes into the facts: the letter that says it is never ready."""

from __future__ import annotations

from typing import Any

import pytest

from drafter import Writer, check
from drafter.checks.engine import rules_for
from drafter.incident import Incident

FACTS: dict[str, Any] = {
    "company": "Tern Lane Lamps",
    "signer": {"name": "Oona Field", "phone": "01632 960 118"},
    "customer": {"name": "Bela Marsh"},
    "as_of": "2026-06-02 10:00",
}
PROBLEM: dict[str, Any] = {
    "what": "the wrong lamp came",
    "ours": "we sent you the brass lamp instead of the oak lamp",
    "fixes": [{"done": "I sent the oak lamp today"}],
}


def incident(problem: dict[str, Any] | None = None, **facts: Any) -> Incident:
    """The facts with some of them changed."""
    return Incident.model_validate({**FACTS, **facts, "problems": [{**PROBLEM, **(problem or {})}]})


def test_without_blame_the_letter_is_ready() -> None:
    """The facts as they are hold nothing to stop at."""
    assert Writer().draft(incident()).status == "ready"


@pytest.mark.parametrize(
    "facts",
    [
        incident({"ours": "we were let down by the carrier, who broke your oak lamp"}),
        incident({"ours": "we took down your order while you kept changing it"}),
        incident({"ours": "we packed what you had named, and you had picked the wrong lamp"}),
        incident({"cause": "our supplier labelled the cartons wrongly"}),
        incident({"cause": "you got the number wrong"}),
        incident({"fixes": [{"done": "I told the carrier that it was all their fault"}]}),
        incident(signer={"name": "Oona Field", "phone": "01632 960 118, but it was the carrier's fault"}),
    ],
    ids=lambda facts: facts.problems[0].ours[:20],
)
def test_a_letter_composed_of_blame_is_blocked(facts: Incident) -> None:
    """The set phrase that owns the failure takes nothing back that a fact has blamed on others."""
    draft = Writer().draft(facts)
    assert draft.status == "blocked"
    assert {finding.rule for finding in draft.findings if finding.severity == "error"} & {"blame-other", "blame-customer"}


@pytest.mark.parametrize(
    "said",
    [
        "we sent you the brass lamp because the system is old and the staff was overworked",
        "we were short of staff and sent you the brass lamp",
        "we sent you the brass lamp, and it was an honest mistake",
    ],
)
def test_an_excuse_inside_a_fact_is_looked_at_by_a_person(said: str) -> None:
    """That we own it behind the excuse does not take the excuse back."""
    draft = Writer().draft(incident({"ours": said}))
    assert draft.status == "needs_review"
    assert "excuse" in {finding.rule for finding in draft.findings}


@pytest.mark.parametrize("example", rules_for("en").rules["blame-customer"].flags)
def test_what_happened_to_the_customer_blames_no_less_than_other_words(example: str) -> None:
    """Blame typed as an impact is flagged in the letter as it is anywhere."""
    words = example.replace("[", "").replace("]", "").strip().rstrip(".!")
    draft = Writer().draft(incident({"impacts": [words[0].lower() + words[1:]]}))
    assert draft.status == "blocked"
    assert "blame-customer" in {finding.rule for finding in draft.findings}


def test_a_third_party_that_the_facts_hold_responsible_may_be_named() -> None:
    """Where nothing is ours, the facts say whose it is."""
    problem = {"what": "the wrong lamp came", "fault": "not_ours", "third_party": "the shop in Dover sent it"}
    facts = Incident.model_validate({**FACTS, "problems": [problem]})
    assert "blame-other" not in {finding.rule for finding in check("The shop in Dover sent it.", facts).findings}


STORM = {"what": "your street had no power", "fault": "not_ours", "third_party": "a storm brought down the line of Ridge Electric"}


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        ("A storm brought down the line of Ridge Electric.", False),
        ("The storm brought down the line, so your street had no power until six.", False),
        ("The storm brought down the line, not us.", True),
        ("It was the storm's fault and out of our control.", True),
        ("The storm brought down the line, so take it up with Ridge Electric.", True),
        ("Our supplier let us down.", True),
    ],
)
def test_what_others_did_stands_where_it_is_the_fact_and_nobody_is_blamed_for_it(text: str, blames: bool) -> None:
    """A bare event of a problem that is not ours is news; a verdict on it, or somebody else's part, is blame."""
    facts = Incident.model_validate({**FACTS, "problems": [STORM]})
    assert ("blame-other" in {finding.rule for finding in check(text, facts).findings}) is blames


@pytest.mark.parametrize("text", ["It's the bank's fault.", "It was the bank's fault.", "That is entirely the installer's doing."])
def test_somebody_elses_fault_is_blame_in_any_tense(text: str) -> None:
    """Whatever the tense, and whoever it is."""
    assert "blame-other" in {finding.rule for finding in check(text).findings}


def test_nobody_is_greeted_with_blame() -> None:
    """A sentence that stands where a name belongs is not said; the customer has another name."""
    draft = Writer().draft(incident(customer={"name": "Bela Marsh", "call_by": "you who got the number wrong"}))
    assert draft.text.startswith("Hi Bela,")
    assert "number wrong" not in draft.text
