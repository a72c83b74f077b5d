"""Claims of a text and the facts they rest on; findings where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident

DATA = Path(__file__).parent / "data"
SENTENCES = [json.loads(line) for line in (DATA / "sentences.jsonl").read_text("utf-8").splitlines()]


def rules(text: str, incident: Incident) -> list[str]:
    """The rules of the findings on a text."""
    return [finding.rule for finding in ground(text, incident).findings]


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:40])
def test_a_fact_in_other_words_is_grounded(row: dict[str, str], stories: dict[str, Incident]) -> None:
    """Sentences that people write from the facts raise nothing."""
    assert ground(row["text"], stories[row["story"]]).findings == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The fee of $35 is paid.", "fee"),
        ("The 35 dollars are paid.", "fee"),
        ("I refunded it on November 20.", "p1.fix1"),
        ("I refunded it on 20 November.", "p1.fix1"),
        ("I refunded it on Nov 20th.", "p1.fix1"),
        ("You have it by November 25.", "when"),
        ("It happened on November 18.", "p1"),
        ("It happened on Wednesday, November 18.", "p1"),
        ("It happened two days ago.", "p1"),
        ("My number is 555-0142.", "signer.phone"),
        ("My number is 555 0142.", "signer.phone"),
        ("Your order #1042 is safe.", "reference"),
        ("We wrote to tom.becker@example.com.", "customer.email"),
    ],
)
def test_a_value_names_its_fact(text: str, fact: str, double: Incident) -> None:
    """Equal values of any writing rest on the fact that has them."""
    grounding = ground(text, double)
    assert grounding.findings == []
    assert fact in [claim.fact for claim in grounding.claims]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The fee of $53 is paid.", "ungrounded-money"),
        ("The 36 dollars are paid.", "ungrounded-money"),
        ("The fee of £35 is paid.", "ungrounded-money"),
        ("It happened on November 17.", "ungrounded-date"),
        ("It happened on the 3rd.", "ungrounded-date"),
        ("It happened last Tuesday.", "ungrounded-date"),
        ("It happened tomorrow.", "ungrounded-date"),
        ("It happened at 9:15.", "ungrounded-date"),
        ("It happened a week ago.", "ungrounded-date"),
        ("It took three hours.", "ungrounded-date"),
        ("It took 20% longer.", "ungrounded-number"),
        ("Your order #1043 is safe.", "ungrounded-number"),
        ("Order 1024 is safe.", "ungrounded-number"),
        ("We charged you seven times.", "ungrounded-number"),
        ("My number is 555-0143.", "ungrounded-number"),
        ("Write to help@example.com.", "ungrounded-number"),
        ("Hi Tim,\n\nIt is fixed.", "ungrounded-name"),
        ("I asked Gerald about it.", "ungrounded-name"),
        ("Gerald has checked it.", "ungrounded-name"),
        ("It is fixed.\n\nNina Lindqvist\nSupport lead, Northwind Coffee", "ungrounded-name"),
        ("It is fixed.\n\nMaya Lindqvist\nSupport lead, Southwind Coffee", "ungrounded-name"),
        ("Thursday, November 20 was the day.", "ungrounded-date"),
    ],
)
def test_a_value_without_a_fact_is_an_error(text: str, rule: str, double: Incident) -> None:
    """What no fact has is found, each by its rule, as an error."""
    findings = ground(text, double).findings
    assert rule in [finding.rule for finding in findings]
    assert {finding.severity for finding in findings} == {"error"}


@pytest.mark.parametrize(
    "text",
    [
        "That is $298.00 in total.",
        "Two things went wrong here; both are ours.",
        "We are here 24/7.",
        "1. The refund\n2. The fee",
        "This is the first of the changes.",
        "One more thing: it is fixed.",
        "Reply here any time, and I'll explain.",
        "Copyright 2026.",
        "If you reply, I'll look at it with you.",
        "You can reach me at 555-0142.",
        "We'll make this right.",
        "> I want $900 by Monday, Gerald!\n\nIt is fixed.",
        "`total = 977`",
        "Hi Tom, Unfortunately we charged you twice.",
    ],
)
def test_what_claims_nothing_raises_nothing(text: str, double: Incident) -> None:
    """Sums of the facts, markers, offers, quoted trails and code are no inventions."""
    assert ground(text, double).findings == []


def test_a_wrong_amount_tells_and_mends(double: Incident) -> None:
    """The message names the nearest amount of the facts, and the rewrite is that amount."""
    text = "I refunded $150.00."
    (finding,) = [finding for finding in ground(text, double).findings if finding.rule == "ungrounded-money"]
    assert finding.text == text[finding.start : finding.end] == "$150.00"
    assert finding.message == "$150.00 is not among the facts; the facts say $149.00."
    assert finding.rewrite == "$149.00"


def told(text: str, incident: Incident) -> list[str]:
    """The messages of values that no fact has."""
    return [finding.message for finding in ground(text, incident).findings if "not among" in finding.message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Your ticket is NC-4471.", "NC-4471 is not among the facts."),  # the facts have a phone number, which is none
        ("You can write to help@elsewhere.example.", "help@elsewhere.example is not among the facts."),
        ("It waits in locker 1043.", "1043 is not among the facts."),  # 1042 is an order
        ("I will call you on November 19.", "November 19 is not among the facts."),  # the 18th is gone
        ("I will call you on November 30.", "November 30 is not among the facts."),
        ("I refunded $210.00 for the kettle.", "$210.00 is not among the facts."),
    ],
)
def test_no_fact_of_another_kind_or_matter_is_named(text: str, message: str, double: Incident) -> None:
    """A phone number is not what a reference was meant to be, nor a day that is gone the one of a call to come."""
    assert told(text, double) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("We charged your card on November 17.", "November 17 is not among the facts; the facts say November 18."),
        ("Order 1043 was the one.", "1043 is not among the facts; the facts say 1042."),
        ("The bank fee was $36.", "$36 is not among the facts; the facts say $35."),
    ],
)
def test_a_fact_of_the_same_kind_and_matter_is_named(text: str, message: str, double: Incident) -> None:
    """A slip of a digit, or another day of the same act, is told with what the facts have."""
    assert told(text, double) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Your statement of November 8 is not touched by this.", "November 8 is not among the facts."),  # a digit from the 18th
        ("The letter dated November 28 was wrong.", "November 28 is not among the facts."),
        ("You placed the order on November 16.", "November 16 is not among the facts."),  # what you did is not what we did
        ("On October 18 you first asked us.", "October 18 is not among the facts."),
        ("You picked up the beans on November 19.", "November 19 is not among the facts."),
        ("We answered your note of November 17 the same day.", "November 17 is not among the facts."),
    ],
)
def test_a_day_of_something_else_is_never_put_in_the_place_of_one(text: str, message: str, double: Incident) -> None:
    """What only dates a thing, or tells of another deed, gets no day of the facts proposed, however near it is."""
    assert told(text, double) == [message]
    assert all(finding.rewrite is None for finding in ground(text, double).findings)


def test_what_the_ticket_says_is_no_invention(double: Incident) -> None:
    """A letter's date that the customer named may be named, and is not held to be another date gone wrong."""
    wrote = {"by": "customer", "text": "I have your letter of November 3, and on November 12 I rang your shop."}
    incident = Incident.model_validate({**double.model_dump(), "thread": [wrote]})
    assert not told("Our letter of November 3 was wrong. You rang us on November 12, and we charged you on November 18.", incident)


