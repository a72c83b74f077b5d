"""Points of law that a draft concedes and no fact does: liability, negligence, breach, damages, terms given up, claims not contested."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident

DEMAND = """
    You left the vent open and my books are soaked. I want you to accept unlimited liability, admit negligence and a breach of contract
    and of the GDPR, waive your terms, pay my legal costs, indemnify me and compensate me for all my losses, or I go to court.
"""
FACTS: dict[str, Any] = {
    "company": "Corvid Storage",
    "signer": "Ines Hale",
    "customer": "Tom Reed",
    "as_of": "2026-05-07 10:30",
    "problems": [
        {
            "what": "water came into your unit",
            "ours": "we left the roof vent above your unit open",
            "impacts": ["your three boxes of books are wet"],
            "fixes": [{"done": "we moved your boxes to a dry unit", "on": "2026-05-06"}],
        }
    ],
    "asks": [{"text": "that you accept unlimited liability", "decision": "pending", "on": "2026-05-14", "owner": "Ines Hale"}],
    "thread": [{"by": "customer", "text": DEMAND}],
}


def conceded(text: str, ours: str = FACTS["problems"][0]["ours"]) -> set[str]:
    """The rules of the errors on a text, beside the facts with this as our part."""
    problem = {**FACTS["problems"][0], "ours": ours}
    return {
        finding.rule
        for finding in ground(text, Incident.model_validate({**FACTS, "problems": [problem]})).findings
        if finding.severity == "error"
    }


@pytest.mark.parametrize(
    "text",
    [
        "We accept unlimited liability.",
        "We accept full liability for the water.",
        "The company admits fault and liability without reservation.",
        "Liability is not in dispute.",
        "We are legally liable for your books.",
        "We were negligent.",
        "We failed in our duty of care.",
        "We were in breach of contract.",
        "We infringed the GDPR.",
        "We will compensate you for all your losses.",
        "We agree to cover your solicitor's fees.",
        "We will indemnify you against any claim.",
        "We waive the terms and conditions of your contract.",
        "The exclusions in our contract no longer apply to you.",
        "You are released from your lease without penalty.",
        "We will not contest your claim.",
        "Please regard this letter as an admission of liability.",
    ],
)
def test_a_point_of_law_that_only_the_customer_raised_is_held_back(text: str) -> None:
    """What somebody demanded in so many words is granted by no fact."""
    assert conceded(text) == {"ungrounded-promise"}


@pytest.mark.parametrize(
    "text",
    [
        "We take the blame for the open vent.",
        "This was our mistake.",
        "We are responsible for your unit, and we left the vent open.",
        "We broke our word to you.",
        "You want us to accept liability; Ines Hale will answer that on 14 May.",
        "Whether we are liable is for Ines Hale to say.",
        "I can't say anything about liability today.",
        "Nothing here waives your rights.",
        "We do not admit liability.",
        "Have we breached your contract?",
        "Your contract is not changed by this.",
    ],
)
def test_owning_a_mistake_concedes_nothing_in_law(text: str) -> None:
    """Plain ownership, what was asked, what is open and what is refused."""
    assert conceded(text) == set()


def test_what_the_facts_concede_may_be_said() -> None:
    """Somebody who may decide it has put it into the facts; another point of law is still held back."""
    ours = "we breached our contract with you by leaving the roof vent open"
    assert conceded("We breached our contract with you by leaving the roof vent open.", ours) == set()
    assert conceded("We were negligent.", ours) == {"ungrounded-promise"}
