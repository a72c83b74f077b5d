"""Whether a clause owns the mistake, and what a clause that does not could say instead."""

from __future__ import annotations

import pytest

from drafter.incident.clause import owns, proposal


@pytest.mark.parametrize(
    "clause",
    [
        "we charged your card twice",
        "I gave you the wrong date",
        "on Monday we sent the parcel to your old address",
        "when you called, I told you the wrong price",
        "We didn't tell you that the price had changed",
        "we never sent the contract",
        "since May we have billed you for two seats too many",
    ],
)
def test_a_clause_with_us_as_the_one_who_acted_owns(clause: str) -> None:
    """We or I did, or failed to do, something."""
    assert owns(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "your card was charged twice",
        "the parcel got lost",
        "mistakes were made",
        "an error occurred on our side",
        "you were charged twice by our system",
        "we experienced an outage",
        "we are aware of a problem",
        "we're sorry this happened",
        "we regret the delay",
        "we have had an issue with payments",
        "we were informed of a delay",
        "",
        "we",
    ],
)
def test_a_clause_that_hides_who_acted_does_not_own(clause: str) -> None:
    """Passives, nominal harm, and we as the one it happened to are not an act of ours."""
    assert not owns(clause)


@pytest.mark.parametrize(
    ("clause", "better"),
    [
        ("your card was charged twice", "we charged your card twice"),
        ("The wrong size was sent.", "we sent you the wrong size"),
        ("your booking was wrongly cancelled on Friday", "we wrongly cancelled your booking on Friday"),
        ("wrong size arrived", "we sent you the wrong size"),
        ("your file was given to another customer", "we gave your file to another customer"),
        ("our courier left the parcel in the rain", "we left the parcel in the rain"),
        ("the driver lost your parcel", "we lost your parcel"),
        ("order shipped to the old address", "we shipped the order to the old address"),
    ],
)
def test_a_proposal_turns_the_persons_own_words_round(clause: str, better: str) -> None:
    """The proposed clause owns, and is made of the words that were there."""
    assert proposal(clause) == better
    assert owns(better)


@pytest.mark.parametrize("clause", ["it is bad", "you are angry", "your contract was not sent", "delays", ""])
def test_no_proposal_is_better_than_a_wrong_one(clause: str) -> None:
    """Where the words do not give an act of ours, nothing is proposed."""
    assert proposal(clause) == ""