def test_a_weekday_must_be_that_of_its_date(double: Incident) -> None:
    """Thursday, November 20 is a Friday, and the rewrite says so."""
    (finding,) = ground("I refunded the second $149.00 on Thursday, November 20.", double).findings
    assert finding.message == "November 20 is a Friday, not a Thursday."
    assert finding.rewrite == "Friday, November 20"


def test_a_known_value_in_another_facts_place_is_an_error(double: Incident) -> None:
    """$149.00 is an amount of the facts, and still not the bank's fee."""
    (finding,) = ground("Your bank took a $149.00 fee.", double).findings
    assert (finding.rule, finding.rewrite) == ("ungrounded-money", "$35")


@pytest.mark.parametrize(
    ("what", "done", "text"),
    [
        (
            "your payment of $12,450 to Orme Linen has not arrived",
            "I sent Orme Linen a confirmation of the payment",
            "The $12,450 you sent to Orme Linen has not arrived.",
        ),
        (
            "you got 20 bags of oats instead of barley",
            "my driver is on the road with 20 bags of barley",
            "My driver has 20 bags of barley with him.",
        ),
        ("your September salary was paid at last year's rate", "I sent you the rest", "We paid your September salary at last year's rate."),
        ("your order came with the wrong posts", "I credited the order", "Both halves of your order were wrong."),
    ],
)
def test_who_acts_and_what_it_is_about_are_read_through_their_words(what: str, done: str, text: str, double: Incident) -> None:
    """An amount with a comma may say which, to have a thing is not to be given it, and a share of it is the thing."""
    problem = {"what": what, "ours": "we mixed it up", "fixes": [{"done": done}]}
    data = double.model_dump(include={"company", "signer", "as_of", "timezone"}) | {"problems": [problem]}
    assert rules(text, Incident.model_validate(data)) == []


