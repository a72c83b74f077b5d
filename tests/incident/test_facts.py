"""Every fact has a stable id, and what refers to one refers to one that exists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from drafter.incident import Incident, read_incident
from tests.conftest import EXAMPLES

Make = Callable[..., Incident]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_ids_are_unique_and_each_finds_its_fact(path: Path) -> None:
    """No two facts of an example share an id."""
    incident = read_incident(path)
    assert len({fact.id for fact in incident.facts}) == len(incident.facts)
    assert all(incident.fact(fact.id) is fact for fact in incident.facts)


def test_ids_are_made_from_the_place_or_kept_as_given(incident: Make) -> None:
    """An item without an id gets one from its place, one with an id keeps it."""
    made = incident(
        impacts=["you took the bus", {"text": "you paid for two tickets", "id": "tickets"}],
        fixes=[{"done": "I fitted the chain"}, {"doing": "Sam is truing the wheel"}],
        asks="for a date",
        next={"will": "I will call you"},
    )
    ids = {fact.role: [other.id for other in made.facts if other.role == fact.role] for fact in made.facts}
    assert ids["impact"] == ["p1.impact1", "tickets"]
    assert ids["fix"] == ["p1.fix1", "p1.fix2"]
    assert (ids["ask"], ids["next"]) == (["ask1"], ["next1"])


def test_facts_carry_state_money_and_moments(double_charge: Incident) -> None:
    """What a check needs to know of a fact stands beside its words."""
    fix = double_charge.fact("p1.fix1")
    assert (fix.state, fix.moments[0].isoformat()) == ("done", "2026-11-20")
    fee = double_charge.fact("fee")
    assert fee.money is not None
    assert fee.money.written("en-US") == "$35"
    assert double_charge.fact("p1.remedy2").state == "granted"


def test_a_fact_that_does_not_exist_is_a_key_error(double_charge: Incident) -> None:
    """An id that nothing has is not quietly nothing."""
    with pytest.raises(KeyError):
        double_charge.fact("p9")


def test_covers_takes_full_ids_and_ids_within_the_problem(incident: Make) -> None:
    """Both ways of naming an impact are understood, also from the next steps."""
    for name in ("p1.impact1", "impact1"):
        made = incident(impacts="you took the bus", fixes={"done": "I paid your fare", "covers": name})
        assert made.problems[0].fixes[0].covers == (name,)
    made = incident(asks={"text": "for a date", "id": "date"}, next={"will": "I will call you", "covers": "date"})
    assert made.next[0].covers == ("date",)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"impacts": "you took the bus", "fixes": {"done": "I paid", "covers": "p1.impat1"}}, "did you mean 'p1.impact1'"),
        ({"impacts": [{"text": "a", "id": "x"}, {"text": "b", "id": "x"}]}, "the id 'x' is used twice"),
        ({"impacts": {"text": "a", "id": "X Y"}}, "pattern"),
    ],
)
def test_wrong_ids_are_refused(incident: Make, facts: Callable[..., dict[str, Any]], changes: dict[str, Any], says: str) -> None:
    """A misspelt, a doubled and a malformed id each say so."""
    with pytest.raises(ValidationError, match=says):
        Incident(**facts(**changes))


def test_an_incident_cannot_be_changed(double_charge: Incident) -> None:
    """Facts are values: what was checked is what is sent."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(double_charge, "reference", "order 1")  # noqa: B010 - mypy knows that it is read-only


def test_unknown_is_a_final_answer(incident: Make) -> None:
    """Cause, prevention and containment may be unknown, in the words people use for it."""
    made = incident(cause="don't know", prevention="unknown", containment="not known")
    problem = made.problems[0]
    assert (problem.cause, problem.prevention, problem.containment) == ("unknown",) * 3
    assert not any(fact.role in ("cause", "prevention", "containment") for fact in made.facts)


def test_the_turn_counts_our_public_messages(incident: Make) -> None:
    """Notes and the customer's messages do not make a reply the second one."""
    by = [("customer", True), ("us", False), ("note", False)]
    thread = [{"by": who, "text": "Hello", "public": public} for who, public in by]
    assert incident(thread=thread).turn == 1
    assert incident(thread=[*thread, {"by": "us", "text": "Hello"}]).turn == 2
