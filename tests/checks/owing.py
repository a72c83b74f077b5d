"""Incidents that the tests of owed elements share."""

from __future__ import annotations

from typing import Any

from drafter.checks.report import ElementState
from drafter.incident import Fault, Incident, Kind


def problem(fault: Fault, **more: Any) -> dict[str, Any]:
    """A double charge with everything entered that its fault allows."""
    facts: dict[str, Any] = {
        "what": "your card was charged twice for the May invoice",
        "fault": fault,
        "impacts": ["your account went overdrawn"],
        "cause": "the billing job ran twice",
        "fixes": [{"done": "I refunded the second $60.00", "on": "2026-05-04"}],
        "remedies": [{"kind": "credit", "amount": "$20", "text": "I added $20 of credit to your account"}],
        "prevention": [{"done": "the job now checks whether it has run", "on": "2026-05-05"}],
    }
    if fault in ("ours", "shared"):
        facts["ours"] = "we charged your card twice for the May invoice"
    return {**facts, **more}


def incident(kind: Kind = "apology", fault: Fault = "ours", **more: Any) -> Incident:
    """An incident of one problem, by email, of normal severity."""
    facts: dict[str, Any] = {
        "company": "Alder Books",
        "signer": {"name": "Nora Lind", "phone": "555-0100"},
        "as_of": "2026-05-06 10:00",
        "problems": [problem(fault)],
        "kind": kind,
    }
    return Incident(**{**facts, **more})


def missing(states: dict[str, ElementState]) -> set[str]:
    """The elements that are owed."""
    return {element for element, state in states.items() if state == "missing"}
