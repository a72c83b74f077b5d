"""Expectations of a case, held against letters that keep them and letters that do not."""

from __future__ import annotations

from typing import Any

import pytest

from drafter import check
from evals.expected import reading_grade, verdicts
from evals.suites import DraftCase
from tests.conftest import Facts

FIXES = [{"done": "we repaired your bike this morning"}]
GOOD = (
    "Hi Ravi,\n\nI'm sorry. We missed the date we had given you for your bike, and it was not ready on Tuesday. "
    "We repaired your bike this morning.\n\nEllen Marsh\nWorkshop manager, Harrow & Finch"
)


def failed(facts: dict[str, Any], text: str, expect: dict[str, Any] | None = None, status: Any = None) -> dict[str, str]:
    """What does not hold of a letter, and why."""
    case = DraftCase.model_validate({"id": "a", "facts": facts, "expect": expect or {}})
    return {one.name: one.because for one in verdicts(case, text, check(text, case.incident), status) if not one.holds}


def test_a_good_letter_is_as_expected(facts: Facts) -> None:
    """Nothing is said against it, and everything that was asked is judged."""
    case = DraftCase.model_validate(
        {
            "id": "a",
            "facts": facts(fixes=FIXES),
            "expect": {"mentions": ["bike"], "avoids": ["van"], "words": {"at_most": 40}, "grade": {"at_most": 9}, "contractions": True},
        }
    )
    found = verdicts(case, GOOD, check(GOOD, case.incident), "ready")
    assert [one.name for one in found] == [
        "status", "clean", "owed", "grounded", "mentions", "avoids", "words", "grade", "contractions"
    ]  # fmt: skip
    assert not [one for one in found if not one.holds]


@pytest.mark.parametrize(
    ("text", "expect", "name", "because"),
    [
        (GOOD + "\n\nYou should have called us.", {}, "clean", "blame-customer"),
        (GOOD + "\n\nI refunded £40 today.", {}, "grounded", "£40"),
        (GOOD.replace("We missed the date we had given you for your bike, and i", "I"), {}, "owed", "missing-ownership"),
        (GOOD, {"mentions": ["bike", ["Tuesday", "10 March"], ["van", "lorry"]]}, "mentions", "van or lorry"),
        (GOOD, {"avoids": ["not\nready"]}, "avoids", "not\nready"),
        (GOOD, {"words": {"at_most": 20}}, "words", " words"),
        (GOOD, {"grade": {"at_least": 12}}, "grade", "grade"),
        (GOOD, {"contractions": False}, "contractions", "I'm"),
        (GOOD.replace("I'm", "I am"), {"contractions": True}, "contractions", "there is none"),
    ],
)
def test_what_is_not_as_expected_says_why(facts: Facts, text: str, expect: dict[str, Any], name: str, because: str) -> None:
    """The one expectation fails, with the words that went against it."""
    found = failed(facts(fixes=FIXES), text, expect)
    assert because in found[name]


def test_what_is_not_expected_is_not_judged(facts: Facts) -> None:
    """An expectation that is taken back is silent, and a status is judged only of a draft."""
    blames = "You should have called us. I refunded £40."
    assert not failed(facts(fixes=FIXES), blames, {"clean_of": None, "owed": False, "grounded": False})
    assert failed(facts(fixes=FIXES), GOOD, status="blocked") == {"status": "the draft is blocked"}
    assert not failed(facts(fixes=FIXES), GOOD, {"status": ["blocked", "needs_review"]}, "blocked")


def test_words_are_whole_words(facts: Facts) -> None:
    """A word within a longer one is not it."""
    assert "mentions" in failed(facts(fixes=FIXES), GOOD, {"mentions": ["read"]})
    assert "avoids" not in failed(facts(fixes=FIXES), GOOD, {"avoids": ["read"]})


@pytest.mark.parametrize(("text", "grade"), [("", 0.0), ("The cat sat on the mat.", -1.45)])
def test_the_grade_is_that_of_the_formula(text: str, grade: float) -> None:
    """Six words of one syllable in one sentence: 0.39 x 6 + 11.8 - 15.59."""
    assert reading_grade(text) == pytest.approx(grade)


def test_longer_sentences_and_words_ask_for_more_years() -> None:
    """The grade grows with both."""
    plain, long = (
        "We lost it. We are sorry.",
        "We regret the inconvenience that our organisation has unfortunately occasioned for you and your family.",
    )
    assert reading_grade(long) > reading_grade(plain) + 8
