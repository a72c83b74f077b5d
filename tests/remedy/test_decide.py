"""Who may approve what, within which limits, and what stands in the facts then."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drafter.checks import check
from drafter.errors import StepError
from drafter.incident import Incident, Money
from drafter.remedy import Option, Past, chosen, granted, propose, require_right
from drafter.writer import Writer
from tests.remedy.conftest import Facts, Rules


def sterling(amount: str) -> Money:
    """An amount in pounds."""
    return Money(amount=Decimal(amount), currency="GBP")


def picked(facts: Incident, rules: Rules, number: int = 1, amount: str | None = None) -> Option:
    """An option of the proposal for these facts."""
    return chosen(propose(facts, rules()), number, sterling(amount) if amount else None)


def test_a_person_chooses_and_may_say_another_goodwill(late: Facts, rules: Rules) -> None:
    """What is owed comes from the facts; an option that is not there, another currency or nothing at all is refused."""
    facts = late()
    assert picked(facts, rules, 1, "12").goodwill("GBP") == 12
    assert picked(facts, rules, 1, "12").total("GBP") == Decimal("63.20")
    for number, amount, words in ((9, None, "no option 9"), (2, "5", "has not one goodwill"), (1, "0", "no remedy")):
        with pytest.raises(StepError, match=words):
            picked(facts, rules, number, amount)
    with pytest.raises(StepError, match="in GBP"):
        chosen(propose(facts, rules()), 1, Money(amount=Decimal(5), currency="EUR"))
    with pytest.raises(StepError, match="answer the questions first"):
        chosen(propose(late(loss=None, impacts=[]), rules()), 1)


def test_an_amount_that_is_for_a_person_to_say_has_to_be_said(late: Facts, rules: Rules) -> None:
    """The house has none, and none is made up."""
    proposal = propose(late(), rules(goodwill=[]))
    with pytest.raises(StepError, match="yours to say"):
        chosen(proposal, 2)
    assert chosen(proposal, 2, sterling("8")).goodwill("GBP") == 8


@pytest.mark.parametrize(("by", "words"), [("Joe", "approves nothing by the rules"), ("sam osei", "up to 60 GBP, and this is 76.80 GBP")])
def test_who_may_not_is_refused_and_told_who_may(late: Facts, rules: Rules, by: str, words: str) -> None:
    """By name, in any case, up to what the house lets them."""
    with pytest.raises(StepError, match=f"(?i){words}.*Ana Ruiz \\(Head of support\\) any sum"):
        require_right(picked(late(), rules), rules(), by, past=Past())


def test_who_may(late: Facts, rules: Rules) -> None:
    """The rules say who they are; where they name nobody, anybody may."""
    low = require_right(picked(late(), rules, 2), rules(), " sam osei ", past=Past())
    assert low is not None
    assert (low.name, low.role) == ("Sam Osei", None)
    assert require_right(picked(late(), rules), rules(approvers=[]), "Joe", past=Past()) is None


@pytest.mark.parametrize(
    ("past", "amount", "words"),
    [
        (Past(), "51", "51 GBP is more than the 50"),
        (Past(0, (sterling("30"),), (sterling("30"),)), "21", "51 GBP is more than the 50"),  # of the same incident
        (Past(1, (sterling("61"),)), "20", "makes 81 for this customer in 365 days, and the house gives 80"),
    ],
)
def test_the_limits_hold_for_goodwill(late: Facts, rules: Rules, past: Past, amount: str, words: str) -> None:
    """For everybody but the one who may approve any sum, and that one says why."""
    option = picked(late(), rules, 1, amount)
    with pytest.raises(StepError, match=words):
        require_right(option, rules(approvers=[]), "Joe", past=past)
    with pytest.raises(StepError, match="say why"):
        require_right(option, rules(), "Ana Ruiz", past=past)
    assert require_right(option, rules(), "Ana Ruiz", past=past, because="they waited for three weeks")


def test_what_is_owed_has_no_limit(late: Facts, rules: Rules) -> None:
    """However much it is, and whatever was given before."""
    option = picked(late(loss="£900"), rules, 2)
    assert require_right(option, rules(approvers=[]), "Joe", past=Past(3, (sterling("80"),))) is None


def test_another_currency_is_for_the_one_who_may_approve_any_sum(late: Facts, rules: Rules) -> None:
    """A ceiling in pounds says nothing about euros."""
    facts = late(loss="40 EUR", impacts=[])
    option = chosen(propose(facts, rules(currency=None, limit=None, cap=None, goodwill=[], approvers=[])), 1)
    with pytest.raises(StepError, match="approves in GBP"):
        require_right(option, rules(), "Sam Osei", past=Past())
    assert require_right(option, rules(), "Ana Ruiz", past=Past())


def test_what_is_approved_stands_in_the_facts(late: Facts, rules: Rules) -> None:
    """Granted, with who approved it and what it settles; the letter says it and has no error."""
    facts = late()
    proposal = propose(facts, rules())
    made = granted(facts, proposal, proposal.options[0], "Ana Ruiz")
    (problem,) = made.problems
    assert [(one.kind, one.reason, one.decision, one.approved_by) for one in problem.remedies] == [
        ("refund", "refund", "granted", "Ana Ruiz"),
        ("payment", "refund", "granted", "Ana Ruiz"),
        ("credit", "goodwill", "granted", "Ana Ruiz"),
    ]
    approved = tuple(share.granted("Ana Ruiz") for share in proposal.options[0].shares)
    told = made.model_copy(update={"approved": approved, "kind": "apology"})
    letter = Writer().draft(told)
    assert not [finding for finding in letter.findings if finding.severity == "error"]
    assert all(amount in letter.text for amount in ("£40", "£11.20", "£25.60"))
    assert "unapproved-remedy" in {one.rule for one in check(letter.text.replace("£25.60", "£26.60"), told).errors}


def test_what_was_left_out_is_no_longer_granted(late: Facts, rules: Rules) -> None:
    """A remedy that stood in the facts and that the choice leaves out goes; a declined one stays."""
    remedies = [
        {"kind": "credit", "amount": "£15", "id": "gift"},
        {"kind": "upgrade", "decision": "declined", "because": "it is not ours", "id": "no"},
    ]
    facts = late(remedies=remedies)
    proposal = propose(facts, rules())
    made = granted(facts, proposal, proposal.options[1], "Sam Osei")
    assert [one.id for one in made.problems[0].remedies] == ["no", "p1.remedy1", "p1.remedy2"]
    kept = granted(facts, proposal, chosen(proposal, 1, sterling("10")), "Sam Osei")
    gift = next(one for one in kept.problems[0].remedies if one.id == "gift")
    assert (gift.amount, gift.approved_by) == (sterling("10"), "Sam Osei")
