"""Which kind of message the facts ask for, and which kinds go with which fault."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import pytest

from drafter.errors import IncidentError
from drafter.incident import KIND_FAULTS, Fault, Kind, incident_from
from tests.conftest import Facts

FIX = {"done": "I fitted the chain"}
OURS_BEFORE = [{"by": "us", "text": "We are looking at your bike."}]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"fixes": FIX}, "apology"),
        ({"remedies": {"kind": "refund", "amount": "£20"}}, "apology"),
        ({}, "holding"),
        ({"fault": "unknown", "ours": None}, "holding"),
        ({"fault": "unknown", "ours": None, "thread": OURS_BEFORE}, "update"),
        ({"fault": "not_ours", "ours": None}, "answer"),
    ],
)
def test_the_kind_is_derived_from_the_facts(facts: Facts, changes: dict[str, Any], kind: str) -> None:
    """Fault, fixes and what was written before decide, unless the kind is given."""
    assert incident_from(facts(**changes)).kind == kind


@pytest.mark.parametrize(("kind", "fault"), list(itertools.product(get_args(Kind), get_args(Fault))))
def test_a_kind_goes_with_the_faults_of_the_table_and_no_other(facts: Facts, kind: Kind, fault: Fault) -> None:
    """A wrong pair is refused with the kinds that would do; each of those is accepted."""
    changes = {"fault": fault, "kind": kind} | ({} if fault in ("ours", "shared") else {"ours": None})
    if fault in KIND_FAULTS[kind]:
        assert incident_from(facts(**changes)).kind == kind
        return
    with pytest.raises(IncidentError, match=f"kind {kind} does not fit fault {fault}") as caught:
        incident_from(facts(**changes))
    for other in str(caught.value).split("use ")[1].split(", "):
        assert incident_from(facts(**changes | {"kind": other})).kind == other


def test_an_answer_takes_no_problem_of_ours_beside_it(facts: Facts) -> None:
    """A message that also owns a mistake is no mere answer."""
    both = facts(kind="answer")
    both["problems"].append({"what": "the lock was damaged", "fault": "not_ours"})
    with pytest.raises(IncidentError, match="kind answer does not fit"):
        incident_from(both)
    assert incident_from(both | {"kind": "apology"}).kind == "apology"
