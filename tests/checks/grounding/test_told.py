"""Deeds, gifts, strings and denials that somebody adds to a sound letter, and honest sentences that look like them."""

from __future__ import annotations

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident

STRANGERS = [
    "A trainee in the back office pressed the button again.",
    "A voucher clerk lost the first note.",
    "A thunderstorm knocked our servers out.",
    "A kettle is in the post to you.",
    "Stripe went down.",
    "A silver grinder is on your account as well.",
    "The roaster sends us old beans.",
    "My brother is calling you about it tonight.",
]
OTHERS = [
    "You had agreed to a second charge.",
    "You never answered our email.",
    "We encrypted your card data.",
    "I sent you a hamper.",
    "You get a grinder.",
    "You told us that any amount would do.",
    "You were late with it.",
    "There's a hamper waiting for you at the counter.",
    "A firmware update in the storehouse caused it.",
    "The culprit was a frayed cable.",
    "We emailed you about it before.",
    "Your staff was impatient.",
    "We have moved your account to a new server.",
    "There's a grinder in the parcel too.",
    "You also have a grinder from us.",
]
PROMISES = [
    "The second $149.00 was never refunded.",
    "No refund was made.",
    "We have kept the $149.00.",
    "Only part of the refund is on its way.",
    "You still owe us the $149.00.",
    "The credit is yours as long as you recommend us.",
    "You must subscribe before the credit counts.",
    "We will pay for anything else that comes up.",
    "You will not be out of pocket.",
    "You won't see a second charge again.",
    "Our system will always be right.",
    "The money is already in your account.",
    "The $149.00 has reached your bank.",
    "We refunded you, or so the system says.",
    "At least in theory the refund is on its way.",
    "The second $149.00 was refunded, as far as anyone can tell.",
    "The credit only counts if you stay with us.",
    "The refund is made once you have left a comment.",
    "The refund comes once you confirm it by email.",
]
SOUND = [
    "Thank you for telling us about it.",
    "An overdraft is the last thing anybody wants before a holiday.",
    "You wrote to us as soon as you saw it.",
    "You had to find out from your bank.",
    "The second charge has been returned to you.",
    "I have gone through your orders of this year.",
    "If the refund is not there by then, ring me and I will chase it.",
    "You do not have to spend anything to use the credit.",
    "Nobody told you, and that was for us to do.",
    "I hope the next bag tastes better.",
    "The system now looks before it tries again.",
    "We have ruined your holiday.",
    "We have learned what a second charge can do.",
    "I sent the second $149.00 back to your card.",
    "I looked at each of your orders of this year.",
    "We told you nothing and only wrote when you asked.",
    "We did not check the first payment.",
    "I did not refund it until today.",
    "The money will be back with your bank by Wednesday.",
    "The credit is on your account already.",
    "It was caused by our system trying again.",
    "The cause was that our system did not check the first payment.",
    "If the refund has reached you by then, you need not reply.",
    "I do not know in theory or in practice what your bank shows.",
]


DEEDS = [
    "I phoned your branch about it.",
    "I tested the fix in our kitchen.",
    "I drove to your bank.",
    "We measured your grinder.",
    "I tested your line.",
    "I spoke with the courier about it.",
    "I repaired your machine from here.",
    "We bake for every customer on demand; ask at the counter.",
    "Our shop repairs grinders; ask the barista.",
    "You can choose another roast; tell the driver.",
    "We engrave cups for nothing. Ask at the till.",
]
CUSTOMS = [
    "We engrave every cup.",
    "We never ship on ice.",
    "We always print a receipt.",
    "Our shop writes on each cup for guests.",
    "We deliver by bicycle.",
]
NO_CUSTOMS = [
    "We know how much a morning without coffee weighs.",
    "We owe you a straight answer.",
    "We apologise to every customer who was hit.",
    "We now check the first payment before we try again.",
    "We do our best to check every payment.",
    "Ask me if anything is unclear.",
    "Do you ship on ice?",
    "If we engrave a cup, it says so.",
]


