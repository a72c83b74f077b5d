"""Letters against what was approved: nothing else may be given, in no other amount, and a right is no gift."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drafter.checks import check
from drafter.incident import Incident, incident_from
from drafter.writer import Writer

CREDIT = {"kind": "credit", "amount": "£20", "reason": "goodwill", "by": "Ana Ruiz"}
REFUND = {"kind": "refund", "amount": "£40", "reason": "refund"}
RULES = {"unapproved-remedy", "right-as-gift"}
Facts = Callable[..., Incident]


@pytest.fixture
def given(incident: Facts) -> Facts:
    """Facts with a refund and a credit; `approved` as it is given."""

    def build(approved: Any, **more: Any) -> Incident:
        remedies = [REFUND, {"kind": "credit", "amount": "£20"}]
        facts = incident(**({"remedies": remedies, "impacts": [{"text": "you paid £12 for the bus", "cost": "£12"}]} | more))
        return incident_from({**facts.model_dump(), "approved": approved})

    return build


def found(text: str, facts: Incident) -> list[tuple[str, str]]:
    """What is found of remedies, with its words."""
    return [(finding.rule, finding.text) for finding in check(text, facts).findings if finding.rule in RULES]


def test_without_a_decision_nothing_changes(given: Facts) -> None:
    """Where nobody decides on remedies, what the facts have is what counts; their letter is as it was."""
    facts = given(None)
    letter = Writer().draft(facts)
    assert found(letter.text, facts) == []
    assert found("We will pay you £12.", facts) == []


def test_what_is_approved_may_be_promised(given: Facts) -> None:
    """By kind, reason and amount, however the amount is written; also all of it together."""
    facts = given([{**REFUND, "amount": "£40.00"}, CREDIT])
    assert found(Writer().draft(facts).text, facts) == []
    assert found("In all you will get £60.", facts) == []


def test_what_nobody_approved_is_an_error_at_its_words(given: Facts) -> None:
    """The draft is blocked, and says what is approved."""
    facts = given([REFUND])
    letter = Writer().draft(facts)
    assert letter.status == "blocked"
    (finding,) = [one for one in letter.findings if one.rule == "unapproved-remedy"]
    assert (finding.severity, finding.text) == ("error", "You'll get a credit of £20 from us")
    assert "refund of £40" in finding.message
    nothing = Writer().draft(given([]))
    assert [one.text for one in nothing.findings if one.rule == "unapproved-remedy"] == [
        "We are refunding £40",
        "You'll get a credit of £20 from us",
    ]


def test_another_amount_than_the_approved_is_an_error(given: Facts) -> None:
    """In the facts, and in the words of a letter."""
    facts = given([REFUND, {**CREDIT, "amount": "£15"}])
    (finding,) = [one for one in Writer().draft(facts).findings if one.rule == "unapproved-remedy"]
    assert "This gives £20, and £15 was approved" in finding.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We are refunding £12.", "£12"),  # another amount of the facts
        ("You will get a credit of £12 from us.", "£12"),
        ("A credit of £12 is on its way.", "£12"),
        ("We have added £25 to your account.", "£25"),
        ("I am giving you £40 of credit.", "£40"),  # money was approved, and this has to be spent with us
        ("We are sending you a voucher for £20.", "£20"),
        ("As an apology, we add £12 of credit.", "£12"),
        ("We are refunding £40, and as a gesture of goodwill we pay £12.", "£12"),
    ],
)
def test_an_amount_that_is_given_must_be_the_approved_one(given: Facts, text: str, words: str) -> None:
    """Whatever else of the facts has the same figure."""
    assert ("unapproved-remedy", words) in found(text, given([REFUND, CREDIT]))


@pytest.mark.parametrize(
    "text",
    [
        "You paid £12 for the bus, and I'm sorry.",
        "We charged you £12 by mistake.",
        "We cannot refund the £12.",
        "You asked whether we would pay the £12.",
        "I added £20 of credit to your account.",
        "We have refunded the £40.",
        "I'll tell you by Friday whether we refund the £12.",
        "We put £12 too much on your bill.",
    ],
)
def test_what_gives_nothing_else_is_let_through(given: Facts, text: str) -> None:
    """What they paid, what is refused, asked or open, and what was approved."""
    facts = given([REFUND, CREDIT], ours="we put £12 too much on your bill")
    assert found(text, facts) == []


def test_a_deed_of_the_facts_may_be_told(given: Facts) -> None:
    """What was done is done; it is no promise."""
    facts = given([CREDIT], remedies=[{"kind": "credit", "amount": "£20"}], fixes=[{"done": "I refunded the £33"}])
    assert found("I refunded the £33.", facts) == []
    plan = given([CREDIT], remedies=[{"kind": "credit", "amount": "£20"}], fixes=[{"will": "I will refund the £33", "by": "2026-03-20"}])
    assert found("I will refund the £33.", plan) == [("unapproved-remedy", "£33")]


def test_one_approval_covers_one_remedy(given: Facts) -> None:
    """Two credits of the same amount need two."""
    twice = [{"kind": "credit", "amount": "£20"}, {"kind": "credit", "amount": "£20", "text": "we added another £20 to your account"}]
    text = "You'll get a credit of £20 from us. We added another £20 to your account."
    assert len(found(text, given([CREDIT], remedies=twice))) == 1
    assert found(text, given([CREDIT, CREDIT], remedies=twice)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("As a gesture of goodwill, we are refunding the £40.", "As a gesture of goodwill"),
        ("On this occasion we’ll refund the £40.", "On this occasion"),
        ("We are refunding the £40 as a courtesy.", "as a courtesy"),
        ("As a gift, I refunded £40 and added £20 of credit.", "As a gift"),
    ],
)
def test_a_right_is_never_told_as_a_kindness(given: Facts, text: str, words: str) -> None:
    """Also where nobody decides on remedies."""
    for approved in (None, [REFUND, CREDIT]):
        assert found(text, given(approved)) == [("right-as-gift", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Your refund of £40 is on its way.",
        "As a gesture of goodwill, I added £20 of credit.",
    ],
)
def test_goodwill_may_be_called_so(given: Facts, text: str) -> None:
    """What goes beyond what is owed is one."""
    assert found(text, given(None)) == []


def test_a_clause_is_judged_by_its_own_amount(given: Facts) -> None:
    """What is owed may stand beside a kindness in one sentence."""
    text = "We are refunding £40, and as a gesture of goodwill we add £15."
    assert ("right-as-gift", "as a gesture of goodwill") not in found(text, given(None))


def test_the_composer_never_calls_a_right_a_kindness(given: Facts) -> None:
    """For each reason, in its own words."""
    for reason in ("refund", "statutory", "contractual"):
        for kind in ("refund", "payment", "credit", "voucher", "waiver", "replacement"):
            facts = given(None, remedies=[{"kind": kind, "amount": "£40", "reason": reason}])
            assert "goodwill" not in Writer().draft(facts).text
            assert found(Writer().draft(facts).text, facts) == []
