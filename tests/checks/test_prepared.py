"""What comes ready with the rules is what they make, and what is not there is made when it is needed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from drafter.checks import prepared
from drafter.checks.needed import needed, worked_out
from drafter.checks.prefilter import Prefilter
from drafter.checks.rule import read_rule
from drafter.checks.ruleset import FOLDER, rules_for
from evals.prepared import written
from tests.test_imports import run

SHIPPED = [pattern for rule in rules_for("en").rules.values() for pattern in rule.match]


def test_what_comes_with_drafter_is_in_step() -> None:
    """Whoever changes a rule, a recipe or a word list is told the command."""
    assert prepared.FILE.read_text("utf-8") == written(), "run make rules-page"


def test_nothing_of_the_shipped_rules_is_read_or_worked_out_again() -> None:
    """A command waits for no YAML and for no reading of patterns."""
    code = "import sys, drafter; drafter.check('We are sorry for any inconvenience caused.'); print(*sys.modules)"
    loaded = set(run(code).split())
    assert "drafter.checks.prefilter" in loaded
    assert not loaded & {"yaml", "drafter.checks.heading", "drafter.checks.needs"}


def test_a_pattern_that_is_new_stands_beside_the_shipped_ones() -> None:
    """A house's own rule costs the reading of its own patterns."""
    own = r"\bzeppelins? +(?:was|were) +late\b"
    needs, chosen = needed([*SHIPPED[:40], own])
    alone, (row,) = worked_out([own])
    assert [None if need is None else needs[need] for need in chosen[-1]] == [None if need is None else alone[need] for need in row]
    found = Prefilter([*SHIPPED[:40], own])
    assert 40 in found.candidates("your zeppelin was late")
    assert 40 not in found.candidates("your parcel was late")


def test_a_rule_that_has_changed_is_read_as_it_stands(tmp_path: Path) -> None:
    """Nothing is out of date: what comes ready is found by the very words it was made of."""
    path = tmp_path / "excuse.md"
    shutil.copy(FOLDER / "en" / "excuse.md", path)
    assert read_rule(path).severity == rules_for("en").rules["excuse"].severity != "suggestion"
    path.write_text(path.read_text("utf-8").replace("severity: ", "severity: suggestion # "), "utf-8")
    assert read_rule(path).severity == "suggestion"


def test_without_the_file_the_same_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It saves time and decides nothing."""
    text = "your parcel was lost because of our courier"
    ready = Prefilter(SHIPPED[:200]).candidates(text)
    monkeypatch.setattr(prepared, "FILE", tmp_path / "none.json")
    prepared._file.cache_clear()
    prepared.prepared.cache_clear()
    try:
        assert Prefilter(SHIPPED[:200]).candidates(text) == ready
    finally:
        prepared._file.cache_clear()
        prepared.prepared.cache_clear()