@pytest.mark.parametrize("text", DEEDS)
def test_a_deed_of_a_kind_that_we_have_not_done_or_an_offer_of_no_fact_is_an_error(double: Incident, text: str) -> None:
    """Nobody but us could know whether we tested, rang, mended or offered it, and the customer goes by it."""
    assert [(one.rule, one.severity) for one in ground(text, double).findings] == [("ungrounded-event", "error")]


@pytest.mark.parametrize("text", CUSTOMS)
def test_a_custom_that_no_fact_has_is_a_warning(double: Incident, text: str) -> None:
    """What we do as a rule may be so; a person looks at it before a customer relies on it."""
    assert [(one.rule, one.severity) for one in ground(text, double).findings] == [("ungrounded-event", "warning")]


@pytest.mark.parametrize("text", NO_CUSTOMS)
def test_what_we_know_owe_or_have_in_the_facts_is_no_custom(double: Incident, text: str) -> None:
    """Regards, a prevention of the facts, questions and conditions stay silent."""
    assert not ground(text, double).findings


@pytest.mark.parametrize("text", STRANGERS)
def test_a_deed_of_somebody_whom_no_fact_knows_is_an_error(double: Incident, text: str) -> None:
    """Nobody enters a letter who is not among the facts."""
    assert [(one.rule, one.severity) for one in ground(text, double).findings] == [("ungrounded-event", "error")]


@pytest.mark.parametrize("text", OTHERS)
def test_a_deed_that_no_fact_has_is_a_warning(double: Incident, text: str) -> None:
    """We and the customer have done what the facts say, and got what they give."""
    assert [(one.rule, one.severity) for one in ground(text, double).findings] == [("ungrounded-event", "warning")]


@pytest.mark.parametrize("text", PROMISES)
def test_what_the_facts_give_is_neither_taken_back_nor_tied_nor_without_bound(double: Incident, text: str) -> None:
    """A repair denied, kept back, halved, bound to a condition, or stretched over everything."""
    assert {one.rule for one in ground(text, double).findings} == {"ungrounded-promise"}


@pytest.mark.parametrize("text", SOUND)
def test_what_a_good_agent_adds_by_hand_raises_nothing(double: Incident, text: str) -> None:
    """Thanks, sympathy, the facts in other words, and what to do next."""
    assert ground(text, double).findings == []


GIFTS = [
    "We are lending you a spare grinder.",
    "I sent the small grinder as well.",
    "The credit comes with a grinder.",
    "Each customer gets a free grinder.",
    "We are sending you a second coffee.",
    "Delivery is free.",
    "Your holiday is paid.",
    "We pay for your holiday.",
]


@pytest.mark.parametrize("text", GIFTS)
def test_a_gift_that_nothing_in_the_facts_gives_is_a_warning(double: Incident, text: str) -> None:
    """A thing that no fact has, one more of a thing, or what nothing that we do pays for."""
    found = [(one.rule, one.severity) for one in ground(text, double).findings]
    assert ("ungrounded-event", "warning") in found or ("ungrounded-promise", "error") in found


@pytest.mark.parametrize(
    "text",
    [
        "I sent you the money back.",
        "You get it by Wednesday.",
        "We gave you the wrong charge twice.",
        "That is on us.",
        "We are paying your bank fee.",
        "The second payment is refunded.",
    ],
)
def test_what_the_facts_give_may_be_told_in_other_words(double: Incident, text: str) -> None:
    """Neither the repair nor the failure is a gift."""
    assert not ground(text, double).findings


def test_a_deed_of_ours_in_another_word_only_suggests(double: Incident) -> None:
    """It may be one of the facts, told otherwise."""
    (finding,) = ground("We simplified the payment screen of our system.", double).findings
    assert (finding.rule, finding.severity) == ("ungrounded-event", "suggestion")


@pytest.mark.parametrize("text", ["We'll make it up to you.", "We owe you one.", "I will see you right for this."])
def test_a_gift_without_a_name_is_worth_a_hint(double: Incident, text: str) -> None:
    """A person may mean it, so it stops nothing; it is said that nothing is named."""
    assert [(one.rule, one.severity) for one in ground(text, double).findings] == [("ungrounded-promise", "suggestion")]
