"""One problem is one problem, background is none, and what is left is worth a look."""

from __future__ import annotations

import pytest

from drafter.ticket import incident_of, read_by_rules
from drafter.ticket.facts import AT_RISK, LEAKED
from drafter.ticket.view import swapped


def problems(text: str) -> list[str]:
    """The problems that are read in a ticket."""
    return [item.text for item in read_by_rules(text).of("problem")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("You moved my visit. Nobody called, nobody texted.", "you told us that nobody called, and that nobody texted"),
        (
            "You lost my duvet. You then sent me a blanket. It had hair on it.",
            "you told us that we then sent you a blanket, and that it had hair on it",
        ),
        (
            "Two things:\n- The chest of my grandmother. Your men droped it on the stairs,"
            " the left leg is broke off.\n- The bill is wrong.",
            "you told us that our men dropped the chest of my grandmother on the stairs, and that the left leg is broken off".replace(
                "my", "your"
            ),
        ),
        ("Your portal is useless, it still shows the wrong birthday.", "you told us that our portal still shows the wrong birthday"),
    ],
)
def test_fragments_of_one_problem_are_one_fact(text: str, told: str) -> None:
    """Joined where they stand together, with the thing named that "it" is."""
    assert told in problems(text)


def test_a_problem_that_is_told_again_is_one_fact() -> None:
    """In the subject line, in the message, and in the trail below it, which is not read."""
    text = (
        "From: Jolene Pruitt <j@mail.example>\nTo: care@shop.example\nSubject: charged TWICE\n\n"
        "There's 2 charges of $85.00 from you on nov 19. Nobody answers my emails.\n\n"
        "-----Original Message-----\nFrom: Denise <care@shop.example>\nSent: Friday\nSubject: Re: double charge\n\n> I see the two charges."
    )
    facts = read_by_rules(text)
    told = [item for item in facts.of("problem") if "charge" in item.text]
    assert [item.quote for item in told] == ["There's 2 charges of $85.00 from you on nov 19"]
    assert [item.text for item in facts.of("customer")] == ["Jolene Pruitt"]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("My line is down. Netflix keeps buffering too but my nephew says thats the tv.", "buffering"),
        ("You broke my gate. It was snowing the whole way.", "snowing"),
        ("You broke my gate. The new landlord also did not give us the key until 3.", "landlord"),
        ("You lost my bag. If I don't hear by Friday I'm disputing it with my bank.", "disput"),
        ("Subject: bill??? I moved out in AUGUST\n\nYou charged me twice. You closed my account.", "moved out"),
    ],
)
def test_background_is_no_problem(text: str, left_out: str) -> None:
    """What relatives think, the weather, other people's doings, threats, and what the customer did."""
    assert problems(text)
    assert not any(left_out in told for told in problems(text))


def test_a_threat_is_shown_as_what_they_say_they_will_do() -> None:
    """It is a claim, with its day."""
    facts = read_by_rules("You lost my bag. If I dont hear back by friday 5pm I'm disputing with my bank.")
    assert [item.text for item in facts.of("claim")] == ["If I dont hear back by friday 5pm I'm disputing with my bank"]


def test_how_their_people_fared_is_an_impact() -> None:
    """Of the customer's child, not of our driver."""
    facts = read_by_rules("Your clinic lost my booking. My son is six. He cried the hole way home.")
    assert [item.text for item in facts.of("impact")] == ["he cried the whole way home"]


def test_somebody_elses_words_stay_as_they_were_said() -> None:
    """Inside quotation marks nobody changes places."""
    assert swapped('the driver said "you should have checked it" to me', subject="we") == (
        'the driver said "you should have checked it" to you'
    )


def test_a_problem_that_stands_alone_comes_first() -> None:
    """A letter takes its subject from it."""
    incident = incident_of(read_by_rules("Nobody called. You lost my bag."), {"company": "Acme", "signer": "Maya Lind"})
    assert incident is not None
    assert [problem.what for problem in incident.problems] == ["your bag was lost", "you told us that nobody called"]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("My bill is wrong. I can see his phone number and address in my app.", LEAKED),
        ("You sent me another tenant's letter with her bank details.", LEAKED),
        ("Internet down since Saturday. My mom has a medical alert button on your line.", AT_RISK),
        ("The brakes do not work and nobody rings me back.", AT_RISK),
    ],
)
def test_leaks_and_matters_of_safety_make_a_ticket_sensitive(text: str, warning: str) -> None:
    """The words are shown first, and a person has to look."""
    facts = read_by_rules(text)
    assert facts.warnings == (warning,)
    assert facts.facts()["sensitive"] is True


@pytest.mark.parametrize(
    "text",
    [
        "My booking went to another customer's invoice and I was charged twice.",
        "Can you sell me a medical alert button?",
        "I can see the wrong price in my app and my parcel is late.",
    ],
)
def test_an_ordinary_ticket_is_not_sensitive(text: str) -> None:
    """A mix-up of money, an order, a wrong price."""
    assert read_by_rules(text).warnings == ()


def test_what_is_left_is_worth_a_look() -> None:
    """No greeting, sigh, address or other language; a sum that stands in no fact is there."""
    text = (
        "hi its me AGAIN. It's been 5. You lost my parcel. And I see a waiting fee of 90 £ there. ya me cansé.\n\n"
        "Jolene Pruitt\n2209 Cedar Hollow Ln, Round Rock TX 78664\n512-555-0187"
    )
    left = [(left.kind, left.quote) for left in read_by_rules(text).dropped]
    assert not any("AGAIN" in quote or "been 5" in quote or "Cedar" in quote for _, quote in left)
    assert ("language", "ya me cansé") in left
    assert any("90 £" in quote for kind, quote in left if kind == "problem") or any("90 £" in told for told in problems(text))


@pytest.mark.parametrize(
    "text",
    [
        "The lamp arrived broken. The chair arrived broken.",
        "The lamp leg arrived broken. The lamp lid arrived broken.",
        "My lamp was broken on Monday. The chair was broken on Monday.",
    ],
)
def test_the_like_of_two_things_is_two_problems(text: str) -> None:
    """What two sentences say of two things is not one problem told twice."""
    assert len(read_by_rules(text).of("problem")) == 2
