"""Corrections in a letter: where they stand, in whose words, on which channel, and each said once."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.checks import check
from drafter.compose import compose
from drafter.errors import IncidentError
from tests.compose.incidents import LOST, incident

FIRST = "Hi Paul,\n\nWe sent your parcel to an address you left two years ago. That was our mistake, and I'm sorry. One book was in it."
WRONG: dict[str, Any] = {"said": "one book was in it", "right": "three books were in it", "on": "2026-03-09 09:00"}
NEXT = [{"will": "I will write to you", "on": "2026-03-10 13:00"}]


def letter(wrong: dict[str, Any], **more: Any) -> str:
    """A later message that has something to take back."""
    thread = [{"by": "us", "text": FIRST, "when": "2026-03-09 09:00"}]
    return compose(incident(LOST, **{"kind": "update", "corrections": [wrong], "thread": thread, "next": NEXT, **more})).text


def test_an_update_begins_with_what_it_takes_back() -> None:
    """With the day as the letter's other days are written, in the first person, and it passes its own checks."""
    text = letter(WRONG)
    assert text.startswith("Hi Paul,\n\nYesterday at 09:00 I told you that one book was in it. That was wrong: three books were in it.\n\n")
    facts = incident(LOST, kind="update", corrections=[WRONG], thread=[{"by": "us", "text": FIRST, "when": "2026-03-09 09:00"}], next=NEXT)
    assert [finding.rule for finding in check(compose(facts).text, facts).errors] == []


def test_another_one_who_said_it_is_not_named() -> None:
    """The one who signs says "we" of what somebody else has written."""
    assert "yesterday at 09:00 we told you that" in letter({**WRONG, "by": "Sam Osei"}).lower()


def test_an_apology_comes_before_it() -> None:
    """Where the message owns a failure for the first time, what it takes back stands behind that."""
    text = compose(incident(LOST, corrections=[WRONG])).text
    assert text.index("I'm sorry") < text.index("That was wrong: ")


def test_a_post_says_where_it_was_written() -> None:
    """On a status page nobody was told in person."""
    text = letter(WRONG, channel="status_page", customer={})
    assert "we wrote here that one book was in it. That was wrong: three books were in it." in text


def test_a_correction_needs_what_is_right_or_that_it_was_true() -> None:
    """Neither and both are refused, and so is a fact that is not there."""
    for wrong in ({"right": None}, {"true_then": True}):
        with pytest.raises(IncidentError, match="a correction needs what is right"):
            incident(LOST, corrections=[{**WRONG, **wrong}])
    with pytest.raises(IncidentError, match=r"fact names 'p1\.cuase', and no fact has that id; did you mean 'p1\.cause'\?"):
        incident(LOST, corrections=[{**WRONG, "fact": "p1.cuase"}])
    assert "That was wrong" not in letter({"said": "one book was in it", "true_then": True})
