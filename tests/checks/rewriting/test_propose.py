"""Proposals: what the text itself gives, what the facts give, and what only a person can fill in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drafter.checks import Finding, check
from drafter.incident import Incident
from tests.checks.rewriting.test_recipes import put_in

Facts = Callable[..., Incident]


DOUBTFUL = {  # an honest doubt becomes no admission, a share no other, and a cause or the only regret is not lost, without asking
    "We may have fallen short here.",
    "I may have been rude to you.",
    "A small number of customers lost water.",
    "It was a brief outage.",
    "Unfortunately, we lost your ring.",
    "The train was late because of the snow.",
    "We're sorry for the wait, but it was a very busy day.",
}


GUESSED = [
    "Sorry about that whole mess at the counter.",
    "You probably missed the text we sent.",
    "December is always a hard month for the depot.",
]


def first(text: str, rule: str, incident: Incident | None = None) -> Finding:
    """The first finding of a rule."""
    return next(finding for finding in check(text, incident).findings if finding.rule == rule)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("conditional-apology", "We're sorry for any inconvenience caused.", "We're sorry."),
        ("conditional-apology", "Hi Tom, we're so sorry for any trouble and we refunded $5.", "Hi Tom, we're so sorry and we refunded $5."),
        ("closure-demand", "We sent it today. Thank you for your patience and understanding.", "We sent it today."),
        ("closure-demand", "Thank you for your patience and we sent it today.", "We sent it today."),
        ("over-apology", "We are so very, very sorry for the late train.", "We are sorry for the late train."),
        ("hedged-admission", "We may have fallen short here.", "We fell short here."),
        ("hedged-admission", "I may have been rude to you.", "I was rude to you."),
        ("minimise", "A small number of customers lost water.", "Some customers lost water."),
        ("minimise", "It was a brief outage.", "It was an outage."),
        ("regret-substitute", "Unfortunately, we lost your ring.", "We lost your ring."),
        ("blame-other", "The train was late because of the snow.", "The train was late."),
        ("jargon-euphemism", "A wall glitch left two doors shut.", "A wall fault left two doors shut."),
        ("minimise", "There was a slight error in the bill.", "There was an error in the bill."),
        ("flippant", "Oops! We packed the wrong boots.", "We packed the wrong boots."),
        ("blame-customer", "As stated in our terms, the deposit is kept.", "The deposit is kept."),
        ("stock-phrase", "We take your privacy very seriously and we sent the file today.", "We sent the file today."),
        ("apology-but", "We're sorry for the wait, but it was a very busy day.", "We're sorry for the wait."),
    ],
)
def test_without_facts_a_safe_rewrite_only_takes_away_or_says_plainly(rule: str, before: str, after: str) -> None:
    """Nothing is added that the text does not hold, and it reads as if it had been written so."""
    finding = first(before, rule)
    assert put_in(before, finding) == after
    assert finding.fix
    assert finding.fix.safe == (before not in DOUBTFUL)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("distant-apology", "We're sorry this happened.", "We're sorry we [what we did]."),
        ("distant-apology", "I apologise for what happened.", "I apologise that I [what I did]."),
        ("feelings-apology", "Sorry you feel that way.", "Sorry we [what we did]."),
        ("agentless-harm", "Your parcel was lost.", "[Who] lost your parcel."),
        ("vague-remedy", "I've passed it on. We'll keep you posted.", "I've passed it on. We will write to you [by when]."),
    ],
)
def test_what_nobody_has_told_is_left_for_a_person_to_fill(rule: str, before: str, after: str) -> None:
    """A gap in brackets is proposed, in the voice of the text, and never put in unasked."""
    found = [finding for finding in check(before).findings if finding.rule == rule]
    assert put_in(before, found[-1]) == after
    assert found[-1].fix
    assert not found[-1].fix.safe


def test_with_facts_the_apology_is_for_what_we_did(incident: Facts) -> None:
    """The clause of the facts follows the writer's own apology, whole and safe."""
    told = incident(ours="we charged you twice for order 1042")
    finding = first("We're sorry this happened.", "distant-apology", told)
    assert finding.rewrite == "We're sorry we charged you twice for order 1042"
    assert finding.fix
    assert finding.fix.safe
    assert (
        first("We apologise for what happened.", "distant-apology", told).rewrite == "We apologise that we charged you twice for order 1042"
    )
    mine = incident(ours="I gave you the wrong date")
    assert first("We're sorry this happened.", "distant-apology", mine).rewrite == "I'm sorry I gave you the wrong date"


