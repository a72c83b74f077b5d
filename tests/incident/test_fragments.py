"""What is typed in a hurry, and the clauses proposed for it."""

from __future__ import annotations

import re

import pytest

from drafter import check
from drafter.incident import incident_from
from drafter.incident.clause import owns
from drafter.incident.fragments import MOST, Proposal, propose
from evals.fragments import FILES, rows


@pytest.mark.parametrize(
    ("fragment", "ours"),
    [
        ("wrong size arrived", "we sent you the wrong size"),
        ("The wrong size was sent.", "we sent you the wrong size"),
        ("double charged 49.90", "we charged you 49.90 twice"),
        ("engineer no show tue", "we did not get the engineer to you on Tuesday"),
        ("never got the refund", "we never got the refund to you"),
        ("parcel lost by courier", "we did not get your parcel to you"),
        ("app down 3h", "we left you without the app for 3 hours"),
        ("room not cleaned", "we did not clean your room"),
        ("rude staff on phone", "we were rude to you on the phone"),
        ("promised callback never came", "we never made the promised callback"),
        ("billed after cancelling", "we billed you after you cancelled"),
        ("wrong name on ticket", "we put the wrong name on your ticket"),
        ("luggage delayed 2 days", "we delayed your luggage by 2 days"),
        ("data sent to other customer", "we sent your data to another customer"),
        ("account locked since friday", "we have kept your account locked since Friday"),
        ("your booking was wrongly cancelled on Friday", "we wrongly cancelled your booking on Friday"),
        ("our courier left the parcel in the rain", "we left the parcel in the rain"),
        ("the driver lost your parcel", "we lost your parcel"),
        ("my parcel was lost", "we lost your parcel"),
        ("you lost my parcel", "we lost your parcel"),
        ("customer says parcel lost", "we lost your parcel"),
        ("recieved wrong shoes", "we sent you the wrong shoes"),
        ("PARCEL LOST", "we lost your parcel"),
        ("flight cancelled and no hotel offered", "we cancelled your flight and we offered you no hotel"),
    ],
)
def test_a_fragment_gives_the_clause_that_owns_it(fragment: str, ours: str) -> None:
    """Who acted, on what, how long and when are told as full clauses."""
    assert propose(fragment)[0].ours == ours


def test_both_clauses_are_given() -> None:
    """The neutral one names nobody; the other has us as the one who acted."""
    assert propose("parcel lost by courier") == (Proposal("your parcel was lost", "we did not get your parcel to you"),)
    assert propose("app down since 9am") == (Proposal("the app has been down since 9am", "we have left you without the app since 9am"),)


@pytest.mark.parametrize(
    "fragment",
    [
        "how do I reset password",
        "where is my parcel?",
        "customer ordered wrong size",
        "customer lost his ticket",
        "paid twice",
        "card stolen",
        "cancelled by customer",
        "supplier cancelled order",
        "payment not received",
        "train left without me",
        "Mrs Smith charged twice",
        "payment failed twice",
        "order delivered",
        "it is bad",
        "you are angry",
        "delays",
        "",
        "<b>parcel lost</b>",
        "parcel lost " * 30,
    ],
)
def test_nothing_is_proposed_that_is_not_sure(fragment: str) -> None:
    """Questions, wishes, what the customer or another firm did, and what is no failing."""
    assert propose(fragment) == ()


def test_the_company_acts_by_its_name() -> None:
    """A note that names us is about us."""
    assert propose("Northwind lost parcel") == ()
    assert propose("Northwind lost parcel", "Northwind")[0].ours == "we lost your parcel"


@pytest.mark.parametrize("name", FILES)
def test_every_proposal_is_fit_for_a_letter(name: str) -> None:
    """It owns, is accepted as a fact, and the check finds nothing in it but what it now and then sees in any sentence."""
    proposed = [proposal for row in rows(name) for proposal in propose(row.fragment)]
    for proposal in proposed:
        assert owns(proposal.ours)
        problem = {"what": proposal.what, "ours": proposal.ours}
        incident_from({"company": "Northwind", "signer": "Maya", "problems": [problem]})
    flagged = [proposal.ours for proposal in proposed if check(f"{proposal.ours[0].upper()}{proposal.ours[1:]}.").findings]
    assert len(flagged) <= 0.02 * len(proposed), flagged


@pytest.mark.parametrize("name", FILES)
def test_numbers_survive_and_none_is_added(name: str) -> None:
    """Sums, days and references stand in both clauses as they were typed."""
    for row in rows(name):
        for proposal in propose(row.fragment):
            numbers = sorted(re.findall(r"\d+", row.fragment))
            assert sorted(re.findall(r"\d+", proposal.ours)) == numbers == sorted(re.findall(r"\d+", proposal.what))
            assert len(propose(row.fragment)) <= MOST


@pytest.mark.parametrize(
    ("fragment", "what", "ours"),
    [
        ("our men dropped it", "it was dropped", "we dropped it"),
        ("the movers scratched my table", "your table was scratched", "we scratched your table"),
        ("our fitters broke two tiles, brand new ones", "two tiles were broken", "we broke two tiles"),
        ("our lads spilled it on the rug", "it was spilled on the rug", "we spilled it on the rug"),
        ("nobody called", "nobody called you", "we did not call you"),
        ("and no one got back to me", "nobody got back to you", "we did not get back to you"),
        ("nobody rang you back on Friday", "nobody rang you back on Friday", "we did not ring you back on Friday"),
        ("nobody turned up", "nobody came", "we did not come"),
    ],
)
def test_people_of_ours_and_nobody_are_us(fragment: str, what: str, ours: str) -> None:
    """Whoever did it for us, we did; what nobody did, we did not do."""
    assert propose(fragment)[0] == Proposal(what, ours)


@pytest.mark.parametrize("fragment", ["two crates are missing", "now two crates are missing as well", "two of my crates went missing"])
def test_what_is_missing_asks_whether_it_was_lost_or_left_out(fragment: str) -> None:
    """Nobody knows yet which it was, so both are there to choose from."""
    assert [one.ours for one in propose(fragment)] == ["we lost two of your crates", "we left out two of your crates"]


@pytest.mark.parametrize(
    "fragment", ["nobody was hurt", "our team won the cup", "nobody came to the party you gave", "your men dropped it"]
)
def test_other_people_and_other_deeds_get_no_clause(fragment: str) -> None:
    """The customer's own people, and what is no failing, are not owned."""
    assert not propose(fragment)
