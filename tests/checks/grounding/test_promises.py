"""Promises, states and agents: what will be, how far it is, and who did it."""

from __future__ import annotations

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident


def rules(text: str, incident: Incident) -> set[str]:
    """The rules of the findings on a text."""
    return {finding.rule for finding in ground(text, incident).findings}


@pytest.mark.parametrize(
    "text",
    [
        "I'll call you on Monday.",
        "I will phone you tomorrow.",
        "We'll refund the shipping as well.",
        "You'll receive a $50 credit.",
        "I'm going to send you a new mug.",
        "A replacement is on its way.",
        "We promise that you will never be charged twice again.",
        "This will never happen again.",
        "Our team will visit you.",
        "Maya will extend your subscription.",
        "We are sending you a gift.",
        "You will get a free month.",
        "Our lawyer will write to you by November 25.",
        "A hamper is being sent to you.",
        "I'll check the refund on December 3.",
    ],
)
def test_a_promise_that_no_fact_holds_is_found(text: str, double: Incident) -> None:
    """First person, third person, passive and "you'll get": each needs a fact."""
    assert rules(text, double) & {"ungrounded-promise", "ungrounded-date", "ungrounded-money"}


@pytest.mark.parametrize(
    "text",
    [
        "On November 25 I'll check that you have the refund.",
        "I'll email you on the 25th, whatever I find.",
        "I'll write to you next Wednesday.",
        "The $149.00 will be back with your bank by Wednesday.",
        "You'll have the money at your bank by November 25.",
        "It will be there by Wednesday.",
        "You will hear from me on November 25.",
        "We are paying the $35 bank fee.",
        "The credit won't expire.",
        "You'll see the refund as a line of its own.",
        "I'll explain it on the phone if you like.",
        "If you send me a photo, I will look at it.",
        "Will it be there in time?",
        "We will do better.",
        "Will the money reach my bank? It will.",
        "What will change",
        "The refund is on its way, and that will be finished by November 25.",
        "How long it will take my bank to book it, we can't say.",
    ],
)
def test_a_promise_that_a_fact_holds_is_not_found(text: str, double: Incident) -> None:
    """Other words for the same act, with its day; harmless futures; offers that wait for the customer; questions."""
    assert "ungrounded-promise" not in rules(text, double)


@pytest.mark.parametrize(
    "text",
    [
        "We will decide about the $300 for the lost calls and tell you.",
        "Whether we pay the $300 for the lost calls is not decided; our manager will do so.",
        "You'll have our answer on the $300 for the lost calls.",
    ],
)
def test_a_decision_to_come_is_no_grant(text: str, broadband: Incident) -> None:
    """Saying when or by whom it is decided grants nothing, also where a pronoun stands for it."""
    assert "ungrounded-promise" not in rules(text, broadband)


def test_a_gift_told_in_the_present_is_a_promise(double: Incident) -> None:
    """What nobody grants is found without a future tense, and a freedom is no gift."""
    assert "ungrounded-promise" in rules("Your next order with us is on the house.", double)
    assert "ungrounded-promise" not in rules("You are free to spend it whenever you like.", double)


def test_a_promise_names_its_fact(double: Incident) -> None:
    """The claim of a promise has the id of the action that grants it."""
    claims = ground("On November 25 I'll check that the refund has reached you.", double).claims
    assert [claim.fact for claim in claims if claim.kind == "promise"] == ["next1"]


@pytest.mark.parametrize(
    "text",
    [
        "You will get the $300 for the lost calls.",
        "We have approved the $300 for the lost calls.",
        "We have granted you $300 for the calls you lost.",
        "I paid you $300 for the lost calls.",
    ],
)
def test_what_is_pending_is_never_granted(text: str, broadband: Incident) -> None:
    """A decision that is still to come may not be told as made."""
    assert rules(text, broadband) & {"ungrounded-promise", "ungrounded-money"}


@pytest.mark.parametrize("text", ["The driver will apologise in person.", "We have agreed that the driver will apologise in person."])
def test_what_was_declined_is_never_granted(text: str, cake: Incident) -> None:
    """A refusal may not turn into a yes."""
    assert "ungrounded-promise" in rules(text, cake)


def test_the_way_on_behind_a_refusal_may_be_promised(cake: Incident) -> None:
    """What the facts offer instead is granted."""
    assert rules("The driver can't apologise in person, but I will come myself if you wish.", cake) == set()


@pytest.mark.parametrize(
    ("story", "text"),
    [
        ("double", "I checked that the refund has reached you."),
        ("broadband", "A courier brought you a mobile hotspot."),
        ("broadband", "A courier has brought you a mobile hotspot."),
        ("broadband", "Four technicians have spliced the cable."),
        ("broadband", "A courier already brings you a mobile hotspot."),
        ("broadband", "Our manager has approved the $300 for the lost calls."),
        ("broadband", "We have credited $62.50, your fee for February."),
        ("cake", "Our driver collected the cake boxes from your porch."),
    ],
)
def test_what_is_to_come_is_never_done(story: str, text: str, stories: dict[str, Incident]) -> None:
    """Planned is not done, and being done is not done either."""
    assert "ungrounded-promise" in rules(text, stories[story])


@pytest.mark.parametrize(
    ("story", "text", "rewrite"),
    [
        ("double", "You charged your card twice for order 1042.", "We"),
        ("double", "You refunded the second $149.00 on November 20.", "I"),
        ("double", "You added $149.00 of credit to your account.", "I"),
        ("cake", "You delivered your birthday cake three hours late.", "We"),
        ("cake", "We bought another cake for £28.", "You"),
        ("broadband", "You cut the cable to your street while digging on Aspen Road.", "We"),
    ],
)
def test_who_did_what_may_not_flip(story: str, text: str, rewrite: str, stories: dict[str, Incident]) -> None:
    """The facts' act with the other side's subject is found, with the right subject to put in its place."""
    flips = [finding for finding in ground(text, stories[story]).findings if finding.rule == "reversed-agent"]
    assert [finding.rewrite for finding in flips] == [rewrite]
    assert all(text[flip.start : flip.end] == flip.text for flip in flips)


@pytest.mark.parametrize(
    ("text", "flipped"),
    [
        ("Our bank took a $35 fee.", True),
        ("Please write to me on November 25.", True),
        ("If you'd rather talk, please call me at 555-0142.", False),
        ("I'll write to you on November 25. Please write to me if you need anything.", False),
        ("Your card was charged twice.", False),
        ("Your card was charged twice by us.", False),
        ("Your card was charged twice by you.", True),
        ("We charged your card twice.", False),
        ("You don't need to spend anything to use it.", False),
        ("You told me about it, and you were right.", False),
    ],
)
def test_possessions_requests_and_passives(text: str, flipped: bool, double: Incident) -> None:
    """Things and requests change sides too; a passive without an agent and an invitation do not."""
    assert ("reversed-agent" in rules(text, double)) is flipped


@pytest.mark.parametrize("text", ["We are waiving $180.", "We have waived the $180.", "We waived the charge."])
def test_a_waiver_is_told_with_its_verb(text: str) -> None:
    """A waiver without words of its own backs "we are waiving it", and one that is refused or open does not."""
    late = {"what": "we came late", "ours": "we came late"}
    waiver = {"kind": "waiver", "amount": "$180"}
    for decision, found in ({}, set()), ({"decision": "pending"}, {"ungrounded-promise"}):
        incident = Incident(company="Hollow", signer="Bo Li", problems=[{**late, "remedies": [{**waiver, **decision}]}])
        assert rules(text, incident) == found
