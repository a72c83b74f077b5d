"""An incident is the same from YAML, JSON and keyword arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.errors import TextError
from drafter.incident import Incident, incident_from, parse_incident, read_incident
from tests.conftest import EXAMPLES, Facts


def test_yaml_json_and_keywords_give_the_same_incident(facts: Facts, tmp_path: Path) -> None:
    """The three ways in lead to equal values."""
    written = facts(fixes=[{"done": "I fitted the new chain", "on": "2026-03-11"}], impacts="you took the bus for two days")
    path = tmp_path / "incident.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    from_json = read_incident(path)
    assert from_json == incident_from(written) == Incident(**written)
    assert parse_incident(json.dumps(written, indent=2)) == from_json  # JSON is YAML


def test_indented_json_with_tabs_is_read(facts: Facts) -> None:
    """Tabs between the tokens of a JSON file are no reason to refuse it."""
    assert parse_incident(json.dumps(facts(), indent="\t"), "facts.json") == incident_from(facts())


def test_an_incident_survives_its_own_json(double_charge: Incident) -> None:
    """What was dumped is read back equal, ids, money and moments included."""
    assert Incident.model_validate_json(double_charge.model_dump_json()) == double_charge


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_read_and_survives_its_own_json(path: Path) -> None:
    """Each example holds together, also after a trip through JSON."""
    incident = read_incident(path)
    assert incident_from(json.loads(incident.model_dump_json())) == incident


def test_numbers_and_dates_stay_the_words_that_were_typed() -> None:
    """YAML's own typing would take the zero from 0142 and the colon from 09:10."""
    text = """
company: Harrow & Finch
signer: {name: Ellen, phone: 0142}
reference: 007
as_of: 2026-03-12
problems: {what: your bike was late, ours: we missed the date, when: 09:10}
"""
    incident = parse_incident(text)
    assert (incident.signer.phone, incident.reference) == ("0142", "007")
    assert incident.fact("p1").moments[0].isoformat() == "2026-03-12T09:10:00+00:00"


def test_a_single_item_is_a_list_of_one_and_a_name_is_a_person(facts: Facts) -> None:
    """The short ways of writing are the long ones in fewer words."""
    short = incident_from(facts(signer="Ellen Marsh", fixes={"done": "I fitted the chain"}, impacts="you took the bus", asks="for a date"))
    long = incident_from(
        facts(
            signer={"name": "Ellen Marsh"},
            fixes=[{"done": "I fitted the chain"}],
            impacts=[{"text": "you took the bus"}],
            asks=[{"text": "for a date"}],
        )
    )
    assert short == long


def test_a_clause_is_kept_on_one_line_without_its_full_stop(facts: Facts) -> None:
    """The composer joins clauses, so line breaks and a last full stop go; an ellipsis stays."""
    incident = incident_from(facts(impacts=["you took\n  the bus.", "you waited ..."]))
    assert [impact.text for impact in incident.problems[0].impacts] == ["you took the bus", "you waited ..."]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """The reason names the file."""
    with pytest.raises(TextError, match=r"nowhere\.yaml: there is no such file"):
        read_incident(tmp_path / "nowhere.yaml")
