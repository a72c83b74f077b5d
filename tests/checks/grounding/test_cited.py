"""Rules, small print and ways to reach us that no fact has."""

from __future__ import annotations

import pytest

from drafter.checks.grounding import ground
from drafter.incident import Incident

FACTS = {
    "company": "Tern Lane Lamps",
    "signer": "Oona Field",
    "customer": "Bela Marsh",
    "as_of": "2026-06-02 10:00",
    "problems": [
        {
            "what": "the wrong lamp came",
            "ours": "we sent you the brass lamp instead of the oak lamp",
            "fixes": [{"done": "I sent the oak lamp", "on": "2026-06-02"}],
        }
    ],
}
INCIDENT = Incident.model_validate(FACTS)


@pytest.mark.parametrize(
    "text",
    [
        "As our terms say, an exchange takes a month.",
        "Under our conditions a lamp may differ.",
        "Our warranty does not cover shades.",
        "By law we have a month for it.",
        "You can follow it in our app.",
        "The hotline is open until ten.",
    ],
)
def test_what_no_fact_has_is_a_warning(text: str) -> None:
    """Nobody can rely on a rule or a number that was made up."""
    found = ground(text, INCIDENT).findings
    assert {(finding.rule, finding.severity) for finding in found if finding.severity != "suggestion"} == {("ungrounded-event", "warning")}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Under our terms you may keep both.", "under our terms you may keep both lamps"),
        ("You can follow it in our app.", "you can follow the parcel in our app"),
    ],
)
def test_what_a_fact_has_stands(text: str, fact: str) -> None:
    """A rule or a way that was entered may be named."""
    problem = {**FACTS["problems"][0], "known": [fact]}  # type: ignore[dict-item]
    assert not ground(text, Incident.model_validate({**FACTS, "problems": [problem]})).findings


@pytest.mark.parametrize("text", ["You can ring me.", "Does our policy cover it?", "That was against every rule of good work."])
def test_ordinary_words_stand(text: str) -> None:
    """A word alone cites nothing."""
    assert not ground(text, INCIDENT).findings
