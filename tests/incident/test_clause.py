"""Whether a clause owns the mistake."""

from __future__ import annotations

import pytest

from drafter.incident.clause import owns


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
    ("clause", "owned"),
    [
        ("our driver left it in the rain", True),
        ("our night porter gave your room away", True),
        ("one of our engineers cut the cable", True),
        ("our fitter didn't ring", True),
        ("on Monday our locksmith went to Park Road", True),
        ("our server crashed", False),
        ("our driver was ill", False),
        ("our customers left", False),
        ("your driver left it", False),
        ("our van broke down", False),
    ],
)
def test_people_of_ours_who_act_are_us(clause: str, owned: bool) -> None:
    """What somebody of ours did is ours; what a machine did, or what befell somebody, is no act of ours."""
    assert owns(clause) is owned
