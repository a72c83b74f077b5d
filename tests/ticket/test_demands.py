"""Demands on a list: each is a request for itself, and nothing beside it is one."""

from __future__ import annotations

import pytest

from drafter.ticket import read_by_rules
from drafter.ticket.wish import wish


def asks(text: str) -> list[str]:
    """The requests that are read in a ticket."""
    return [item.text for item in read_by_rules(text).of("ask")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "My order never came.\n\nI want:\n1) my $85 back TODAY\n2) a new slot THIS WEEK, after noon",
            ["for your $85 back today", "for a new slot this week, after noon"],
        ),
        ("My order never came.\nwhat i need:\ncharger\nthe right lock\n\nthx", ["for the charger", "for the right lock"]),
        (
            "My order never came. Want: credit for the days, 35 for parking, an apology.",
            ["for credit for the days", "for 35 for parking", "for an apology"],
        ),
        (
            "The sofa arrived broken. What I expect: a repair by a real restorer. The late"
            " fee away. And 300 £ for all this. It was a mess.",
            ["for a repair by a real restorer", "for the late fee to be taken away", "for 300 £ for all this"],
        ),
        ("My order never came. I'd like 1) the fee, 2) a call, at your cost.", ["for the fee", "for a call, at our cost"]),
        (
            "My order never came. I expect an engineer tomorrow, two days pay, and the plan refunded.",
            ["for an engineer tomorrow", "for two days pay", "for the plan to be refunded"],
        ),
        (
            "My order never came.\nI expect:\n* 50 £ and the second visit\n* my bed back",
            ["for 50 £ and the second visit", "for your bed back"],
        ),
        (
            "You lost my parcel. Cancel the order, call off the debt firm and write to my mother.",
            ["that we cancel the order", "that we call off the debt firm", "that we write to your mother"],
        ),
    ],
)
def test_each_demand_goes_on_from_you_asked(text: str, wanted: list[str]) -> None:
    """By line, number, comma and full stop; what only tells is left out."""
    assert asks(text) == wanted


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        ("you to recall the duplicates", "that we recall the duplicates"),
        ("that you withdraw the decision of 3 May", "that we withdraw the decision of 3 May"),
        ("someone above Denise to call me", "for someone above Denise to call you"),
        ("brake fixed at my local shop", "for the brake to be fixed at your local shop"),
        ("proof its cancelled", "for proof its cancelled"),
        ("400 back from the 1,900 we paid", "for 400 back from the 1,900 you paid"),
        ("somebody who knows what they are doing", "for somebody who knows what they are doing"),
        ("not pay for the correction", "not to pay for the correction"),
        ("new windows", "for new windows"),
        ("not with the grumpy dr", None),
    ],
)
def test_a_thing_is_turned_where_that_is_sure(words: str, ours: str | None) -> None:
    """The customer is "you", we are "we"; what is said of a person is not repeated."""
    assert wish(words) == ours


def test_an_insult_beside_a_demand_is_left_for_a_person() -> None:
    """The demand is read, the words on somebody are only shown."""
    facts = read_by_rules(
        "My order never came.\n\nI want:\n- a new slot this week, after school, and not with the grumpy dr\n- my money back"
    )
    assert [item.text for item in facts.of("ask")] == ["for a new slot this week, after school", "for your money back"]
    assert [left.quote for left in facts.dropped if left.kind == "ask"] == ["not with the grumpy dr"]


@pytest.mark.parametrize(
    "text",
    [
        "My order never came (refs 88213, 88240 - collect them all!!)",
        "Congratulations, you broke my phone a third time, is there a prize??",
        "My order never came. Look at your books please, before you send threats!",
        "We drove to the clinic. Get there and nobody knew about my appointment.",
        "You charged me twice. I have the receipts. Great job, gold star.",
        "Three things went wrong:\n- the lamp arrived broken\n- two boxes are missing",
        "Please help. The wrong size. The app crashed.",
    ],
)
def test_what_only_mocks_or_tells_is_no_request(text: str) -> None:
    """Jibes, rhetoric and lists of what went wrong."""
    assert [ask for ask in asks(text) if ask != "for help"] == []
