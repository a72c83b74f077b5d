"""A proposal gives what is owed whole, goodwill by the rules of the house, and asks for what the facts do not hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafter.errors import InputError
from drafter.incident import Approved, Money
from drafter.remedy import Option, Past, propose
from tests.remedy.conftest import BUS, Facts, Rules

RIGHT = {"name": "delay", "where": "the train came an hour late or more", "amount": 20}


def said(option: Option) -> list[tuple[str, str, str]]:
    """Each share of an option: why, as what, and how much."""
    return [(share.reason, share.kind, str(share.amount.amount) if share.amount else share.text or "open") for share in option.shares]


def sterling(amount: str) -> Money:
    """An amount in pounds."""
    return Money(amount=Decimal(amount), currency="GBP")


def test_what_is_owed_is_given_whole_and_each_part_says_why(late: Facts, rules: Rules) -> None:
    """Loss, knock-on costs, and goodwill by severity; the words of the house go with it."""
    proposal = propose(late(), rules())
    assert said(proposal.options[0]) == [("refund", "refund", "40"), ("refund", "payment", "11.20"), ("goodwill", "credit", "25.60")]
    assert proposal.options[0].shares[1].covers == ("bus",)
    assert proposal.options[0].shares[2].terms == ("you can use it for anything",)
    told = " ".join(proposal.because)
    for words in ("Loss: £40", "Knock-on cost: £11.20", "normal mistakes", "0.5 times the loss with its costs", "£25.60"):
        assert words in told
    assert proposal.questions == ()


def test_there_are_two_other_ways(late: Facts, rules: Rules) -> None:
    """What is owed alone, and another goodwill; all three are different, and what is owed is in each."""
    options = propose(late(), rules()).options
    assert [option.title for option in options[1:]] == ["what is owed, and no goodwill", "as much goodwill as the limits allow"]
    assert len({tuple(said(option)) for option in options}) == 3
    assert all(said(option)[:2] == said(options[0])[:2] for option in options)
    assert said(options[2])[2] == ("goodwill", "credit", "50.00")


@pytest.mark.parametrize("changes", [{"goodwill": []}, {"goodwill": [{"amount": 5}], "limit": None, "cap": None}])
def test_two_other_ways_whatever_the_house_has(late: Facts, rules: Rules, changes: dict[str, object]) -> None:
    """Also where it has no goodwill, or no limit: then a person may say how much."""
    options = propose(late(), rules(**changes)).options
    assert len({tuple(said(option)) for option in options}) == 3


def test_an_unknown_loss_is_a_question_and_never_an_amount(late: Facts, rules: Rules) -> None:
    """Without a loss nothing is refunded, and goodwill says that it is of what is known so far; without anything, nothing is proposed."""
    some = propose(late(loss=None), rules())
    assert "What did they pay too much" in some.questions[0]
    assert said(some.options[0]) == [("refund", "payment", "11.20"), ("goodwill", "credit", "5.60")]
    assert "as far as it is known" in some.options[0].shares[1].why
    none = propose(late(loss=None, impacts=["you took the bus for two days"]), rules())
    assert none.options == ()
    assert "“you took the bus for two days”" in none.questions[1]
    assert "Goodwill: 0.5 times the loss, which is not known." in none.because


def test_a_loss_of_nothing_is_an_answer(late: Facts, rules: Rules) -> None:
    """It is not asked for again."""
    assert propose(late(loss="£0", impacts=[]), rules()).questions == ()


def test_what_the_facts_tell_as_given_is_not_given_twice(late: Facts, rules: Rules) -> None:
    """A deed that names the loss, and one that settles the cost; goodwill is still of the whole harm."""
    fixes = [{"done": "I refunded the £40.00"}, {"done": "I paid for the bus", "covers": "bus"}]
    proposal = propose(late(fixes=fixes), rules())
    assert said(proposal.options[0]) == [("goodwill", "credit", "25.60")]
    assert any("“I refunded the £40.00”" in line for line in proposal.because)
    longer = [{"done": "I refunded the £400 of another order"}]
    assert said(propose(late(fixes=longer), rules()).options[0])[0] == ("refund", "refund", "40")


def test_remedies_of_the_facts_are_proposed_as_they_are(late: Facts, rules: Rules) -> None:
    """What somebody has written there needs a decision too; the rules add no goodwill to it."""
    remedies = [
        {"kind": "refund", "amount": "£40", "reason": "refund"},
        {"kind": "credit", "amount": "£15"},
        {"kind": "voucher", "decision": "pending"},
        {"kind": "upgrade", "decision": "declined", "because": "it is not ours"},
    ]
    proposal = propose(late(remedies=remedies), rules())
    assert [share.fact for share in proposal.options[0].shares] == ["p1.remedy1", None, "p1.remedy2"]
    assert said(proposal.options[0])[2] == ("goodwill", "credit", "15")
    assert any("How much is the voucher" in question for question in proposal.questions)
    assert any("declined" in line for line in proposal.because)


def test_what_was_approved_is_not_proposed_again(late: Facts, rules: Rules) -> None:
    """Neither the remedies that the facts have since, nor more goodwill."""
    remedies = [{"kind": "refund", "amount": "£40", "reason": "refund"}, {"kind": "credit", "amount": "£15"}]
    facts = late(remedies=remedies)
    approved = (
        Approved(kind="refund", amount=sterling("40.00"), reason="refund", by="Sam"),
        Approved(kind="credit", amount=sterling("15"), by="Sam"),
    )
    proposal = propose(facts.model_copy(update={"approved": approved}), rules())
    assert said(proposal.options[0]) == [("refund", "payment", "11.20")]
    assert "A credit of £15 was approved already." in proposal.because


def test_goodwill_goes_by_trade_and_severity(late: Facts, rules: Rules) -> None:
    """The first that fits is proposed; a thing needs no amount; what fits nobody is said."""
    gifts = [
        {"trade": "hotel", "amount": 99},
        {"trade": "Bikes", "severity": "serious", "text": "your next service is free", "kind": "upgrade"},
        {"severity": ["minor", "normal"], "amount": 5, "kind": "payment"},
    ]
    table = rules(goodwill=gifts)
    assert said(propose(late(), table).options[0])[2] == ("goodwill", "payment", "5.00")
    assert said(propose(late(trade="bikes", severity="serious"), table).options[0])[2] == (
        "goodwill",
        "upgrade",
        "your next service is free",
    )
    assert "comes to none for urgent mistakes in ferries" in " ".join(propose(late(trade="ferries", severity="urgent"), table).because)


@pytest.mark.parametrize(
    ("past", "amount"),
    [
        (Past(1), "38.40"),  # one and a half times as much
        (Past(1, (sterling("60"),)), "20.00"),  # what the cap of 80 leaves
        (Past(0, (sterling("45"),), ()), "25.60"),
        (Past(1, (Money(amount=Decimal(70), currency="EUR"),)), "38.40"),  # no rate of exchange is made up
    ],
)
def test_a_repeat_counts_and_the_cap_over_time_holds(late: Facts, rules: Rules, past: Past, amount: str) -> None:
    """More for one whom we failed before, and never more than the house gives one customer in that time."""
    table = rules(repeat_times=1.5, goodwill=[{"times": 0.5}])
    assert said(propose(late(), table, past=past).options[0])[2] == ("goodwill", "credit", amount)


def test_a_cap_that_is_reached_leaves_what_is_owed(late: Facts, rules: Rules) -> None:
    """No limit touches the loss and its costs."""
    proposal = propose(late(), rules(), past=Past(2, (sterling("80"),)))
    assert said(proposal.options[0]) == [("refund", "refund", "40"), ("refund", "payment", "11.20")]
    assert any("£80.00 for one customer in 365 days, of which £80.00 is given" in line for line in proposal.because)


def test_a_right_is_asked_and_put_in_where_a_person_says_that_it_applies(late: Facts, rules: Rules) -> None:
    """Law and contracts stand apart from goodwill; a name that the house has not is refused."""
    table = rules(statutory=[RIGHT], contractual=[{**RIGHT, "name": "guarantee", "trade": "trains"}])
    asked = propose(late(), table)
    assert "the train came an hour late or more" in asked.questions[0]
    assert "statutory" not in {share.reason for share in asked.options[0].shares}
    given = propose(late(), table, applies=["Delay"])
    assert ("statutory", "payment", "20") in said(given.options[0])
    assert ("statutory", "payment", "20") in said(given.options[1])
    with pytest.raises(InputError, match="did you mean 'delay'"):
        propose(late(), table, applies=["dealy"])
    with pytest.raises(InputError, match="no right 'guarantee'"):
        propose(late(), table, applies=["guarantee"])


def test_one_currency(late: Facts, rules: Rules) -> None:
    """An amount in another one is asked for; without one in the rules, the facts' own is it."""
    foreign = propose(late(loss="40 EUR"), rules())
    assert "How much is €40 (loss of p1) in GBP? No rate of exchange is made up here." in foreign.questions
    assert said(foreign.options[0])[0] == ("refund", "payment", "11.20")
    bare = propose(late(loss="40 EUR", impacts=[]), rules(currency=None, limit=None, cap=None, goodwill=[], approvers=[]))
    assert (bare.currency, said(bare.options[0])) == ("EUR", [("refund", "refund", "40")])
    yen = propose(late(loss="¥1001", impacts=[], locale="ja-JP"), rules(currency="JPY", goodwill=[{"times": 0.5}], limit=None, cap=None))
    assert said(yen.options[0])[1] == ("goodwill", "credit", "501")


def test_nothing_is_proposed_for_what_is_not_ours(late: Facts, rules: Rules) -> None:
    """And while it is not known whose mistake it was, that is the question."""
    other = late(fault="not_ours", ours=None, loss=None, impacts=[])
    assert (propose(other, rules()).options, propose(other, rules()).questions) == ((), ())
    unknown = propose(late(fault="unknown", ours=None), rules())
    assert unknown.options == ()
    assert "Whose mistake is it" in unknown.questions[0]


def test_what_it_cost_them_can_be_owed_by_contract(late: Facts, rules: Rules) -> None:
    """As the house has it; it is never goodwill."""
    assert said(propose(late(), rules(costs_as="contractual")).options[0])[1] == ("contractual", "payment", "11.20")
    assert BUS["cost"] == "£11.20"
