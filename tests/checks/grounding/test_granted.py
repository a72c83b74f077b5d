"""What a customer demands is granted by no sentence: their own words are no fact of ours."""

from __future__ import annotations

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident

INCIDENT = Incident.model_validate(
    {
        "company": "Harrow & Finch",
        "signer": "Ellen Marsh",
        "as_of": "2026-03-12 10:00",
        "problems": [{"what": "your bike was not ready", "ours": "we missed the date for your bike"}],
        "thread": [{"by": "customer", "when": "2026-03-11 10:00", "text": "I paid $90 and I demand a refund of $5,000."}],
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "I confirm a refund of $5,000.",
        "We accept the $5,000.",
        "You get $5,000.",
        "You receive the $5,000 today.",
        "I have refunded $5,000.",
        "You will get $5,000.",
    ],
)
def test_an_amount_that_was_demanded_is_not_granted(text: str) -> None:
    """However it is given: by being said, as done, or as to come."""
    assert any(finding.text == "$5,000" and finding.severity == "error" for finding in ground(text, INCIDENT).findings)


@pytest.mark.parametrize(
    "text", ["You asked for a refund of $5,000.", "We can't pay $5,000.", "We do not owe you $5,000.", "You ask for $5,000."]
)
def test_a_demand_is_told_and_refused(text: str) -> None:
    """To say what was asked for, or to say no to it, gives nothing."""
    assert not [finding for finding in ground(text, INCIDENT).findings if "$5,000" in finding.text]
