"""Times at which a text says that something comes, and the coming facts that have them."""

from __future__ import annotations

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident

INCIDENT = Incident.model_validate(
    {
        "company": "Tern Lane Lamps",
        "signer": "Oona Field",
        "customer": "Bela Marsh",
        "locale": "en-GB",
        "as_of": "2026-06-02 10:00",  # a Tuesday
        "problems": [
            {
                "what": "the wrong lamp came",
                "ours": "we sent you the brass lamp instead of the oak lamp",
                "impacts": ["you have no lamp for your party on Saturday"],
                "fixes": [
                    {"done": "I packed the oak lamp", "on": "2026-06-01"},
                    {"will": "the oak lamp will reach you", "by": "2026-06-04 13:00"},
                ],
                "remedies": [{"kind": "refund", "amount": "£5", "text": "I refunded the £5 delivery fee", "on": "2026-06-02"}],
            }
        ],
        "asks": [{"text": "for a second shade", "decision": "pending", "on": "2026-06-05"}],
        "next": [{"will": "I will ring you to hear how it looks", "on": "2026-06-02 17:00"}],
    }
)


def promised(text: str) -> bool:
    """Whether the check of a text says that something in it is promised that no fact holds."""
    return any(finding.rule == "ungrounded-promise" for finding in ground(text, INCIDENT).findings)


@pytest.mark.parametrize(
    "text",
    [
        "You'll have it by Monday.",
        "You will have the lamp by tonight.",
        "The lamp comes on Friday.",
        "The money comes on Friday.",
        "Our courier will ring you on Monday.",
        "The shop will have decided by close of business on Monday.",
    ],
)
def test_a_time_that_no_coming_fact_has_is_an_error(text: str) -> None:
    """The day of what is done, of a call or of a decision is none on which a thing arrives."""
    assert promised(text)


@pytest.mark.parametrize(
    "text",
    [
        "You'll have it by Thursday, 1 pm.",
        "The lamp comes on Thursday.",
        "You will hear from me this afternoon at five.",
        "You will have my answer on the shade on Friday.",
        "Will it come on Monday?",
        "If it does not come on Monday, ring me.",
        "You will have it before Saturday.",
        "You have been without a lamp since Monday.",
    ],
)
def test_a_time_of_a_coming_fact_stands(text: str) -> None:
    """The same time in other words, and times that say nothing of what comes."""
    assert not promised(text)
