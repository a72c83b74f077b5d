"""The mutation measurement itself: mutants differ, are made the same way every time, and are counted honestly."""

from __future__ import annotations

import json

import pytest

from drafter.checks import Finding
from drafter.compose import compose
from drafter.incident import read_incident
from evals.counts import wilson
from evals.mutants import mutants, past
from evals.mutations import EXAMPLES, PARAPHRASES, Tally, counted, false_alarms, measure, table

DOUBLE = EXAMPLES / "double_charge.yaml"


def test_mutants_change_the_letter_and_are_the_same_each_time() -> None:
    """No mutant is the letter itself, none stands twice, and a second run makes the same ones."""
    incident = read_incident(DOUBLE)
    letter = compose(incident)
    made = mutants(letter, incident)
    assert all(mutant.text != letter.text for mutant in made)
    assert len({(mutant.kind, mutant.text) for mutant in made}) == len(made)
    assert made == mutants(letter, incident)
    assert {"a digit", "a date or time", "an amount", "a name", "who did it", "an added promise", "a dropped fact", "done for planned"} == {
        mutant.kind for mutant in made
    }


def test_what_is_pending_is_granted_in_a_mutant() -> None:
    """An undecided ask becomes a yes."""
    incident = read_incident(EXAMPLES / "outage.yaml")
    made = [mutant for mutant in mutants(compose(incident), incident) if mutant.kind == "granted for pending"]
    assert made
    assert all(
        "we will" in mutant.change.lower() or "you will get" in mutant.change.lower() or "We have" in mutant.change for mutant in made
    )


def test_mutants_of_one_letter_are_caught() -> None:
    """The measurement reaches the check: nearly all damage to one letter is seen."""
    tallies = measure([DOUBLE])
    tried, caught = sum(t.tried for t in tallies.values()), sum(t.caught for t in tallies.values())
    assert tried >= 15
    assert caught >= 0.9 * tried
    assert f"{caught:5} of {tried:4}" in table(tallies)


def test_a_false_alarm_is_counted_once_per_letter_with_its_reasons() -> None:
    """Two findings on one letter are one letter with an alarm, and both are told."""
    bad = json.dumps({"example": "double_charge", "text": "Hi Tim,\n\nWe took $777 from you and will call you on Monday."})
    good = next(line for line in PARAPHRASES.read_text("utf-8").splitlines() if '"double_charge"' in line)
    tally = false_alarms([bad, good])
    assert (tally.tried, tally.caught) == (2, 1)
    assert len(tally.missed) > 1


@pytest.mark.parametrize(
    ("rule", "severity", "counts"),
    [
        ("ungrounded-money", "error", True),
        ("reversed-agent", "error", True),
        ("missing-impact", "warning", True),
        ("missing-make-good", "suggestion", False),
        ("stock-phrase", "warning", False),
    ],
)
def test_only_errors_and_warnings_of_facts_count(rule: str, severity: str, counts: bool) -> None:
    """Tone is another measurement, and a suggestion is no alarm."""
    finding = Finding.model_validate({"rule": rule, "severity": severity, "start": 0, "end": 0, "text": "", "message": ""})
    assert counted(finding) is counts


def test_wilson_holds_the_share_and_shrinks_with_the_number() -> None:
    """The interval contains the share, stays within 0 and 1, and is narrower for more."""
    for hits, tried in ((0, 10), (10, 10), (95, 100)):
        low, high = wilson(hits, tried)
        assert 0 <= low <= hits / tried <= high <= 1
    assert wilson(950, 1000)[0] > wilson(95, 100)[0]
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("verb", "form"), [("write", "wrote"), ("check", "checked"), ("carry", "carried"), ("use", "used"), ("send", "sent")]
)
def test_past_forms_a_verb(verb: str, form: str) -> None:
    """Regular and irregular verbs have their past."""
    assert past(verb) == form


def test_a_tally_of_nothing_has_no_share() -> None:
    """Nothing tried is nothing caught."""
    assert Tally().share == 0.0
