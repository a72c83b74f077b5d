"""Sentences that deny a deed of the facts, plan what is done, or number it otherwise; and sound ones that look like them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from drafter.checks.grounding import ground
from drafter.checks.grounding.coverage import cover
from drafter.incident import Incident

STORIES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "contrary.yaml").read_text("utf-8"))


def incident(story: dict[str, Any]) -> Incident:
    """The facts of a story."""
    problem = {"what": story["problem"], "ours": story["ours"], "fixes": [{"done": story["fix"]}]}
    data = {"company": "Alder", "signer": {"name": "Maya Lindqvist"}, "trade": story["trade"], "as_of": "2026-11-20 15:00"}
    return Incident.model_validate({**data, "problems": [problem]})


def told(kind: str) -> list[Any]:
    """Each sentence of a kind with its story."""
    return [pytest.param(story, text, id=text) for story in STORIES for text in story.get(kind, ())]


@pytest.mark.parametrize(("story", "text"), told("reversed"))
def test_a_denied_or_misnumbered_deed_is_an_error(story: dict[str, Any], text: str) -> None:
    """It is an error, and it does not state the fact."""
    facts = incident(story)
    assert [(one.rule, one.severity) for one in ground(text, facts).findings] == [("ungrounded-promise", "error")]
    assert cover(text, facts, [story["fact"]])[0].span is None


@pytest.mark.parametrize(("story", "text"), told("planned"))
def test_a_done_deed_told_as_planned_is_a_warning(story: dict[str, Any], text: str) -> None:
    """It promises what is past, and does not state the fact."""
    facts = incident(story)
    assert [(one.rule, one.severity) for one in ground(text, facts).findings] == [("ungrounded-promise", "warning")]
    assert cover(text, facts, [story["fact"]])[0].span is None


@pytest.mark.parametrize(("story", "text"), told("sound"))
def test_a_sound_sentence_contradicts_nothing(story: dict[str, Any], text: str) -> None:
    """What the facts say, and what denies something else, raises nothing."""
    assert ground(text, incident(story)).findings == []


def test_the_message_gives_the_fact(double: Incident) -> None:
    """The finding spans the clause and tells what the facts say."""
    (finding,) = ground("Hello. I never refunded the second $149.00.", double).findings
    assert finding.text == "I never refunded the second $149.00"
    assert finding.message == "The facts say otherwise: I refunded the second $149.00."
