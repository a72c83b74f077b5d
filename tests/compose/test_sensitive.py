"""Sensitive matters: sympathy, facts and fix until a person releases the rest."""

from __future__ import annotations

from drafter.checks import check
from drafter.compose import compose
from tests.compose.incidents import incident

SHELF = {
    "what": "a shelf fell on your son in our shop on Saturday",
    "ours": "we had not fixed the shelf to the wall",
    "when": "2026-03-07",
    "impacts": ["he broke his arm"],
    "cause": "we moved the shelf and left the screws out",
    "fixes": [{"done": "we closed the aisle", "on": "2026-03-07"}],
    "prevention": [{"done": "two people check every shelf that is moved", "on": "2026-03-09"}],
}


def test_withholds_ownership_cause_and_prevention() -> None:
    """Without a release the letter tells the event, the harm with sympathy, and the fix, and admits nothing."""
    letter = compose(incident(SHELF, sensitive=True))
    assert "A shelf fell on your son in our shop on Saturday. I'm so sorry that he broke his arm." in letter.text
    assert "We closed the aisle on Saturday 7 March." in letter.text
    for words in ("fixed the shelf", "screws", "every shelf", "mistake"):
        assert words not in letter.text
    reasons = {item.fact: item.because for item in letter.left_out}
    assert {"p1.cause", "p1.prevention1"} <= set(reasons)
    assert "a person decides" in reasons["p1.cause"]


def test_released_letter_is_whole() -> None:
    """With a release the same facts make the whole letter, ownership included."""
    text = compose(incident(SHELF, sensitive=True), release=True).text
    for words in ("We had not fixed the shelf to the wall", "left the screws out", "two people check every shelf"):
        assert words in text


def test_declared_harmless_is_composed_in_full() -> None:
    """Where a person has said that it is not sensitive, nothing is withheld."""
    assert "fixed the shelf" in compose(incident(SHELF, sensitive=False)).text


def test_neutral_event_is_no_hidden_agent_while_ownership_is_withheld() -> None:
    """The event without the one who acted stands where ownership would; where nothing is withheld it hides who did it."""
    fine = {
        "what": "the fine was sent in error",
        "ours": "we sent you a fine of $150 in error",
        "impacts": ["she was taken to hospital"],
        "fixes": [{"done": "we cancelled the fine"}],
    }
    held = incident(fine, sensitive=True)
    text = compose(held).text
    assert "I'm so sorry that she was taken to hospital." in text
    assert not {finding.rule for finding in check(text, held).findings} & {"agentless-harm", "feelings-apology"}
    open_ = incident(fine, sensitive=False)
    assert "agentless-harm" in {finding.rule for finding in check(text, open_).findings}
