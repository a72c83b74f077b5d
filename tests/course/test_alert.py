"""Others who are hit: due until they are told, and a notice that holds nothing of the customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from drafter.course import Course, Exposed, State, alerts, due, missing
from drafter.errors import StepError
from drafter.house.cadence import CadenceTable
from drafter.incident import Incident
from drafter.writer import Writer
from tests.course.conftest import at

Facts = Callable[..., Incident]
TABLE = CadenceTable()
STOP = "Please do not ride it until you hear from us"
SHOP = Exposed("exp_1", "inc_1", "the other eleven of that day", STOP, at("09:30"))


def hit(course: Callable[..., Course], incident: Facts, *exposed: Exposed, **more: Any) -> Course:
    """An incident that hits others too."""
    facts = incident(**({"unknown": ["why the chain slips"], "what": "the chain that we fitted slips"} | more))
    return course(facts=facts, exposed=exposed)


def test_who_is_hit_hears_as_soon_as_the_first_one(course: Callable[..., Course], incident: Facts) -> None:
    """Due by the first word of the severity, overdue after it, and no longer once they were told."""
    found = hit(course, incident, SHOP, severity="urgent")
    (item,) = [one for one in due(found, TABLE.of("urgent"), at("09:40")) if one.step == "exposed"]
    assert (item.by, item.overdue) == (at("09:45"), False)
    assert STOP in item.what
    assert [one.overdue for one in due(found, TABLE.of("urgent"), at("09:50")) if one.step == "exposed"] == [True]
    told = replace(found, exposed=(replace(SHOP, told=at("09:41")),))
    assert not [one for one in due(told, TABLE.of("urgent"), at("09:50")) if one.step == "exposed"]


def test_it_is_not_contained_or_resolved_while_somebody_does_not_know(course: Callable[..., Course], incident: Facts) -> None:
    """Whatever its severity."""
    facts = {"fixes": [{"done": "I fitted a new chain"}], "containment": [{"done": "I checked the others"}], "unknown": []}
    states: tuple[State, ...] = ("contained", "resolved")
    for state in states:
        found = hit(course, incident, SHOP, **facts)
        keys = [complaint.key for complaint in missing(found, state, TABLE.of("normal"))]
        assert keys.count("exp_1") == 1
        told = replace(found, exposed=(replace(SHOP, told=at("09:41")),))
        assert "exp_1" not in [complaint.key for complaint in missing(told, state, TABLE.of("normal"))]


def test_the_notice_says_what_happened_and_what_to_stop_and_nothing_of_the_customer(course: Callable[..., Course], incident: Facts) -> None:
    """One for each thing that has to stop; those who were told get none."""
    other = replace(SHOP, id="exp_2", who="the rental shop", stop="Please take the bikes back in.")
    third = replace(SHOP, id="exp_3", who="the club")
    known = replace(SHOP, id="exp_4", told=at("09:41"))
    found = hit(
        course,
        incident,
        SHOP,
        other,
        third,
        known,
        reference="R-77",
        ours="we fitted the wrong chain",
        impacts=["you fell"],
        loss="£40",
        remedies=[{"kind": "refund", "amount": "£40"}],
        asks=["for a new bike"],
    )
    made = alerts(found, TABLE.of("normal"), at("10:00"))
    assert [[one.who for one in group] for _, group in made] == [[SHOP.who, third.who], [other.who]]
    letter = Writer().draft(made[0][0])
    assert letter.status == "ready"
    assert f"{STOP}." in letter.text
    assert "write to you again" in letter.text
    assert not any(words in f"{letter.subject} {letter.text}" for words in ("Ravi", "R-77", "fell", "£40", "new bike"))


def test_a_notice_that_would_name_the_customer_is_refused(course: Callable[..., Course], incident: Facts) -> None:
    """With the fact that does."""
    found = hit(course, incident, SHOP, reference="order 1042", what="the parcel of order 1042 leaked")
    with pytest.raises(StepError, match=r"p1: “the parcel of order 1042 leaked” has “1042” in it"):
        alerts(found, TABLE.of("normal"), at("10:00"))


def test_there_is_no_notice_to_nobody(course: Callable[..., Course], incident: Facts) -> None:
    """Say first who is hit."""
    with pytest.raises(StepError, match="nobody is known to be hit who was not told"):
        alerts(hit(course, incident), TABLE.of("normal"), at("10:00"))
