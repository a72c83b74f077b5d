"""Quotation marks: somebody else's words are left alone, and marks around our own hide nothing."""

from __future__ import annotations

import pytest

from drafter.checks import check
from drafter.draft import Draft
from drafter.incident import Incident
from drafter.writer import Writer

NOTICE = "Your statutory rights: `you should have read the terms` does not apply."


def grave(text: str) -> list[tuple[str, str]]:
    """The rule and words of each error or warning on a bare text."""
    return [(finding.rule, finding.text) for finding in check(text).findings if finding.severity != "suggestion"]


def drafted(**facts: object) -> Draft:
    """The composed draft about a mistake of ours, with these facts beside it."""
    problem = {"what": "the reservation was lost", "ours": "we lost your reservation", "fixes": [{"done": "I booked a new table"}]}
    own = {key: facts.pop(key) for key in ("cause",) if key in facts}
    return Writer().draft(Incident(company="Reed & Rye", signer="Una Frost", customer="Ed Lam", problems=[problem | own], **facts))


@pytest.mark.parametrize(
    "text",
    [
        'You "never bothered" to read the sign.',
        "You 'never bothered' to read the sign.",
        "You ‘never bothered’ to read the sign.",
        "You `never bothered` to read the sign.",
        "You <code>never bothered</code> to read the sign.",
        'Our records say "you failed to lock the gate".',
        'The file holds one remark: "the guest should have asked".',
        "In short, “you should have asked first”.",
        'We consider that you "ignored the warning".',
    ],
)
def test_marks_around_our_own_words_hide_nothing(text: str) -> None:
    """Blame in quotation marks or backticks is blame where the text does not say that somebody else said it."""
    found = grave(text)
    assert "blame-customer" in [rule for rule, _ in found]
    assert all(words in text for _, words in found)


@pytest.mark.parametrize(
    "text",
    [
        'You wrote "I should have asked", but the desk was ours to staff.',
        'Your review says "you should have told us", and you are right.',
        'Your message:\n"it was my own fault"\nIt was not.',
        'The screen showed "you must have a ticket" all morning.',
        'Please press "You failed to sign in" and type the code.',
        'Mrs Okafor said "you should have called me first".',
        'I told you "you should have read the terms". That was wrong of me.',
        '"You should have called me" is what you wrote, and I agree.',
        "Run `git commit --amend` again.",
        'It has a "you failed to answer" card with it.',
        'The first two updates said "a handful of customers", and it was half of you.',
        'Telling you "you should have called" was no answer.',
    ],
)
def test_somebody_elses_words_are_left_alone(text: str) -> None:
    """What a customer wrote, a screen shows, or we said and take back is not judged."""
    assert grave(text) == []


@pytest.mark.parametrize(
    "cause",
    [
        'you "never bothered" to tell us',
        "you `never bothered` to tell us",
        "the intern Ravi pressed the wrong key",
        "our trainee pressed it too early",
    ],
)
def test_a_fact_in_marks_or_of_a_named_colleague_blocks_its_draft(cause: str) -> None:
    """What a person entered as a cause is judged as any other words of ours."""
    draft = drafted(cause=cause)
    assert draft.status == "blocked"
    assert {finding.rule for finding in draft.findings} & {"blame-customer", "blame-other"}


def test_a_locked_paragraph_keeps_its_marks_and_is_not_judged() -> None:
    """The words of the law stand as they were entered."""
    draft = drafted(cause="a job ran twice", locked=[NOTICE])
    assert NOTICE in draft.text
    assert draft.status == "ready"


def test_words_of_a_locked_paragraph_are_judged_where_they_are_not_that_paragraph() -> None:
    """A short locked text switches nothing off inside other sentences."""
    problem = {"what": "the table was lost", "ours": "we lost your table"}
    incident = Incident(company="Reed & Rye", signer="Una Frost", problems=[problem], locked=["you never bothered to call"])
    for text, judged in (("We lost it, and you never bothered to call.", True), ("We lost it.\n\nyou never bothered to call\n", False)):
        assert ("blame-customer" in {finding.rule for finding in check(text, incident).findings}) is judged
