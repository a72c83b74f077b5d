"""Clauses that turn a fact into its opposite, and those that only look like it."""

from __future__ import annotations

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident

INCIDENT = Incident.model_validate(
    {
        "company": "Tern Lane Lamps",
        "signer": "Oona Field",
        "customer": "Bela Marsh",
        "as_of": "2026-06-02 10:00",
        "problems": [
            {
                "what": "the wrong lamp came",
                "ours": "we sent you the brass lamp instead of the oak lamp, although your order was valid, and did not ring you",
                "known": ["the oak lamp is safe to touch", "the parcel held no bulb", "no money has left your account"],
                "fixes": [
                    {"done": "we stopped packing lamps by hand", "on": "2026-06-01"},
                    {"done": "the shop deleted the second order", "on": "2026-06-01"},
                    {"doing": "I am checking the other parcels"},
                    {"done": "I restored 18 of the 20 photos of your hall", "on": "2026-06-02"},
                    {"done": "I wrote to every one of the 40 buyers", "on": "2026-06-02"},
                    {"done": "I took the £4 postage off", "on": "2026-06-02"},
                    {"done": "I sent the oak lamp with the right shade", "on": "2026-06-02"},
                ],
            }
        ],
        "asks": [
            {"text": "whether to send the brass lamp back", "answer": "there is nothing to send back, and the brass lamp is yours to keep"}
        ],
    }
)


def rules(text: str) -> set[str]:
    """The rules of what grounding finds in a text."""
    return {finding.rule for finding in ground(text, INCIDENT).findings if finding.severity == "error"}


@pytest.mark.parametrize(
    "text",
    [
        "The oak lamp is not safe to touch.",
        "Your order was not valid.",
        "The parcel did hold a bulb.",
        "We did ring you.",
        "Money has left your account.",
        "We are packing lamps by hand.",
        "The shop has kept the second order.",
        "I have stopped checking the other parcels.",
        "All 20 photos are back.",
        "Only some buyers have heard from me.",
        "The postage still applies.",
        "Please send the brass lamp back to us.",
        "You have to send the brass lamp back.",
        "You cannot keep the brass lamp.",
    ],
)
def test_the_opposite_of_a_fact_is_an_error(text: str) -> None:
    """A "not" too many or too few, a word that excludes the fact's, a stop that went on."""
    assert rules(text) == {"ungrounded-promise"}


@pytest.mark.parametrize(
    "text",
    [
        "The oak lamp is safe to touch.",
        "The parcel did not hold a bulb.",
        "No money has left your account.",
        "We did not ring you.",
        "We did not check the other parcels.",
        "Is the oak lamp not safe to touch?",
        "If the lamp is not safe to touch, tell me.",
        "We are no longer packing lamps by hand.",
        "Not only is the oak lamp safe to touch, it is here.",
        "Money left: none.",
        "18 of the 20 photos are back.",
        "All 40 buyers have heard from me.",
        "The postage no longer applies.",
        "You need not send the brass lamp back.",
        "You can keep the brass lamp.",
        "Please send me a word.",
    ],
)
def test_what_says_the_same_or_asks_is_left_alone(text: str) -> None:
    """The same in other words, questions, conditions and bare notes are no opposite."""
    assert "ungrounded-promise" not in rules(text)