def test_what_the_text_owns_already_is_not_said_again(incident: Facts) -> None:
    """Beside a sentence that owns the act, the formula alone goes."""
    text = "We missed the date we had given you for your bike. I have fitted the chain. We apologise for any inconvenience."
    assert first(text, "conditional-apology", incident()).rewrite == "We apologise"


def test_harm_without_an_agent_becomes_our_act_where_it_is_the_same(incident: Facts) -> None:
    """The clause of the facts stands in for a sentence about the same thing, and for no other."""
    told = incident(what="your card was charged twice", ours="we charged your card twice")
    finding = first("Your card was charged twice.", "agentless-harm", told)
    assert (finding.rewrite, bool(finding.fix and finding.fix.safe)) == ("We charged your card twice", True)
    other = first("Your parcel was lost.", "agentless-harm", told)
    assert other.rewrite == "[Who] lost your parcel"


@pytest.mark.parametrize(
    ("fixes", "told"),
    [
        ([{"done": "I refunded the second charge", "on": "2026-03-11"}], "On 11 March I refunded the second charge"),
        ([{"will": "I will call you", "by": "2026-03-13 17:00"}], "By 13 March at 17:00 I will call you"),
        ([{"will": "I will call you tomorrow", "on": "2026-03-13"}], "I will call you tomorrow"),
        ([{"doing": "two fitters are at your bike"}], "Two fitters are at your bike"),
    ],
)
def test_a_vague_remedy_becomes_the_step_of_the_facts_with_its_own_day(incident: Facts, fixes: list[dict[str, Any]], told: str) -> None:
    """What is done or will be stands with the day that the facts give, said once."""
    assert first("We're looking into this matter.", "vague-remedy", incident(fixes=fixes)).rewrite == told


def test_a_promise_becomes_what_was_changed(incident: Facts) -> None:
    """The measure of the facts takes the place of "never again"."""
    told = incident(prevention=[{"done": "two people now check each booking"}])
    assert first("This will never happen again.", "unbacked-promise", told).rewrite == "Two people now check each booking"


def test_nothing_is_confessed_that_is_withheld_or_not_ours(incident: Facts) -> None:
    """In a sensitive matter, or with the fault unknown, no act of ours is proposed."""
    for facts in (incident(sensitive=True), incident(ours=None, fault="unknown")):
        rewrites = [finding.rewrite or "" for finding in check("We're sorry for any inconvenience caused.", facts).findings]
        assert not any("missed the date" in words for words in rewrites)


def test_nothing_of_a_person_is_proposed_where_everyone_reads(incident: Facts) -> None:
    """A public channel gets no fact of the incident, only plainer words."""
    report = check("We're sorry for any inconvenience caused.", incident(channel="social"))
    assert [finding.rewrite for finding in report.findings if finding.rule == "conditional-apology"] == ["We're sorry"]


def test_a_right_figure_is_proposed_and_left_to_a_person(double_charge: Incident) -> None:
    """Which is wrong, the text or the facts, only a person knows."""
    finding = first("I refunded the second $151.00 on November 20.", "ungrounded-money", double_charge)
    assert (finding.rewrite, finding.fix and finding.fix.safe) == ("$149.00", False)


def test_a_rewrite_that_would_lose_a_number_is_never_safe() -> None:
    """An amount or a date in the flagged words stays, unless a person lets it go."""
    finding = first("We answer late because of an unusually high number of calls since 14 May.", "excuse")
    assert finding.fix
    assert not finding.fix.safe


def test_blame_of_another_becomes_our_cause_where_our_act_is_told(incident: Facts) -> None:
    """What happened on our side stands instead of who is said to have done it."""
    told = incident(ours="we cancelled your visit", cause="our desk booked two visits for one hour")
    text = "We cancelled your visit. I have made a new one for Monday. Our courier lost the key."
    assert first(text, "blame-other", told).rewrite == "Our desk booked two visits for one hour"


def test_a_sentence_that_only_the_classifier_doubts_never_goes_unasked() -> None:
    """A likelihood names no word that is too many."""
    suspected = [finding for text in GUESSED for finding in check(text).findings if "What speaks for it here" in finding.message]
    assert len(suspected) >= len(GUESSED) / 2
    assert not any(finding.fix and finding.fix.safe and not finding.fix.put for finding in suspected)
