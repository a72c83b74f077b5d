"""The sets of letters by other hands: complete, and measured in both directions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.incident import read_incident
from evals.letters import SETS, alarms, errors

FOLDERS = sorted(path for path in SETS.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_letter_answers_an_incident_of_its_set(folder: Path) -> None:
    """Each incident has right and wrong letters, and no letter lacks its facts."""
    stems = {path.stem for path in folder.glob("*.yaml")}
    for name in ("good", "bad"):
        letters = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        assert {letter["example"] for letter in letters} == stems
        assert all(letter["text"].strip() for letter in letters)
    assert all(read_incident(folder / f"{stem}.yaml").problems for stem in stems)


def test_false_alarms_and_catches_are_told_apart(tmp_path: Path) -> None:
    """A right letter counts as an alarm only with a finding of fact, a wrong one as caught only with a finding."""
    facts = FOLDERS[0] / "vet_sample.yaml"
    (tmp_path / "vet_sample.yaml").write_text(facts.read_text(encoding="utf-8"), encoding="utf-8")
    wrong = {"example": "vet_sample", "text": "You will get $9,999 from us tomorrow.", "error": "invented", "note": "an amount"}
    for name in ("good", "bad"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(wrong) + "\n", encoding="utf-8")
    assert (alarms(tmp_path).tried, alarms(tmp_path).caught) == (1, 1)
    assert (errors(tmp_path).tried, errors(tmp_path).caught) == (1, 1)
