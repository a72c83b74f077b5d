"""A fact in its own words is neither invented nor untold, and nothing else is let through by it."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.checks import check
from drafter.checks.grounding.verbatim import stretches
from drafter.incident import Incident, incident_from


def facts(**more: Any) -> Incident:
    """A crown in the wrong shade, with what is given for it."""
    problem = {
        "what": "the crown was made in shade A3",
        "ours": "we told you that it would come on 11 May and sent it on the 12th",
        "when": "2026-05-11",
        "fixes": [{"done": "search is as fast as before", "on": "2026-05-18"}, {"will": "we will call you", "on": "2026-05-22"}],
        "remedies": [
            {"kind": "waiver", "text": "we charge nothing for either crown"},
            {
                "kind": "payment",
                "amount": "£100",
                "text": "£100 for the evening",
                "decision": "pending",
                "owner": "Fiona Baird",
                "on": "2026-05-25",
            },
        ],
        **more,
    }
    frame = {
        "company": "Sunmede",
        "signer": {"name": "Ade", "phone": "01632 960 212"},
        "customer": {"name": "Ana Ruiz"},
        "channel": "email",
        "locale": "en-GB",
    }
    asks = [
        {"text": "for the €84 back", "answer": "I refunded it today"},
        {"text": "for row Z", "decision": "declined", "because": "there is no row Z"},
    ]
    return incident_from({**frame, "timezone": "Europe/London", "as_of": "2026-05-19 10:00", "problems": [problem], "asks": asks}, "test")


@pytest.mark.parametrize(
    "sentence",
    [
        "We charge nothing for either crown.",
        "We told you that it would come on 11 May and sent it on the 12th.",
        "There is no decision yet; Fiona Baird decides.",
        "My number is 01632 960 212, if you want to talk it through.",
        "I refunded it today.",
    ],
)
def test_own_words_of_a_fact_are_no_invention(sentence: str) -> None:
    """What the facts say word for word is backed, and so are those who decide."""
    assert not [finding for finding in check(sentence, facts()).findings if finding.rule.startswith(("ungrounded", "reversed"))]


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday we will refund the £100 for the evening.",
        "We charge nothing for either crown and send you £20.",
        "We told you that it would come on 11 May and sent it on the 14th.",
        "We will call you on Monday 1 June.",
        "You will get £100 for the evening.",
    ],
)
def test_words_beside_a_fact_are_held_to_the_facts(sentence: str) -> None:
    """A fact's words let nothing through that stands beside them, nor what is not decided."""
    assert [finding for finding in check(sentence, facts()).findings if finding.rule.startswith(("ungrounded", "reversed"))]


@pytest.mark.parametrize(
    ("text", "clause", "count"),
    [
        ("We'll call you. Then we will call you again.", "we will call you", 2),
        ("It didn't come.", "it did not come", 1),
        ("We can't say that we refunded it today.", "we refunded it today", 0),
        ("If we refunded it today, you see it soon.", "we refunded it today", 0),
        ("I have to say no, because there is no row Z.", "there is no row Z", 1),
        ("No, yes, no.", "no", 0),
    ],
)
def test_clause_stands_in_short_and_long_forms_and_undenied(text: str, clause: str, count: int) -> None:
    """Short forms count as long ones; what is denied or bound to a condition is not said."""
    assert len(stretches(text, clause)) == count


def test_plain_fix_and_plain_failure_of_the_facts_are_seen() -> None:
    """A post is not held back because no rule knows its words: what the facts hold of a fix is a fix."""
    act = "We told you that it would come on 11 May and sent it on the 12th."
    text = f"Hi Ana,\n\n{act} That was our mistake, and I'm sorry. Search is as fast as before."
    found = check(text, facts(remedies=[], fixes=[{"done": "search is as fast as before"}])).elements
    assert (found["concrete-fix"], found["specific-failure"]) == ("present", "present")
    vague = check("Hi Ana,\n\nWe made a mistake. I'm sorry.", facts(what="something went wrong", ours="we made a mistake with it"))
    assert vague.elements["specific-failure"] == "missing"


def test_answer_and_refusal_in_their_own_words_are_answers() -> None:
    """A short answer and the reason of a refusal are found where they stand."""
    text = "You asked for the €84 back. I refunded it today. You also asked for row Z. I have to say no to that, because there is no row Z."
    assert "missing-answer" not in {finding.rule for finding in check(text, facts()).findings}