@pytest.mark.parametrize("link", [", and on Friday,", "; on Friday,", " – on Friday,", ", and on"])
def test_a_day_that_leads_a_clause_in_belongs_to_it(link: str, double: Incident) -> None:
    """The day between two clauses is that of the second one; of the first one it is another."""
    refunded, charged = "I refunded the second $149.00", "we charged your card twice"
    assert rules(f"W{charged[1:]}{link} November 20, {refunded}.", double) == []
    assert rules(f"{refunded}{link.replace('Friday', 'Wednesday')} November 18, {charged}.", double) == []
    assert rules(f"{refunded}{link} November 20, {charged}.", double) == ["ungrounded-date"]


def test_an_amount_that_only_the_customer_named_is_not_promised(broadband: Incident) -> None:
    """The customer's $500 may be repeated to them, never given."""
    assert rules("You wrote that somebody promised $500.", broadband) == []
    assert "ungrounded-money" in rules("We will pay you $500.", broadband)


def test_units_must_be_those_of_the_fact(cake: Incident) -> None:
    """24 children are not 24 deliveries when the deliveries are nine."""
    assert rules("24 children had gone home.", cake) == []
    assert rules("24 deliveries were on time.", cake) == ["ungrounded-number"]


def test_as_of_moves_what_tomorrow_means(broadband: Incident) -> None:
    """Read two days later, "tomorrow" is the day of the decision."""
    later = broadband.as_of.replace(day=12)
    text = "Rosa Quintana decides tomorrow at noon."
    assert [finding.rule for finding in ground(text, broadband).findings] != []
    assert ground(text, broadband, as_of=later).findings == []


def test_locked_paragraphs_are_not_judged(double: Incident) -> None:
    """What the law words is the law's."""
    paragraph = "You may write to the Ombudsman, 12 King Street, within six months."
    locked = double.model_copy(update={"locked": ()})
    assert rules(paragraph, locked) != []
    data = double.model_dump(exclude={"kind"}) | {"locked": [paragraph]}
    assert rules(f"It is fixed.\n\n{paragraph}", Incident.model_validate(data)) == []


def test_a_paraphrase_of_a_whole_letter_is_grounded(double: Incident) -> None:
    """A letter in another order and other words, with every kind of value, raises nothing."""
    text = (
        "Dear Tom,\n\nYou were right: we took 149 dollars from your card twice for order no. 1042. I'm sorry.\n\n"
        "Your account went into the red over it and the bank charged you $35.\n\n"
        "The second payment went back today, 20 November, so your bank has it by Wednesday the 25th. The 35 dollars are coming as a "
        "payment of their own to that card. I've also put a credit of $149.00 on your account; it never expires.\n\n"
        "A payment timed out and our system tried again without a check of the first. As of today it checks first.\n\n"
        "I'll look on Wednesday whether the refund is there and write to you either way.\n\nMaya Lindqvist"
    )
    assert ground(text, double).findings == []
