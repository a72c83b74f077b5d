"""People of the facts who are told to the reader as the ones who failed."""

from __future__ import annotations

from typing import Any

import pytest

from drafter import Writer, check
from drafter.incident import Incident

FACTS: dict[str, Any] = {
    "company": "Lindfield Boilers",
    "signer": {"name": "Marta Holm", "phone": "01632 960 377"},
    "customer": {"name": "Edith Crane"},
    "people": ["Sinéad", "Goran"],
    "as_of": "2026-06-02 10:00",
    "problems": [
        {
            "what": "nobody rang you about your boiler on Friday",
            "ours": "we did not ring you about your boiler on Friday",
            "cause": "we passed your file from Sinéad to Goran without a date for the call",
            "fixes": [{"will": "Goran will be with you", "on": "2026-06-03 09:00", "owner": "Goran"}],
        }
    ],
}


def incident(**problem: Any) -> Incident:
    """The facts with some words of the problem changed."""
    return Incident.model_validate({**FACTS, "problems": [{**FACTS["problems"][0], **problem}]})


def blamed(text: str) -> list[str]:
    """The words that a check of these facts calls blame on others."""
    return [finding.text for finding in check(text, incident()).findings if finding.rule == "blame-other"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Goran forgot to ring you.", "Goran forgot"),
        ("Sinéad should have rung you.", "Sinéad should have"),
        ("We did not ring you, as Sinéad had promised.", "Sinéad had promised"),
        ("You waited for the call that Goran promised you, and nobody rang.", "Goran promised"),
        ("It was Goran who had the file.", "It was Goran"),
        ("That one is on Sinéad.", "That one is on Sinéad"),
        ("Goran gave you the wrong number.", "Goran gave you the wrong"),
        ("The call was missed by Goran.", "missed by Goran"),
        ("It was Goran's mistake.", "It was Goran"),
    ],
)
def test_a_person_who_is_singled_out_is_flagged(text: str, words: str) -> None:
    """Whoever is named beside the failure is blamed, whatever their name."""
    assert blamed(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Goran will be with you tomorrow at 9 am.",
        "Goran has your address.",
        "As Sinéad promised, Goran comes tomorrow.",
        "Goran forgot to ring you. That is our mistake, not his.",
        "Marta should have rung you.",
        "Did Goran forget to ring you?",
        "We did not ring you on Friday.",
    ],
)
def test_people_who_help_and_our_own_part_stand(text: str) -> None:
    """A name is no blame: not beside the repair, not where we take it back, and not the signer's own."""
    assert not blamed(text)


def test_who_was_hit_is_nobody_s_scapegoat() -> None:
    """A name in an impact is one of the customer's own, and what they missed or did not get is our doing."""
    facts = incident(impacts=["Ada waited at home all day for the call"])
    for text in (
        "Ada missed a day of school.",
        "You paid for the visit that Ada did not have.",
        "Ada did not ring us because we had told her not to.",
    ):
        assert not [one for one in check(text, facts).findings if one.rule == "blame-other"], text


def test_a_broken_word_is_put_as_ours() -> None:
    """Whoever gave the word gave it for us."""
    finding = next(one for one in check("We did not ring you, as Sinéad had promised.", incident()).findings if one.rule == "blame-other")
    assert finding.rewrite == "we had promised"


def test_a_letter_whose_facts_single_somebody_out_is_blocked() -> None:
    """The letter says a fact word for word, and the set phrase behind it takes nothing back."""
    draft = Writer().draft(incident(ours="we did not ring you on Friday, as Sinéad had promised"))
    assert draft.status == "blocked"
    found = [finding for finding in draft.findings if finding.rule == "blame-other"]
    assert [finding.text for finding in found] == ["Sinéad had promised"]
    assert Writer().draft(incident()).status != "blocked"


def remiss(text: str) -> list[str]:
    """The words that a check of a bare text calls blame on others."""
    return [finding.text for finding in check(text).findings if finding.rule == "blame-other"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Olga should have told you on Friday.", "Olga should have told"),
        ("I am sorry. Our fitter Gareth failed to pass your note on.", "Our fitter Gareth failed"),
        ("You waited, and Niamh never rang.", "Niamh never rang"),
        ("Priya Nair didn't check the list.", "Priya Nair didn't check"),
        ("Marek was supposed to book the lift.", "Marek was supposed to book"),
    ],
)
def test_a_colleague_is_blamed_by_name_without_facts_too(text: str, words: str) -> None:
    """A duty that somebody named did not do is theirs no more than ours, whoever the facts know."""
    assert remiss(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Did Olga tell you?",
        "Olga should be able to tell you more by noon.",
        "If Gareth did not ring you, ring me.",
        "Gareth and I should have rung you.",
        "I asked Niamh to ring you, and I should have checked that she had the number.",
        "Gareth didn't get your note, because I never sent it on.",
        "Olga should have told you. That is our mistake, not hers.",
        "Hi Olga,\n\nOlga never rang, as the number was ours.\n\nBest,\nMarek",
    ],
)
def test_a_name_beside_our_own_part_is_no_blame(text: str) -> None:
    """Questions, what somebody can do today, what we take back, and whom the text greets stay silent."""
    assert not remiss(text)


def test_a_duty_in_the_facts_is_never_proposed() -> None:
    """What blames the customer is put into no text, though it was entered as their part."""
    part = "you were supposed to check the portal"
    facts = incident(fault="shared", customer_part=part)
    findings = [one for one in check("You should have checked the portal.", facts).findings if one.rule == "blame-customer"]
    assert findings
    assert not any(part in (one.rewrite or "").lower() for one in findings)
