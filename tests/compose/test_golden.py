"""The composed letter of every example is the one that was read and kept, and passes its own checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.checks import check
from drafter.compose import compose
from drafter.incident import read_incident
from tests.golden import EXAMPLES, GOLDEN, golden_text

PATHS = sorted(EXAMPLES.glob("*.yaml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_letter_is_the_one_that_was_read(path: Path) -> None:
    """A change of wording shows as a difference to the golden file; `python -m tests.golden` writes it anew."""
    assert golden_text(compose(read_incident(path))) == (GOLDEN / f"{path.stem}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_letter_passes_its_own_checks(path: Path) -> None:
    """No error, no warning, nothing owed that is missing, nothing that no fact says; its subject neither."""
    incident = read_incident(path)
    letter = compose(incident)
    report = check(letter.text, incident)
    flags = [finding for finding in report.findings if finding.severity != "suggestion"]
    if letter.subject:
        flags += [finding for finding in check(letter.subject, incident).findings if finding.text and finding.severity != "suggestion"]
    assert [(finding.rule, finding.text) for finding in flags] == []
    assert [covered.fact for covered in report.coverage if covered.span is None] == []
    assert [claim.text for claim in report.claims if claim.fact is None] == []


def test_golden_files_belong_to_examples() -> None:
    """There is one golden file for each example and none besides."""
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {path.stem for path in PATHS}
